"""What a pass leaves known of its source: its rhythm, the verdict on it, where it moved to, and when to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..domain.article import Draft
from ..domain.history import History
from ..domain.pace import Pace
from ..domain.passes import Claim, Outcome
from ..domain.rhythm import Rhythm
from ..domain.source import Cursor, Source
from . import moving, undated
from .harvest import Harvest
from .hinting import hints_of
from .polling import Polled, planned
from .rhythm import MEMORY, heard, in_proportion, interrupted
from .verdict import PATIENCE, Course, verdict_of

UNASKED = timedelta(days=1)
"""Without a pass, after which a gap is not the source's own; or three times its interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a pass leaves for the next one."""

    history: History
    cursor: Cursor
    next_poll: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a pass over a source ended, at `now`; `came` are the drafts that it had not brought before."""

    outcome: Outcome
    message: str
    came: tuple[Draft, ...]
    now: datetime


def left(source: Source, claim: Claim, gathered: Harvest, ended: Ended, pace: Pace) -> Left:
    """What follows from how a pass ended."""
    failed = not ended.outcome.success
    course = Course(
        outcome=ended.outcome,
        message=ended.message,
        failures=claim.failures + 1 if failed else 0,
        failing_since=(claim.history.failing_since or ended.now) if failed else None,
        worked=not claim.first,
    )
    cursor = _moved_on(gathered, failed, ended.now)
    rhythm = _rhythm(claim, course, ended, claim.history.interval or source.every or pace.ceiling)
    polled = Polled(
        outcome=ended.outcome,
        failures=claim.failures,
        rhythm=rhythm,
        hints=hints_of(cursor, gathered.fresh_for, pace.ceiling),
        not_before=gathered.failure.not_before if gathered.failure is not None else None,
        asks=gathered.asks_a_server,
    )
    plan = planned(source, polled, pace, ended.now)
    proved = moving.moving_of(cursor)
    history = History(
        rhythm=rhythm,
        verdict=verdict_of(course, rhythm, claim.history.verdict, ended.now),
        failing_since=course.failing_since,
        interval=plan.interval,
        moved_to=proved.target if proved is not None and proved.proved else None,
    )
    return Left(history=history, cursor=cursor, next_poll=ended.now if gathered.more else plan.at)


def arrivals(came: Iterable[Draft], claim: Claim, now: datetime) -> tuple[datetime, ...]:
    """When new articles appeared.

    Of those of a first pass, when they were published, as far as that is known. What comes later appeared since the
    last pass: one that says that it is older was put there late.
    """
    if claim.succeeded is None:
        known = (draft for draft in came if not draft.dated_by.startswith(undated.BY))
        return in_proportion(min(draft.published, now) for draft in known if draft.published >= now - MEMORY)
    return tuple(draft.published if claim.succeeded <= draft.published <= now else now for draft in came)


def _rhythm(claim: Claim, course: Course, ended: Ended, pace: timedelta) -> Rhythm:
    before = claim.history.rhythm
    if course.failures >= PATIENCE or _unasked(claim, pace, ended.now):
        before = interrupted(before)
    if not ended.outcome.success:
        return before
    rhythm = heard(before, arrivals(ended.came, claim, ended.now)) if ended.came else before
    return rhythm if rhythm.since is not None else replace(rhythm, since=ended.now)


def _unasked(claim: Claim, pace: timedelta, now: datetime) -> bool:
    """Whether nobody asked the source for so long that its silence may be ours."""
    return claim.succeeded is not None and now - claim.succeeded > max(UNASKED, 3 * pace)


def _moved_on(gathered: Harvest, failed: bool, now: datetime) -> Cursor:
    asked = gathered.asked
    if asked is None:
        return gathered.cursor
    if failed or not gathered.answered:
        return moving.unanswered(asked, gathered.cursor, now)
    known = gathered.unchanged or gathered.held_known
    return moving.witnessed(asked, gathered.origin, gathered.moved, known, gathered.cursor, now)
