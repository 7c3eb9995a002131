"""The file of a backup: a SQLite database with our tables and one of pictures, whatever the rows come from or go to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, MetaData, Table, Text, select

from ..errors import BackupFailed, StoreError

pictures = Table(
    "pictures",
    MetaData(),
    Column("digest", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

_FULL = ("disk is full", "No space left")
_ROWS = 200
"""Rows in memory at once: articles may be long."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a backup holds: rows of articles and sources, pictures, and its size in bytes.

    `left_out` are the digests of pictures that are no longer what they were.
    """

    articles: int
    sources: int
    pictures: int
    size: int
    left_out: tuple[str, ...] = ()


def portions_of(connection: Connection, table: Table) -> Iterator[Rows]:
    """The rows of a table, as many at once as fit into memory."""
    names = table.columns.keys()
    for portion in connection.execute(select(table).execution_options(yield_per=_ROWS)).partitions():
        yield [dict(zip(names, row)) for row in portion]


@contextmanager
def told(file: Path, not_done: str, then: str) -> Iterator[None]:
    """Whatever is in the way in the block becomes a BackupFailed in one line: the file, why, and what to do `then`."""
    try:
        yield
    except (OSError, StoreError) as error:
        why = _reason(error, file)
        remedy = "Make room" if any(words in why for words in _FULL) else "Put that right"
        raise BackupFailed(f"{file} was not {not_done}: {why}. {remedy}, {then}.") from error


def _reason(error: OSError | StoreError, file: Path) -> str:
    if isinstance(error, StoreError):
        return str(error).rstrip(".")
    named = error.filename not in (None, str(file))
    return f"{error.filename}: {error.strerror}" if named else error.strerror or str(error)
