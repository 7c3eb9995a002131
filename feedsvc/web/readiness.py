"""Whether the service can do its work, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ..domain.feed import FeedKey
from ..domain.history import Beat
from ..errors import StoreError
from ..ports import Clock, FeedShelf, Ledger
from .unapplied import IN_FORCE, Unapplied

STALE_BEAT = timedelta(seconds=10)
"""A scheduler shows itself every second."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; the message is public, so it names no secret and no address."""

    name: str
    ok: bool
    message: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The verdict and its grounds."""

    ok: bool
    checks: tuple[Check, ...] = ()


def readiness_of(
    shelf: FeedShelf,
    ledger: Ledger,
    clock: Clock,
    unapplied: Unapplied = IN_FORCE,
    disk: Callable[[], str] = str,
) -> Readiness:
    """Whether feeds can be served, which decides, and whether they are kept up to date, which is told beside it.

    `unapplied` tells of a changed configuration that is not in force; `disk` is what is wrong with the disks, empty for
    nothing.
    """
    full = disk()
    room = Check("disk", not full, full)
    try:
        shelf.ping()
        configured = shelf.feed(FeedKey()) is not None
        beat = ledger.heartbeat()
        waiting = ledger.tally(clock()).sources.get(None, 0)
    except StoreError:
        return Readiness(False, (Check("database", False, "does not answer"), room))
    scheduler = _scheduler(beat, clock)
    checks = (
        Check("database", True),
        _configuration(configured, unapplied),
        Check("scheduler", not scheduler, scheduler),
        Check("sources", not waiting, f"{waiting} not polled yet" if waiting else ""),
        room,
    )
    return Readiness(configured, checks)


def _scheduler(beat: Beat | None, clock: Clock) -> str:
    """What is wrong with the scheduler, empty for nothing."""
    if beat is None or abs(clock() - beat.at) > STALE_BEAT:
        return "has not shown itself lately"
    return beat.trouble


def _configuration(configured: bool, unapplied: Unapplied) -> Check:
    """What is pending is no failure, right or wrong: what is applied is in force."""
    message = unapplied.sentence() or ("" if configured else "not taken over by a scheduler yet")
    return Check("configuration", configured and not unapplied.wrong, message)
