"""Writes moves: one seq for everything that one transaction changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from ..domain.feed import FeedKey
from ..domain.passes import Change, ChangeKind, Changes
from .articles import article_row, label_row
from .database import append, write
from .documents import mark_changed, moved_feeds
from .moments import seconds
from .placing import Move
from .schema import articles, changes, entries, labels, ledger

_NEVER_MOVES = frozenset(("id", "uri", "outlet", "story", "published", "dated_by"))


def current_seq(connection: Connection) -> int:
    """The newest seq."""
    return int(connection.scalars(select(ledger.c.seq)).one())


def next_seq(connection: Connection) -> int:
    """A new seq, one more than the newest."""
    connection.execute(update(ledger).values(seq=ledger.c.seq + 1))
    return current_seq(connection)


def apply(connection: Connection, moves: Sequence[Move], now: int) -> Changes:
    """Write everything that these moves change, each article in at most one of them."""
    if not moves:
        return Changes(seq=current_seq(connection))
    paths = moved_feeds(connection, moves, _window(connection))
    seq = next_seq(connection)
    _write_articles(connection, moves, now)
    _write_labels(connection, moves, seq)
    _write_entries(connection, moves, seq)
    rows = [{"seq": seq, "article": move.article, "at": now, "kind": move.kind} for move in moves]
    append(connection, changes, rows)
    mark_changed(connection, paths, seq, now)
    return Changes(
        seq=seq,
        changes=tuple(Change(move.kind, move.article) for move in moves),
        feeds=frozenset(_keys(paths)),
    )


def _window(connection: Connection) -> int:
    return int(connection.scalars(select(ledger.c.window_size)).one() or 0)


def _keys(paths: Iterable[str]) -> Iterable[FeedKey]:
    return (key for key in map(FeedKey.of, paths) if key is not None)


def _write_articles(connection: Connection, moves: Sequence[Move], now: int) -> None:
    rows = [(move.fresh, article_row(move.text)) for move in moves if move.text is not None]
    append(connection, articles, [row for fresh, row in rows if fresh])
    revised = update(articles).where(articles.c.id == bindparam("article"))
    write(connection, revised.values(withdrawn_at=None, why=None), [_revised(row) for fresh, row in rows if not fresh])
    gone = [{"article": move.article} for move in moves if move.kind is ChangeKind.WITHDRAWN]
    write(connection, revised.values(withdrawn_at=now, why="withdrawn by its source"), gone)


def _revised(row: dict[str, Any]) -> dict[str, Any]:
    return {"article": row["id"], **{name: value for name, value in row.items() if name not in _NEVER_MOVES}}


def _write_labels(connection: Connection, moves: Sequence[Move], seq: int) -> None:
    ending = update(labels).where(labels.c.id == bindparam("label")).values(to_seq=seq)
    write(connection, ending, [{"label": label} for move in moves for label in move.ended])
    begun = [label_row(move.article, label, seq) for move in moves for label in move.begun]
    append(connection, labels, begun)


def _write_entries(connection: Connection, moves: Sequence[Move], seq: int) -> None:
    present = entries.c.feed == bindparam("path"), entries.c.article == bindparam("id"), entries.c.left_seq.is_(None)
    left = [{"path": path, "id": move.article} for move in moves for path in sorted(move.left)]
    write(connection, update(entries).where(*present).values(left_seq=seq), left)
    entered = [
        {"feed": path, "article": move.article, "published": seconds(move.published), "entered_seq": seq}
        for move in moves
        for path in sorted(move.entered)
    ]
    append(connection, entries, entered)
