"""A source kind that hands out the records it was given, and the fetcher that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from feedsvc.domain.fetched import Answer, Failure, FailureKind, Fetched, Listing, NotModified, Request
from feedsvc.domain.record import Parsed
from feedsvc.domain.source import Cursor, Json, Source


@dataclass
class FakeKind:
    """`first` is what the first answer gives; an answer at an address of `others` gives what stands there.

    An exception in place of an answer is raised. `absence` is what a failure gives.
    """

    name = "fake"
    description = "records by hand"
    options = object
    first: Parsed | Exception = field(default_factory=Parsed)
    others: dict[str, Parsed | Exception] = field(default_factory=dict)
    absence: Parsed = field(default_factory=Parsed)
    accepted: list[bool] = field(default_factory=list)

    def ask(self, source: Source, cursor: Cursor, accept_deletions: bool) -> tuple[Request, ...]:
        """One request."""
        self.accepted.append(accept_deletions)
        return (Request(address="fake:first", cursor=cursor, accept_deletions=accept_deletions),)

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """What is to be found at the address."""
        found = self.others.get(answer.request.address, self.first)
        if isinstance(found, Exception):
            raise found
        return found

    def steady(self, answer: Fetched) -> bytes:
        """All of it."""
        return answer.body

    def passed_over(self, source: Source, answer: Fetched) -> Mapping[str, Json]:
        """That it was."""
        return {"passed over": True}

    def remember(self, cursor: Cursor, key: str, refused: str | None) -> Mapping[str, Json]:
        """The reason, or that it is asked for again."""
        return {key: refused or "again"}

    def absent(self, source: Source, failure: Failure) -> Parsed:
        """The absence."""
        return self.absence


@dataclass
class FakeFetcher:
    """Answers everything; what is in `failing` fails, what is in `unchanged` did not change."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    at: datetime = datetime(2026, 3, 1, 8, tzinfo=UTC)

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """As the port promises."""
        self.asked.append(request.address)
        if request.address in self.failing:
            return Failure(request=request, at=self.at, kind=FailureKind.UNREADABLE, why="it is away")
        if request.address in self.unchanged:
            return NotModified(request=request, at=self.at)
        # No two answers are of the same bytes, unless a test says so.
        body = self.bodies.get(request.address, str(len(self.asked)).encode())
        return Fetched(request=request, at=self.at, body=body)
