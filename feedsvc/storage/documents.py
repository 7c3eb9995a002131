"""Feeds as documents: what each shows now, and which of them a transaction moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    select,
    union_all,
    update,
)

from ..domain.article import Article
from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from .articles import read_articles
from .database import THESE, asked, storable, write
from .moments import moment, seconds
from .placing import Move
from .schema import articles, entries, feeds, ledger

_PRESENT = entries.c.feed == bindparam("path"), entries.c.left_seq.is_(None)
_BEFORE = entries.c.published < bindparam("before", type_=entries.c.published.type)
_ENTRY = entries.c.article, entries.c.published, entries.c.entered_seq


def _newest(*these: ColumnElement[bool]) -> CTE:
    newest_first = entries.c.published.desc(), entries.c.article.desc()
    return select(*_ENTRY).where(*these).order_by(*newest_first).limit(bindparam("window")).cte("newest")


def _late(newest: CTE, *these: ColumnElement[bool]) -> CTE:
    """Those beside the newest that entered of late."""
    fresh = entries.c.entered_seq > select(ledger.c.fresh_seq).scalar_subquery()
    others = select(*_ENTRY).where(*these, fresh, entries.c.article.not_in(select(newest.c.article)))
    last_first = entries.c.entered_seq.desc(), entries.c.published.desc(), entries.c.article.desc()
    return others.order_by(*last_first).limit(bindparam("window")).cte("late")


def _articles(shown: Subquery) -> Select[Any]:
    joined = select(articles).join_from(shown, articles, articles.c.id == shown.c.article)
    return joined.order_by(shown.c.published.desc(), shown.c.article.desc())


def _both(newest: CTE, late: CTE) -> Subquery:
    return union_all(select(newest), select(late)).subquery("shown")


_NEWEST = _newest(*_PRESENT)
_LATE = _late(_NEWEST, *_PRESENT)
_SHOWN = _both(_NEWEST, _LATE)
_NEWEST_BEFORE = _newest(*_PRESENT, _BEFORE)
NAMES = select(_SHOWN.c.article)
ARTICLES = _articles(_SHOWN)
_ARTICLES_BEFORE = _articles(_both(_NEWEST_BEFORE, _late(_NEWEST_BEFORE, *_PRESENT, _BEFORE)))
EARLIEST_LATE = select(func.min(_LATE.c.entered_seq))
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


def newest(connection: Connection, key: FeedKey, limit: int, before: datetime | None) -> tuple[Article, ...]:
    """The newest articles that a feed holds now, and of those that entered it of late as many more, the last ones.

    Of those published before a time, where it is given.
    """
    at = {} if before is None else {"before": seconds(before)}
    rows = ARTICLES if before is None else _ARTICLES_BEFORE
    return read_articles(connection, rows.params(path=storable(key.path), window=limit, **at))


def moved_feeds(connection: Connection, moves: Iterable[Move], window: int) -> frozenset[str]:
    """The configured feeds whose documents these moves change; asked before anything is written.

    What enters a feed shows in it, whatever its date. What is only touched, or leaves, moves it where it shows: what
    leaves from below uncovers nothing.
    """
    entered, touching = set[str](), dict[str, set[str]]()
    for move in moves:
        entered.update(move.entered)
        for path in move.touched:
            touching.setdefault(path, set()).add(move.article)
    return frozenset(
        path
        for path in _configured(connection, touching)
        if path in entered or not touching[path].isdisjoint(shown_in(connection, path, window))
    )


def mark_changed(connection: Connection, paths: Iterable[str], seq: int, now: int) -> None:
    """These documents changed at `seq`; the time of a change never goes back."""
    write(connection, _CHANGED, [{"feed": path, "seq": seq, "now": now} for path in paths])


def shown_in(connection: Connection, path: str, window: int) -> frozenset[str]:
    """The articles that the document of a feed shows."""
    return frozenset(connection.scalars(NAMES, {"path": path, "window": window}))


def earliest_late(connection: Connection, path: str, window: int) -> int | None:
    """The seq at which the first of those entered that a feed shows for no other reason; None where there are none."""
    found: int | None = connection.scalar(EARLIEST_LATE, {"path": path, "window": window})
    return found


def _configured(connection: Connection, paths: Iterable[str]) -> list[str]:
    return [row.path for row in asked(connection, _CONFIGURED, paths)]
