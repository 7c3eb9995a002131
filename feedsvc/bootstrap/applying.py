"""A configuration is put in force: sources and feeds at once where that is all, and else with all labels at one moment.

right to apply ─► survey: what differs is staged ─► what changed meanwhile ─► [ sources · feeds · labels · applied ]
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypedDict

from ..errors import ApplyLost, ApplyUnderWay, StoreError
from .crew import LEASE, Progress, Task, survey
from .stored_rules import stored_rules

if TYPE_CHECKING:
    from datetime import datetime

    from ..domain.applied import Applied, Applying, Effect
    from ..domain.setup import Setup
    from .services import Services

_log = logging.getLogger("feedsvc.configuration")

AGAIN = 0.5
"""Seconds until it is seen whether another one still applies."""
PORTION = 500
"""Articles that changed meanwhile and are looked at in one go."""
FEW = 50
"""Of them, so many are left to the moment at which all takes effect."""
RENEWED = 4.0
"""Seconds after which the right to apply is renewed, where nothing was staged."""


class Labelled(TypedDict, total=False):
    """By what rules labels were made, and the sources that said something else then."""

    stored: str | None
    others: frozenset[str]


Waiting = Callable[[str], None]
"""Called with the name of another one that applies, once."""


def told_to_wait(holder: str) -> None:
    """Log that another one is waited for."""
    _log.info("%s is applying a configuration; waiting until that is done", holder)


def _silent(_done: int, _of: int) -> None:
    """Nothing."""


def configure(
    services: Services,
    *,
    rules: bool = False,
    progress: Progress = _silent,
    waiting: Waiting | None = None,
) -> Effect | None:
    """Bring the store into line with the settings; None, where no article had to be looked at for it.

    Topics and regions have to be those that are applied, unless `rules` are to be applied with the rest. Where another
    one applies, it is waited for, after `waiting` is told; without that, ApplyUnderWay is raised. Raises ApplyLost
    where others are applied, StoreError, and then nothing has changed.
    """
    store, setup = services.store, services.setup
    now = _believed(services)
    _require(rules, services, store.applied())
    if not store.configure(setup, now):
        return None
    return _applied(services, rules, progress, waiting)


def _applied(services: Services, rules: bool, progress: Progress, waiting: Waiting | None) -> Effect:
    store = services.store
    one = _begun(services, waiting)
    try:
        base = store.applied()
        _require(rules, services, base)
        _survey(services, one, base, progress)
        while True:
            _catch_up(services, one)
            effect = store.take_effect(one, services.setup, services.placing, _believed(services))
            if effect is not None:
                return effect
    except BaseException:
        with suppress(StoreError):
            store.give_up(one)
        raise


def _require(rules: bool, services: Services, base: Applied | None) -> None:
    """Raises ApplyLost where the settings have other rules than are in force, and are not to replace them."""
    own = services.settings.rules
    if not rules and base is not None and base.rules != own and stored_rules(base) is not None:
        raise ApplyLost


def _begun(services: Services, waiting: Waiting | None) -> Applying:
    told = False
    while True:
        try:
            return services.store.begin_apply(_name(), services.clock(), LEASE)
        except ApplyUnderWay as other:
            if waiting is None:
                raise
            if not told:
                waiting(other.holder)
            told = True
            time.sleep(AGAIN)


def _name() -> str:
    return f"process {os.getpid()} on {socket.gethostname()}"


def _survey(services: Services, one: Applying, base: Applied | None, progress: Progress) -> None:
    settings, setup = services.settings, services.setup
    task = Task(
        database_url=settings.database_url,
        rules=settings.rules,
        sources=services.sources,
        language=settings.site.language,
        apply=one,
        **labelled_by(base, setup),
    )
    held = time.monotonic()

    def hold(done: int, of: int) -> None:
        nonlocal held
        if time.monotonic() - held > RENEWED:
            services.store.hold_apply(one, services.clock(), LEASE)
            held = time.monotonic()
        progress(done, of)

    survey(task, services.store, services.placing, hold)


def labelled_by(base: Applied | None, setup: Setup) -> Labelled:
    """By what the stored labels were made, as far as that is known."""
    from ..pipeline.setup import differing

    rules = stored_rules(base)
    if base is None or not base.made or rules is None:
        return {}
    found = differing(base.text, setup.text)
    return {} if found is None else {"stored": rules, "others": found.sources}


def _catch_up(services: Services, one: Applying) -> None:
    """Stage what came or changed meanwhile, until little is left of it."""
    store, placing = services.store, services.placing
    while len(names := store.stale(one, PORTION)) > FEW:
        look = store.look_at(names)
        placed = tuple(placing(seen.article for seen in look.articles))
        store.stage(one, placed, look.seq, services.clock() + LEASE, again=names)


def _believed(services: Services) -> datetime:
    from ..pipeline.believing import believable

    return believable(services.store.heartbeat(), services.clock())
