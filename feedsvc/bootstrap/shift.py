"""The scheduler's passes, each made with the configuration of its start; and a new configuration that takes over.

what is read ─► everything built ─► store: sources, feeds and all labels at one moment ─► passes begin with the new
                                                └─ a pass under way is given the new labels before it is stored
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from ..errors import ClockLeapt
from .applying import configure
from .reading import DAY
from .services import Services

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.passes import Claim, Pass
    from ..scheduling.scheduling import Scheduling
    from ..scheduling.telling import Teller
    from .following import Read

_log = logging.getLogger("feedsvc.scheduling")

SHARED = ("store", "media", "reader", "queues")
"""What there is once in a process, whatever its configuration."""
SOON = timedelta(seconds=5)
"""Until a source that the settings do not know is looked at again: others may know it, or these in a moment."""
OTHERS = (
    "the labels in force are of another configuration than this process's (other sources, or another release), so it "
    "polls nothing; give it the files and the release that are right, or start it anew to put its own in force"
)


class Shift:
    """A `RunPass` by the services of the newest configuration. Safe to call from many threads at once."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._idle_since: float | None = None
        self._told = False

    def __call__(self, claim: Claim) -> Pass | None:
        """See `run_pass`."""
        return _passed(self.services, claim, lambda: self.services, self._lost)

    def is_idle(self) -> bool:
        """Whether nothing is to be polled here, as what came would not be stored: the labels of others are in force.

        For a moment, until theirs are taken over; or for long, where they are made with other sources than ours, which
        another process polls then. Raises StoreError.
        """
        if self._idle_since is None:
            return False
        if self.services.store.configured_digest() == self.services.setup.digest:
            self._idle_since = None
            return False
        self._tell_once(time.monotonic() - self._idle_since)
        return True

    def _tell_once(self, idle: float) -> None:
        """Not of the moment that it takes to take over what others applied."""
        if not self._told and idle > SOON.total_seconds():
            self._told = True
            _log.warning(OTHERS)

    def _lost(self) -> None:
        if self._idle_since is None:
            self._idle_since, self._told = time.monotonic(), False

    def take_over(self, read: Read) -> None:
        """Make every pass that begins from now on under what was read.

        The store is brought into line first; but where another process applied what is in force, and that by other
        sources than ours, it is only taken over, or two of them would do so for ever. Raises StoreError, ApplyUnderWay
        and ApplyLost, and ClockLeapt where a clock that is doubted would date what changes; then call it again with
        what is read then.
        """
        from ..scheduling.clockwatch import LEAPT

        beat = self.services.store.heartbeat()
        if beat is not None and beat.trouble.startswith(LEAPT):
            raise ClockLeapt(beat.trouble)
        before = self.services
        services = before.under(read.settings, *SHARED)
        _ = services.ingest  # whatever fails shall fail before anything is changed
        ours = read.rules or not read.made or _ours(before) != _ours(services)
        if ours or services.store.configured_digest() == services.setup.digest:
            effect = configure(services, rules=read.rules)
            if effect is not None:
                _log.info("applied", extra={"articles": effect.relabelled, "feeds": len(effect.moved)})
        else:
            self._lost()
        self.services = services


def _ours(services: Services) -> object:
    """What a change of our own files changes."""
    return services.settings.site, services.settings.sources


def scheduling(services: Services, shift: Shift | None = None) -> Scheduling:
    """The scheduler, not yet started. Its passes are made by the services, or by those of a shift."""
    from ..running.memory import collect_rarely, share_one_arena
    from ..scheduling.limits import Limits
    from ..scheduling.scheduling import Scheduling

    share_one_arena()

    def current() -> Services:
        return services if shift is None else shift.services

    polling = services.settings.polling
    limits = Limits(places=polling.at_once, kept=max(1, polling.at_once // 4), a_host=polling.a_host)
    run = shift or partial(run_pass, services)
    idle = bool if shift is None else shift.is_idle
    made = Scheduling(services.store, run, services.clock, limits, upkeep=Upkeep(current), idle=idle)
    collect_rarely()
    return made


def telling(shift: Shift) -> Teller:
    """What tells the operator's webhook, by the configuration that is in force; not yet started."""
    from ..scheduling.telling import Teller

    return Teller(shift.services.store, lambda: shift.services.webhook, shift.services.clock)


class Upkeep:
    """Lets feeds change by time alone, takes out what is older than articles are kept, and old pictures once a day.

    What the database's file has room for then, and no use, is given back.
    """

    def __init__(self, current: Callable[[], Services]) -> None:
        self._current = current
        self._cleared: datetime | None = None

    def __call__(self, now: datetime, wait: Callable[[float], bool]) -> None:
        """In steps that hold up nobody; `wait` waits so many seconds, and says whether to end. Raises StoreError."""
        from ..pipeline.keeping import cleared, purged, shrunk
        from ..pipeline.releasing import released

        services = self._current()
        released(services.store, now, wait)
        keep = services.settings.keep
        if keep is not None:
            purged(services.store, keep, now, wait)
        shrunk(services.store, wait)
        if self._cleared is None or not timedelta(0) <= now - self._cleared < DAY:
            cleared(services.store, services.media, now, wait)
            self._cleared = now


def run_pass(services: Services, claim: Claim) -> Pass | None:
    """One pass, done, stored and logged; one that changed nothing is still to be stored, and is given back.

    A claim of a source that the settings do not know is given back at once.
    """
    return _passed(services, claim, lambda: services, lambda: None)


def _believe(done: Pass) -> None:
    """Raises ClockLeapt where the pass, begun or ended, is of a time that no pass under its claim can be of."""
    from ..pipeline.believing import LEAP

    latest = max(done.started, done.finished or done.started)
    if latest - done.claim.until > LEAP:
        raise ClockLeapt(f"the clock leapt to {latest:%Y-%m-%d} during the pass, which is not stored")


def _passed(services: Services, claim: Claim, newest: Callable[[], Services], lost: Callable[[], None]) -> Pass | None:
    """The pass, where it is still to be stored. `lost` is called where the `newest` services are outdated too."""
    from ..scheduling.reporting import report

    if claim.source not in services.sources:
        services.store.release(claim, services.clock() + SOON)
        return None
    began = time.monotonic()
    done = services.ingest.polled(claim, services.clock())
    _believe(done)
    if done.quiet:
        report(done, None, time.monotonic() - began)
        return done
    changes = services.store.commit(done)
    if changes.outdated and (again := newest().ingest.under_these_rules(done)) is not None:
        done, changes = again, services.store.commit(again)
    if changes.outdated:
        _log.info("%s: another configuration is applied by now; it is polled again", claim.source)
        services.store.release(claim, services.clock() + SOON)
        lost()
        return None
    report(done, changes, time.monotonic() - began)
    return None
