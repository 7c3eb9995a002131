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
from .feed_paths import key_of
from .moments import seconds
from .pictured import forget_pictures, note_pictures
from .placing import Move
from .schema import articles, changes, entries, labels, ledger

_NEVER_MOVES = frozenset(("id", "uri", "outlet", "story", "published", "dated_by"))

_SEQ = select(ledger.c.seq)
_MORE = bindparam("more", type_=ledger.c.live.type)
_NEXT = (
    update(ledger)
    .values(seq=ledger.c.seq + 1, live=ledger.c.live + _MORE)
    .returning(ledger.c.seq, ledger.c.window_size)
)
_OF_ARTICLE = update(articles).where(articles.c.id == bindparam("article"))
_REVISED = _OF_ARTICLE.values(withdrawn_at=None, why=None)
_LEFT_FEEDS = _OF_ARTICLE.values(withdrawn_at=bindparam("at"), why=bindparam("its_why"))
_WHY = {ChangeKind.WITHDRAWN: "withdrawn by its source", ChangeKind.EXPIRED: "older than articles are kept"}
_LIVES = {ChangeKind.NEW: 1, **dict.fromkeys(_WHY, -1)}
"""What a change adds to the articles that are not withdrawn."""
_ENDED = update(labels).where(labels.c.id == bindparam("label")).values(to_seq=bindparam("at"))
_LEFT = (
    update(entries)
    .where(entries.c.feed == bindparam("path"), entries.c.article == bindparam("id"), entries.c.left_seq.is_(None))
    .values(left_seq=bindparam("at"))
)


def current_seq(connection: Connection) -> int:
    """The newest seq."""
    return int(connection.scalars(_SEQ).one())


def next_seq(connection: Connection) -> int:
    """A new seq, one more than the newest."""
    return int(connection.execute(_NEXT, {"more": 0}).one().seq)


def apply(connection: Connection, moves: Sequence[Move], now: int) -> Changes:
    """Write everything that these moves change, each article in at most one of them."""
    if not moves:
        return Changes(seq=current_seq(connection))
    seq, window = connection.execute(_NEXT, {"more": sum(_LIVES.get(move.kind, 0) for move in moves)}).one()
    paths = moved_feeds(connection, moves, window or 0)
    _write_articles(connection, moves, now)
    _write_labels(connection, moves, seq)
    _write_entries(connection, moves, seq)
    rows = [{"seq": seq, "article": move.article, "at": now, "kind": move.kind} for move in moves]
    append(connection, changes, rows)
    mark_changed(connection, paths, seq, now)
    return Changes(
        seq=seq,
        changes=tuple(Change(move.kind, move.article) for move in moves),
        feeds=keys_of(paths),
    )


def note(connection: Connection, names: Iterable[str], now: int) -> None:
    """Note that what labels are made from is another by now, of articles of which nothing that is read has changed.

    An apply under way then looks at them again.
    """
    rows = [{"article": name, "at": now, "kind": ChangeKind.RELABELLED} for name in sorted(names)]
    if rows:
        seq = next_seq(connection)
        append(connection, changes, [{"seq": seq, **row} for row in rows])


def keys_of(paths: Iterable[str]) -> frozenset[FeedKey]:
    """The keys of feeds."""
    return frozenset(key for key in map(key_of, paths) if key is not None)


def _write_articles(connection: Connection, moves: Sequence[Move], now: int) -> None:
    rows = [(move.fresh, article_row(move.text)) for move in moves if move.text is not None]
    append(connection, articles, [row for fresh, row in rows if fresh])
    again = [_revised(row) for fresh, row in rows if not fresh]
    write(connection, _REVISED, again)
    forget_pictures(connection, [row["article"] for row in again])
    note_pictures(connection, (move.text for move in moves if move.text is not None))
    gone = [{"article": move.article, "at": now, "its_why": _WHY[move.kind]} for move in moves if move.kind in _WHY]
    write(connection, _LEFT_FEEDS, gone)


def _revised(row: dict[str, Any]) -> dict[str, Any]:
    return {"article": row["id"], **{name: value for name, value in row.items() if name not in _NEVER_MOVES}}


def _write_labels(connection: Connection, moves: Sequence[Move], seq: int) -> None:
    write(connection, _ENDED, [{"label": label, "at": seq} for move in moves for label in move.ended])
    begun = [label_row(move.article, label, seq) for move in moves for label in move.begun]
    append(connection, labels, begun)


def _write_entries(connection: Connection, moves: Sequence[Move], seq: int) -> None:
    left = [{"path": path, "id": move.article, "at": seq} for move in moves for path in sorted(move.left)]
    write(connection, _LEFT, left)
    entered = [
        {"feed": path, "article": move.article, "published": seconds(move.published), "entered_seq": seq}
        for move in moves
        for path in sorted(move.entered)
    ]
    append(connection, entries, entered)
