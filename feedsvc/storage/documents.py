"""Feeds as documents: what each shows now, and which of them a transaction moves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, case, func, select, union_all, update

from ..domain.article import Article
from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from .articles import read_articles
from .database import THESE, asked, storable, write
from .moments import moment
from .placing import Move
from .schema import articles, entries, feeds, ledger

_PRESENT = entries.c.feed == bindparam("path"), entries.c.left_seq.is_(None)
_ENTRY = entries.c.article, entries.c.published, entries.c.entered_seq
_NEWEST = (
    select(*_ENTRY)
    .where(*_PRESENT)
    .order_by(entries.c.published.desc(), entries.c.article.desc())
    .limit(bindparam("window"))
    .cte("newest")
)
_LATE = (
    select(*_ENTRY)
    .where(
        *_PRESENT,
        entries.c.entered_seq > select(ledger.c.fresh_seq).scalar_subquery(),
        entries.c.article.not_in(select(_NEWEST.c.article)),
    )
    .order_by(entries.c.entered_seq.desc(), entries.c.published.desc(), entries.c.article.desc())
    .limit(bindparam("window"))
    .cte("late")
)
SHOWN = union_all(select(_NEWEST), select(_LATE)).subquery("shown")
NAMES = select(SHOWN.c.article)
ARTICLES = (
    select(articles)
    .join_from(SHOWN, articles, articles.c.id == SHOWN.c.article)
    .order_by(SHOWN.c.published.desc(), SHOWN.c.article.desc())
)
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


def newest(connection: Connection, key: FeedKey, limit: int) -> tuple[Article, ...]:
    """The newest articles that a feed holds now, and of those that entered it of late as many more, the last ones."""
    return read_articles(connection, ARTICLES.params(path=storable(key.path), window=limit))


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
