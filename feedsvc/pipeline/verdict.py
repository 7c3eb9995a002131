"""How a source does, judged by its own history at the end of a pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.passes import Outcome
from ..domain.rhythm import Rhythm, Verdict, VerdictKind
from .rhythm import longest_gap

ENOUGH_SEEN = 14
"""Articles before silence says anything."""
ENOUGH_WATCHED = timedelta(days=7)
"""That these must span: before, there may not have been a weekend among them."""
PATIENCE = 3
"""Failures in a row before a source counts as failing: most are over with the next pass."""
TOO_LONG = 1.5
"""Times the longest gap: silent."""
AT_ONCE = frozenset({Outcome.GONE, Outcome.REFUSED})
"""What does not pass by itself, and is told with the first pass that finds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What a pass leaves behind: `failures` in a row with it, the first of them at `failing_since`.

    `worked` says whether any pass ever succeeded.
    """

    outcome: Outcome
    message: str
    failures: int
    failing_since: datetime | None
    worked: bool


def verdict_of(course: Course, rhythm: Rhythm, before: Verdict, now: datetime) -> Verdict:
    """The verdict after a pass that ended at `now`; `before` is the one before it."""
    if course.outcome.success:
        return by_silence(rhythm, now)
    why = f"{course.outcome}: {course.message}" if course.message else str(course.outcome)
    if not course.worked:
        return Verdict(VerdictKind.NEVER_WORKED, course.failing_since, why)
    if course.failures >= PATIENCE or course.outcome in AT_ONCE:
        return Verdict(VerdictKind.FAILING, course.failing_since, why)
    return before


def by_silence(rhythm: Rhythm, now: datetime) -> Verdict:
    """The verdict on a source that answers, by how long there has been nothing new."""
    usual, last, first = longest_gap(rhythm), rhythm.newest, rhythm.since
    if rhythm.seen < ENOUGH_SEEN or usual is None or last is None or first is None or last - first < ENOUGH_WATCHED:
        return Verdict(VerdictKind.UNJUDGED, last, _too_little(rhythm))
    quiet = now - last
    if quiet <= usual:
        return Verdict(VerdictKind.FRESH, last)
    why = f"nothing new since {last:%Y-%m-%d %H:%M} UTC; the longest gap lately was {_long(usual)}"
    return Verdict(VerdictKind.SILENT if quiet > TOO_LONG * usual else VerdictKind.LATE, last, why)


def _too_little(rhythm: Rhythm) -> str:
    if rhythm.seen < ENOUGH_SEEN:
        return f"{rhythm.seen} articles of known date seen, of {ENOUGH_SEEN} that a verdict takes"
    return f"its articles do not span {ENOUGH_WATCHED.days} days yet"


def _long(length: timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes / 60:.0f} h" if minutes < 72 * 60 else f"{minutes / 60 / 24:.0f} days"
