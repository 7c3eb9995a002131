"""One newsroom watched for a year by the decisions of the pipeline, pass for pass, without a network or a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from feedsvc.domain.article import Draft
from feedsvc.domain.fetched import Failure, FailureKind, Request
from feedsvc.domain.pace import USUAL
from feedsvc.domain.passes import Claim, Outcome
from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.source import Cursor, Source
from feedsvc.pipeline.harvest import Harvest
from feedsvc.pipeline.history import Ended, Left, left
from feedsvc.pipeline.moving import followed, moving_of
from feedsvc.pipeline.rhythm import longest_gap

from .newsrooms import YEAR, End, Newsroom, moment

WINDOW = 50
"""Entries of a feed."""
OLD, NEW, PORTAL = "https://old.example/rss", "https://new.example/rss", "https://portal.example/"


@dataclass(slots=True)
class Year:
    """What a year of one newsroom gave. `delays` are seconds from publication to the pass that found it.

    `silences` are false alarms; `found` are seconds from the death, or from the last article of one that froze, until
    the verdict, and `against` the longest gap that this is measured by.
    """

    newsroom: Newsroom
    polls: int = 0
    articles: int = 0
    missed: int = 0
    delays: list[int] = field(default_factory=list)
    silences: int = 0
    wrongly_failing: int = 0
    wrong_moves: int = 0
    followed_move: bool = False
    judged: bool = False
    found: int | None = None
    against: timedelta | None = None


class Watch:
    """The state that the store would keep."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.year = Year(newsroom)
        self._newsroom = newsroom
        self._source = Source(
            id=newsroom.id, kind="syndication", title="", outlet=newsroom.id, language="vi", zone="UTC", every=None
        )
        self._claim = Claim(source=newsroom.id, holder="", token=1, until=moment(0), cursor=Cursor(), first=True)
        self._seen = 0

    def all_of_it(self) -> Year:
        """Poll from the first second of the year to the last one."""
        second = 0
        while second < YEAR:
            second = self._poll(second)
        return self.year

    def _poll(self, second: int) -> int:
        asked = followed(Request(address=OLD), self._claim.cursor, self._claim.failures)
        outcome, moved = self._answer(asked.address, second)
        gathered = Harvest(self._claim.cursor, asked=asked, origin=OLD, moved=moved, answered=outcome.success)
        came = self._came(second) if outcome.success else ()
        gathered.held_known = outcome.success and self._seen > len(came)
        gathered.unchanged = outcome.success and not came
        if outcome is Outcome.GONE:
            gathered.failure = Failure(request=asked, at=moment(second), kind=FailureKind.GONE, why="gone")
        outcome = Outcome.CHANGED if came else outcome
        ended = Ended(outcome=outcome, message="", came=came, now=moment(second))
        leaves = left(self._source, self._claim, gathered, ended, USUAL)
        self._judge(leaves, second)
        self._remember(leaves, outcome, second)
        return max(second + 1, int((leaves.next_poll - moment(0)).total_seconds()))

    def _answer(self, address: str, second: int) -> tuple[Outcome, str | None]:
        room = self._newsroom
        if any(second in span for span in room.portals):
            return Outcome.PARSE_FAILED, PORTAL
        gone_from_old = address == OLD and room.left is not None and second >= room.left
        if any(second in span for span in room.outages) or gone_from_old:
            return Outcome.FETCH_FAILED, None
        if address == NEW and (room.moved is None or second < room.moved):
            return Outcome.FETCH_FAILED, None
        if room.died is not None and second >= room.died and room.end is not End.FROZEN:
            return Outcome.GONE if room.end is End.GONE else Outcome.FETCH_FAILED, None
        forward = address == OLD and room.moved is not None and second >= room.moved
        return Outcome.UNCHANGED, NEW if forward else None

    def _came(self, second: int) -> tuple[Draft, ...]:
        room, there = self._newsroom, self._newsroom.seen_by(second)
        first = max(self._seen, there - WINDOW)
        new = room.published[first:there]
        if not self._claim.first:
            self.year.articles += len(new)
            self.year.missed += first - self._seen
            if not self._after_trouble(second):
                self.year.delays += [second - one for one in new]
        self._seen = there
        return tuple(
            Draft(key="", title="", summary="", content=(), published=moment(one), dated_by="", language="vi")
            for one in new
        )

    def _after_trouble(self, second: int) -> bool:
        return self._claim.failures > 0

    def _judge(self, leaves: Left, second: int) -> None:
        before, verdict, room = self._claim.history.verdict, leaves.history.verdict, self._newsroom
        self.year.polls += 1
        self.year.judged = self.year.judged or verdict.kind is VerdictKind.FRESH
        moving = moving_of(leaves.cursor)
        if moving is not None and moving.proved:
            self.year.followed_move = self.year.followed_move or moving.target == NEW
            self.year.wrong_moves += moving.target != NEW
        if verdict.kind is before.kind or not verdict.kind.bad:
            return
        dead = room.died is not None and second >= room.died
        if dead and self.year.found is None:
            frozen = room.end is End.FROZEN
            began = room.published[-1] if frozen and room.published else room.died or 0
            if not frozen or verdict.kind is VerdictKind.SILENT:
                self.year.found, self.year.against = second - began, longest_gap(leaves.history.rhythm)
        elif not dead and verdict.kind is VerdictKind.SILENT:
            self.year.silences += 1
        elif not dead and not room.troubled(second) and not self._moved_away(second):
            self.year.wrongly_failing += 1

    def _moved_away(self, second: int) -> bool:
        return self._newsroom.left is not None and second >= self._newsroom.left

    def _remember(self, leaves: Left, outcome: Outcome, second: int) -> None:
        success = outcome.success
        self._claim = Claim(
            source=self._claim.source,
            holder="",
            token=1,
            until=moment(0),
            cursor=leaves.cursor,
            first=self._claim.first and not success,
            failures=0 if success else self._claim.failures + 1,
            succeeded=moment(second) if success else self._claim.succeeded,
            history=leaves.history,
        )
