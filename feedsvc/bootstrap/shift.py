"""The scheduler's passes, each made with the configuration of its start; and a new configuration that takes over.

new settings ─► everything built ─► store: sources and feeds ─► passes begin with the new ─► stored articles: new labels
                                                └─ passes under way end with the old; what they store is looked at again
"""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from ..errors import ClockLeapt
from .reading import DAY
from .services import Services, configure

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from ..domain.passes import Changes, Claim, Pass
    from ..scheduling.scheduling import Scheduling
    from ..scheduling.telling import Teller
    from ..settings import Settings

SHARED = ("store", "media", "reader", "queues")
"""What there is once in a process, whatever its configuration."""
SOON = timedelta(seconds=5)
"""Until a source that the settings do not know is looked at again: others may know it, or these in a moment."""


class Shift:
    """A `RunPass` by the services of the newest configuration. Safe to call from many threads at once."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def __call__(self, claim: Claim) -> Pass | None:
        """See `run_pass`."""
        services = self.services
        done, changes = _passed(services, claim)
        if services is not self.services and changes is not None:
            self._label_anew(changes)
        return done

    def take_over(self, settings: Settings) -> None:
        """Make every pass that begins from now on under other settings.

        Raises StoreError, and ClockLeapt where a clock that is doubted would date what changes; then call it again.
        """
        from ..scheduling.clockwatch import LEAPT

        beat = self.services.store.heartbeat()
        if beat is not None and beat.trouble.startswith(LEAPT):
            raise ClockLeapt(beat.trouble)
        services = self.services.under(settings, *SHARED)
        _ = services.ingest  # whatever fails shall fail before anything is changed

        def begin() -> None:
            self.services = services

        configure(services, begin)

    def _label_anew(self, changes: Changes) -> None:
        """New labels for what a pass has stored under rules that were over by then, after all others had theirs."""
        from ..pipeline.relabel import relabel_these

        services = self.services
        names = tuple(change.article for change in changes.changes)
        relabel_these(services.store, services.classifier, services.sources, names, services.clock())


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
    made = Scheduling(services.store, run, services.clock, limits, upkeep=Upkeep(current))
    collect_rarely()
    return made


def telling(shift: Shift) -> Teller:
    """What tells the operator's webhook, by the configuration that is in force; not yet started."""
    from ..scheduling.telling import Teller

    return Teller(shift.services.store, lambda: shift.services.webhook, shift.services.clock)


class Upkeep:
    """Takes out what is older than articles are kept, and once a day the pictures that nothing shows any more."""

    def __init__(self, current: Callable[[], Services]) -> None:
        self._current = current
        self._cleared: datetime | None = None

    def __call__(self, now: datetime, wait: Callable[[float], bool]) -> None:
        """In steps that hold up nobody; `wait` waits so many seconds, and says whether to end. Raises StoreError."""
        from ..pipeline.keeping import cleared, purged

        services = self._current()
        keep = services.settings.keep
        if keep is not None:
            purged(services.store, keep, now, wait)
        if self._cleared is None or not timedelta(0) <= now - self._cleared < DAY:
            cleared(services.store, services.media, now, wait)
            self._cleared = now


def run_pass(services: Services, claim: Claim) -> Pass | None:
    """One pass, done, stored and logged; one that changed nothing is still to be stored, and is given back.

    A claim of a source that the settings do not know is given back at once.
    """
    return _passed(services, claim)[0]


def _believe(done: Pass) -> None:
    """Raises ClockLeapt where the pass, begun or ended, is of a time that no pass under its claim can be of."""
    from ..pipeline.believing import LEAP

    latest = max(done.started, done.finished or done.started)
    if latest - done.claim.until > LEAP:
        raise ClockLeapt(f"the clock leapt to {latest:%Y-%m-%d} during the pass, which is not stored")


def _passed(services: Services, claim: Claim) -> tuple[Pass | None, Changes | None]:
    """What is still to be stored, and what was changed."""
    from ..scheduling.reporting import report

    if claim.source not in services.sources:
        services.store.release(claim, services.clock() + SOON)
        return None, None
    began = time.monotonic()
    done = services.ingest.polled(claim, services.clock())
    _believe(done)
    changes = None if done.quiet else services.store.commit(done)
    report(done, changes, time.monotonic() - began)
    return (done, None) if changes is None else (None, changes)
