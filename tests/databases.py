"""Both kinds of databases as tests look into them, beside the store."""

from __future__ import annotations

from typing import Any

import psycopg

from feedsvc.storage.sqlite import DRIVER


def connected(url: str) -> Any:
    """A connection of the driver's own, which `execute`s; nothing is written through it unless it is committed."""
    if url.startswith("sqlite:///"):
        return DRIVER.connect(url.removeprefix("sqlite:///"))
    return psycopg.connect(url)


def assert_sound(connection: Any) -> None:
    """The database itself finds nothing wrong with its files; PostgreSQL checks its rules as it writes."""
    if isinstance(connection, psycopg.Connection):
        assert connection.execute(
            "SELECT count(*) FROM records WHERE article NOT IN (SELECT id FROM articles)"
        ).fetchall() == [(0,)]
        return
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
