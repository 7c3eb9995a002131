"""When a source is polled next: at its own pace, more and more rarely while it fails, and always again.

An interval that an operator wrote down holds to the second. One that is left to the program follows the source: half
the mean time between its articles, longer once it has been quiet for days, and never shorter than it says itself. The
steps are CommaFeed's, which has found them over years with many feeds.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..domain.pace import Pace
from ..domain.passes import Outcome
from ..domain.rhythm import NO_HINTS, NOTHING_HEARD, Hints, Rhythm
from ..domain.source import Source
from .rhythm import mean_gap

PATIENT = 2
"""Failures in a row that change nothing: most are over with the next pass."""
LONGEST = timedelta(hours=4)
"""Between two passes over a source that fails."""
GONE = timedelta(days=1)
"""Between two looks at an address that says it is gone for good (410)."""
MOST_HINTED = timedelta(days=1)
"""That a feed may ask for between two passes."""
USUAL_MOST = timedelta(hours=1)
"""Between two passes over a source that had something new within a week."""
QUIET = ((timedelta(days=30), timedelta(hours=4)), (timedelta(days=14), timedelta(hours=2)))
"""After so long without anything new, so long between two passes."""
QUIET_WEEK = timedelta(days=7)
JITTER = 0.1
"""The part of a longer wait by which it varies, so that many sources of one server do not come back together."""
BACKING_OFF = frozenset({Outcome.FETCH_FAILED, Outcome.PARSE_FAILED})
"""A folder that is away is looked at as often as ever: that costs nobody anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """How a pass ended, the `failures` in a row before it, and what is known of the source.

    `not_before` is when the upstream wants to be asked again; `asks` whether anybody's server is asked at all.
    """

    outcome: Outcome
    failures: int
    rhythm: Rhythm = NOTHING_HEARD
    hints: Hints = NO_HINTS
    not_before: datetime | None = None
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """When to poll next, and the interval that the program chose; None where an operator did."""

    at: datetime
    interval: timedelta | None


def planned(source: Source, done: Polled, pace: Pace, now: datetime) -> Plan:
    """The time of the next pass after one that ended so."""
    usual = source.every or interval_of(done, pace, now)
    wait = _while_failing(done, usual)
    varied = wait * (1 + JITTER * _spread(source.id, now))
    if source.every is not None:
        due = now + (wait if wait == usual else varied)
    else:
        due = not_skipped(now + varied, done.hints)
    at = due if done.not_before is None else max(due, done.not_before)
    return Plan(at, None if source.every is not None else usual)


def interval_of(done: Polled, pace: Pace, now: datetime) -> timedelta:
    """The interval that follows from a source's rhythm and from what it says itself, within the bounds."""
    if not done.asks:
        return pace.floor
    hinted = min(done.hints.every or timedelta(0), MOST_HINTED)
    return max(hinted, min(max(by_rhythm(done.rhythm, now), pace.floor), pace.ceiling))


def by_rhythm(rhythm: Rhythm, now: datetime) -> timedelta:
    """The interval that suits a rhythm; a source of which nothing is known yet is asked as often as one may be."""
    last = rhythm.newest or rhythm.since
    if last is None:
        return timedelta(0)
    quiet, mean = now - last, mean_gap(rhythm, now)
    for since, interval in QUIET:
        if quiet >= since:
            return interval
    if quiet >= QUIET_WEEK:
        return USUAL_MOST
    return timedelta(0) if mean is None else min(mean / 2, USUAL_MOST)


def not_skipped(due: datetime, hints: Hints) -> datetime:
    """The first moment from `due` on that lies in no hour and on no day that the feed asks to leave out."""
    if len(hints.skip_hours) >= 24 or len(hints.skip_days) >= 7:
        return due
    moment = due
    for _ in range(24 * 8):
        if moment.weekday() not in hints.skip_days and moment.hour not in hints.skip_hours:
            return moment
        moment = (moment + timedelta(hours=1)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return due


def _while_failing(done: Polled, usual: timedelta) -> timedelta:
    if done.outcome is Outcome.GONE:
        return max(usual, GONE)
    if done.outcome in BACKING_OFF and done.failures >= PATIENT:
        longer = usual * 2 ** min(done.failures - PATIENT + 1, 32) if usual < LONGEST else usual
        return max(usual, min(longer, LONGEST))
    return usual


def _spread(source: str, now: datetime) -> float:
    """A number from 0 to 1, the same for the same pass over the same source."""
    return hashlib.blake2b(f"{source} {now.timestamp():.0f}".encode(), digest_size=1).digest()[0] / 255
