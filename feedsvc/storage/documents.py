"""Feeds as documents: what each holds now, and which of them a transaction moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, case, select, update

from ..domain.article import Article
from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from .articles import read_articles
from .database import THESE, asked, storable, write
from .moments import moment, seconds
from .placing import Move
from .schema import articles, entries, feeds

Position = tuple[int, str]
"""Where an entry stands: by the second of publication, then by id."""

_NEWEST_FIRST = (entries.c.published.desc(), entries.c.article.desc())
_SHOWN = (
    select(entries.c.published, entries.c.article)
    .where(entries.c.feed == bindparam("path"), entries.c.left_seq.is_(None))
    .order_by(*_NEWEST_FIRST)
    .limit(bindparam("window"))
)
_CONFIGURED = select(feeds.c.path).where(feeds.c.configured, feeds.c.path.in_(THESE))
_NOW = bindparam("now", type_=feeds.c.changed_at.type)
_CHANGED = (
    update(feeds)
    .where(feeds.c.path == bindparam("feed"))
    .values(
        changed_at=case((feeds.c.changed_at > _NOW, feeds.c.changed_at), else_=_NOW),
        changed_seq=bindparam("seq"),
        shared_second=feeds.c.changed_at >= _NOW,
    )
)


def state_of(connection: Connection, key: FeedKey) -> FeedState | None:
    """When a configured feed changed last."""
    ours = select(feeds).where(feeds.c.path == storable(key.path), feeds.c.configured)
    row = connection.execute(ours).one_or_none()
    return (
        None
        if row is None
        else FeedState(changed_at=moment(row.changed_at), changed_seq=row.changed_seq, shared_second=row.shared_second)
    )


def newest(connection: Connection, key: FeedKey, limit: int) -> tuple[Article, ...]:
    """The newest articles that a feed holds now."""
    present = entries.c.feed == storable(key.path), entries.c.left_seq.is_(None)
    rows = select(articles).join_from(entries, articles).where(*present).order_by(*_NEWEST_FIRST).limit(limit)
    return read_articles(connection, rows)


def moved_feeds(connection: Connection, moves: Iterable[Move], window: int) -> frozenset[str]:
    """The configured feeds whose newest `window` entries these moves change; asked before anything is written."""
    touching: dict[str, list[Move]] = {}
    for move in moves:
        for path in move.touched:
            touching.setdefault(path, []).append(move)
    return frozenset(
        path for path in _configured(connection, touching) if _moves_document(connection, path, touching[path], window)
    )


def mark_changed(connection: Connection, paths: Iterable[str], seq: int, now: int) -> None:
    """These documents changed at `seq`; the time of a change never goes back."""
    write(connection, _CHANGED, [{"feed": path, "seq": seq, "now": now} for path in paths])


def document_moves(
    newest_before: Sequence[Position], window: int, *, came: frozenset[Position], touched: frozenset[Position]
) -> bool:
    """Whether one of `touched`, those that `came` among them, shows in the newest `window` before or after.

    What leaves from below the newest uncovers nothing, and what leaves from among them has shown.
    """
    after = sorted({*newest_before, *came}, reverse=True)[:window]
    return not (touched.isdisjoint(newest_before) and came.isdisjoint(after))


def _moves_document(connection: Connection, path: str, moves: Sequence[Move], window: int) -> bool:
    at = {move.article: (seconds(move.published), move.article) for move in moves}
    came = frozenset(at[move.article] for move in moves if path in move.entered - move.left)
    before = shown_in(connection, path, window)
    return document_moves(before, window, came=came, touched=frozenset(at.values()))


def shown_in(connection: Connection, path: str, window: int) -> list[Position]:
    """The newest `window` entries of a feed, newest first."""
    rows = connection.execute(_SHOWN, {"path": path, "window": window})
    return [(row.published, row.article) for row in rows]


def _configured(connection: Connection, paths: Iterable[str]) -> list[str]:
    return [row.path for row in asked(connection, _CONFIGURED, paths)]
