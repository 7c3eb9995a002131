"""A schedule in memory: what is due, and who holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import RLock

from feedsvc.domain.history import Beat
from feedsvc.domain.passes import Changes, Claim, Pass
from feedsvc.domain.source import Cursor


@dataclass
class Row:
    """One source's schedule."""

    next_poll: datetime
    token: int = 0
    until: datetime | None = None


@dataclass
class FakeLedger:
    """`trouble`, when set, is raised by every call; `released`, `given_back` and `renewed` tell what was done.

    The sources in `doubtful` failed the last time; quiet passes over those in `unstorable` cannot be stored.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    trouble: Exception | None = None
    doubtful: set[str] = field(default_factory=set)
    unstorable: set[str] = field(default_factory=set)
    beats: list[datetime] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    beliefs: list[datetime | None] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    released: list[tuple[str, datetime]] = field(default_factory=list)
    given_back: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    _lock: RLock = field(default_factory=RLock)

    def due(self, *sources: str, at: datetime) -> None:
        """Make sources due."""
        for source in sources:
            self.rows[source] = Row(at)

    def claim(
        self,
        *,
        holder: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        doubtful: int | None = None,
        a_host: int | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[Claim, ...]:
        """As the port promises."""
        with self._transaction():
            ready = [
                source
                for source, row in self.rows.items()
                if (row.next_poll <= now if only is None else source in only)
                and (row.until is None or row.until <= now)
            ]
            left = [source for source in ready if source in self.doubtful][:doubtful]
            ready = [source for source in ready if source not in self.doubtful or source in left]
            return tuple(self._take(source, holder, now + lease) for source in ready[:limit])

    def renew(self, claims: Iterable[Claim], now: datetime, lease: timedelta) -> None:
        """As the port promises."""
        with self._transaction():
            for claim in claims:
                if self._newest(claim):
                    self.rows[claim.source].until = now + lease
                    self.renewed.append(claim.source)

    def give_back(self, claims: Iterable[Claim]) -> None:
        """As the port promises."""
        with self._transaction():
            for claim in claims:
                if self._newest(claim):
                    self.rows[claim.source].until = None
                    self.given_back.append(claim.source)

    def release(self, claim: Claim, next_poll: datetime) -> None:
        """As the port promises."""
        with self._transaction():
            if self._newest(claim):
                self._give_back(claim, next_poll)
                self.released.append((claim.source, next_poll))

    def commit(self, done: Pass) -> Changes:
        """As the port promises, of the schedule alone."""
        with self._transaction():
            stored = self._newest(done.claim)
            if stored:
                self._give_back(done.claim, done.next_poll)
            return Changes(seq=0, stored=stored)

    def end(self, quiet: Sequence[Pass]) -> None:
        """As the port promises."""
        with self._transaction():
            if any(done.claim.source in self.unstorable for done in quiet):
                raise TypeError("no JSON")
            for done in quiet:
                if self._newest(done.claim):
                    self._give_back(done.claim, done.next_poll)
                    self.ended.append(done.claim.source)

    def beat(self, now: datetime, trouble: str = "", doubted: bool = False) -> Beat | None:
        """As the port promises, but that nothing is planned anew."""
        with self._transaction():
            before = self.heartbeat()
            self.beats.append(now)
            self.told.append(trouble)
            self.beliefs.append((now if before is None else before.sure) if doubted else None)
            return before

    def heartbeat(self) -> Beat | None:
        """As the port promises."""
        with self._transaction():
            return Beat(self.beats[-1], self.told[-1], self.beliefs[-1]) if self.beats else None

    def _transaction(self) -> RLock:
        if self.trouble is not None:
            raise self.trouble
        return self._lock

    def _take(self, source: str, holder: str, until: datetime) -> Claim:
        row = self.rows[source]
        row.token, row.until = row.token + 1, until
        failures = int(source in self.doubtful)
        return Claim(source=source, holder=holder, token=row.token, until=until, cursor=Cursor(), failures=failures)

    def _newest(self, claim: Claim) -> bool:
        return self.rows[claim.source].token == claim.token

    def _give_back(self, claim: Claim, next_poll: datetime) -> None:
        row = self.rows[claim.source]
        row.until, row.next_poll = None, next_poll
