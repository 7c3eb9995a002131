"""Passes of 50 articles that are new, and of the same corrected: as the service stores them, and the bare statements.

rehearsed, and undone ─► timed: the service's commit, or the statements that it gave in the rehearsal, with their values
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import event

from feedsvc.bootstrap import Services
from feedsvc.domain.article import Article
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.identity import article_id, article_uri
from feedsvc.domain.passes import Mark, Outcome, Pass, Placed
from feedsvc.storage import passes

from .filling import A_PASS
from .newsroom import Kind, kinds_of
from .texts import draft

BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
LEASE = timedelta(minutes=1)
Statements = list[tuple[str, Any, bool]]


KINDS = 1000
"""Of articles that are stored."""


class _Undone(Exception):
    """Raised to undo a transaction."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds that a transaction took: by the clock, and of this thread's CPU."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Ingesting:
    """Passes over the sources of a filled store, one after another, each of articles that nobody had.

    Those of an earlier run may be there: numbers and times go on from the store's seq, which every pass moves.
    """

    services: Services
    _kinds: Sequence[Kind] = field(init=False)
    _numbers: Iterator[int] = field(init=False)
    _now: datetime = field(init=False)

    def __post_init__(self) -> None:
        seq = self.services.store.changes_after(-1).seq
        self._kinds, self._numbers, self._now = (
            kinds_of(self.services, KINDS),
            count(seq * 100),
            BEGIN + timedelta(hours=seq),
        )

    def ours(self) -> tuple[Took, Took]:
        """Store a pass of new articles, then one that corrects them all, as the service does."""
        return self._round(self._committed)

    def bare(self) -> tuple[Took, Took]:
        """The same by nothing but the statements that write, on the same connection."""
        return self._round(self._replayed)

    def published(self) -> Pass:
        """A pass of one new article, which waits to be stored."""
        source = self._source()
        return self._pass(source, self._new(source, 1))

    def _round(self, way: Callable[[Pass], Took]) -> tuple[Took, Took]:
        source = self._source()
        new = self._new(source, A_PASS)
        corrected = tuple(Placed(replace(one.article, fingerprint="1:new:0"), one.feeds) for one in new)
        return way(self._pass(source, new)), way(self._pass(source, corrected))

    def _committed(self, done: Pass) -> Took:
        self._rehearsed(done)
        return timed(lambda: self._stored(done))

    def _replayed(self, done: Pass) -> Took:
        statements = self._rehearsed(done)
        return timed(lambda: self._written(statements))

    def _stored(self, done: Pass) -> None:
        if not self.services.store.commit(done).stored:
            raise RuntimeError("a pass was refused")

    def _written(self, statements: Statements) -> None:
        with self.services.store.database.writing() as connection:
            cursor: Any = connection.connection.cursor()
            for statement, values, many in statements:
                (cursor.executemany if many else cursor.execute)(statement, values)
            cursor.close()

    def _rehearsed(self, done: Pass) -> Statements:
        """The statements that write the pass, which is undone."""
        seen: Statements = []

        def note(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
            if statement.startswith(("INSERT", "UPDATE", "DELETE")):
                seen.append((statement, values, many))

        try:
            with self.services.store.database.writing() as connection:
                event.listen(connection, "before_cursor_execute", note)
                passes.commit(connection, done)
                raise _Undone
        except _Undone:
            return seen

    def _source(self) -> str:
        return f"s{next(self._numbers) % len(self.services.sources)}"

    def _new(self, source: str, number: int) -> tuple[Placed, ...]:
        return tuple(self._article(source, next(self._numbers)) for _ in range(number))

    def _article(self, source: str, number: int) -> Placed:
        kind, key = self._kinds[number * 7919 % len(self._kinds)], f"x{number}"
        id = article_id(source, key)
        article = Article(
            id=id,
            uri=article_uri("example.org,2026", id),
            source=source,
            outlet=source,
            draft=draft(number, key, self._now + timedelta(seconds=number % 3600)),
            updated=BEGIN,
            fingerprint="1:old:0",
            labels=kind.labels,
        )
        feeds = (key for key in map(FeedKey.of, kind.feeds) if key is not None)
        return Placed(article, frozenset({FeedKey(source=source), *feeds}))

    def _pass(self, source: str, articles: Sequence[Placed]) -> Pass:
        self._now += timedelta(hours=1)
        only = frozenset({source})
        (claim,) = self.services.store.claim(holder="bench", now=self._now, lease=LEASE, limit=1, only=only)
        return Pass(
            claim=claim,
            outlet=source,
            started=self._now,
            outcome=Outcome.CHANGED,
            cursor=claim.cursor,
            next_poll=self._now + timedelta(hours=12),
            articles=tuple(articles),
            seen=len(articles),
            marks={one.article.draft.key: Mark(f"by {one.article.id}", one.article.fingerprint) for one in articles},
        )


def timed(do: Callable[[], object]) -> Took:
    """Do it, with nothing left to collect from before."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.thread_time()
    do()
    return Took(time.perf_counter() - wall, time.thread_time() - cpu)
