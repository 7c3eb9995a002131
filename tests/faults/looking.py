"""What stands in the database of a running service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from tests.databases import assert_sound, connected

Rows = list[tuple[Any, ...]]


@contextmanager
def looking(url: str) -> Iterator[Look]:
    """All that is asked inside is answered as of one moment: a server goes on with what a killed client had sent."""
    with closing(connected(url)) as connection:
        if isinstance(connection, psycopg.Connection):
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        else:
            connection.execute("BEGIN")
        yield Look(connection)


def heartbeat(url: str) -> int:
    """The second at which a scheduler last showed itself, 0 for never."""
    with looking(url) as look:
        return look.heartbeat()


class Look:
    """Asks, and changes nothing but what it is told to."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def rows(self, question: str) -> Rows:
        """The answer to a question in SQL."""
        return [tuple(row) for row in self._connection.execute(question).fetchall()]

    def one(self, question: str) -> Any:
        """The answer that is one value."""
        ((value,),) = self.rows(question)
        return value

    def change(self, statement: str) -> None:
        """Change something behind the store's back, at once."""
        self._connection.execute(statement)
        self._connection.commit()

    @property
    def made(self) -> bool:
        """Whether the database is more than an empty file."""
        server = isinstance(self._connection, psycopg.Connection)
        tables = "SELECT tablename AS name FROM pg_tables" if server else "SELECT name FROM sqlite_master"
        return bool(self.rows(f"SELECT 1 FROM ({tables}) AS tables WHERE name = 'articles'"))

    def heartbeat(self) -> int:
        """The second at which a scheduler last showed itself, 0 for never."""
        if not self.made:
            return 0
        return max((at for (at,) in self.rows("SELECT at FROM heartbeats")), default=0)

    def assert_whole(self) -> None:
        """The database is sound, each record has one article, and each article stands once in the feed of all."""
        assert_sound(self._connection)
        articles = self.one("SELECT count(*) FROM articles")
        records = self.one("SELECT count(*) FROM (SELECT DISTINCT outlet, key FROM records) AS distinct_records")
        once = self.one("SELECT count(DISTINCT article) FROM entries WHERE feed = 'all' AND left_seq IS NULL")
        standing = self.one("SELECT count(*) FROM entries WHERE feed = 'all' AND left_seq IS NULL")
        assert articles == records == once == standing, (articles, records, once, standing)
