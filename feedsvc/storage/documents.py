"""Feeds as documents: what each shows now, and which of them a transaction moves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, Integer, bindparam, case, func, select, union_all, update

from ..domain.article import Article
from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from .articles import read_articles, shown_labels
from .database import THESE, asked, portions, storable
from .moments import moment, seconds
from .placing import Move
from .schema import articles, entries, feeds, ledger

_WINDOW = bindparam("window", type_=Integer, literal_execute=True)
"""Written into the statement: PostgreSQL keeps a plan where it knows how many rows there will be at most."""
_PRESENT = entries.c.feed == bindparam("path"), entries.c.left_seq.is_(None)
_ENTRY = entries.c.article, entries.c.published, entries.c.entered_seq
_NEWEST = (
    select(*_ENTRY)
    .where(*_PRESENT)
    .order_by(entries.c.published.desc(), entries.c.article.desc())
    .limit(_WINDOW)
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
    .limit(_WINDOW)
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
_EDGE = (
    select(entries.c.published)
    .where(entries.c.feed == feeds.c.path, entries.c.left_seq.is_(None))
    .order_by(entries.c.published.desc(), entries.c.article.desc())
    .limit(1)
    .offset(bindparam("edge"))
    .scalar_subquery()
)
_EDGES = select(feeds.c.path, _EDGE.label("published")).where(feeds.c.path.in_(THESE))
_FRESH = select(entries.c.feed, entries.c.article).where(
    entries.c.article.in_(THESE),
    entries.c.left_seq.is_(None),
    entries.c.entered_seq > select(ledger.c.fresh_seq).scalar_subquery(),
)
_CONFIGURED = select(feeds.c.path).where(feeds.c.configured, feeds.c.path.in_(THESE))
_NOW = bindparam("now", type_=feeds.c.changed_at.type)
_CHANGED = (
    update(feeds)
    .where(feeds.c.path.in_(THESE))
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
    return read_articles(connection, ARTICLES, {"path": storable(key.path), "window": limit}, shown_labels)


def moved_feeds(connection: Connection, moves: Iterable[Move], window: int) -> frozenset[str]:
    """The configured feeds whose documents these moves change; asked before anything is written.

    What enters a feed shows in it, whatever its date. What is only touched, or leaves, moves it where it shows: what
    leaves from below uncovers nothing.
    """
    entered, touching = set[str](), dict[str, dict[str, int]]()
    for move in moves:
        entered.update(move.entered)
        for path in move.touched:
            touching.setdefault(path, {})[move.article] = seconds(move.published)
    paths = _configured(connection, touching)
    others = {path: touching[path] for path in paths if path not in entered}
    shown = _showing(connection, others, window) if window else ()
    return frozenset((*entered.intersection(paths), *shown))


def mark_changed(connection: Connection, paths: Iterable[str], seq: int, now: int) -> None:
    """These documents changed at `seq`; the time of a change never goes back."""
    for portion in portions(paths):
        connection.execute(_CHANGED, {"these": json.dumps(portion), "seq": seq, "now": now})


def shown_in(connection: Connection, path: str, window: int) -> frozenset[str]:
    """The articles that the document of a feed shows."""
    return frozenset(connection.scalars(NAMES, {"path": path, "window": window}))


def earliest_late(connection: Connection, path: str, window: int) -> int | None:
    """The seq at which the first of those entered that a feed shows for no other reason; None where there are none."""
    found: int | None = connection.scalar(EARLIEST_LATE, {"path": path, "window": window})
    return found


def _showing(connection: Connection, holding: Mapping[str, Mapping[str, int]], window: int) -> Iterator[str]:
    """Of feeds that hold these articles, told by their seconds of publication, those whose documents show one.

    Where the last of the newest stands tells it of nearly all; to read all that a feed shows takes ten times as long.
    """
    names = {name for published in holding.values() for name in published}
    late = {(row.feed, row.article) for row in asked(connection, _FRESH, names)}
    edges = {row.path: row.published for row in asked(connection, _EDGES, holding, edge=window - 1)}
    for path, published in holding.items():
        edge, latest = edges[path], max(published.values())
        unsure = latest == edge or any((path, name) in late for name in published)
        if (
            edge is None
            or latest > edge
            or (unsure and not published.keys().isdisjoint(shown_in(connection, path, window)))
        ):
            yield path


def _configured(connection: Connection, paths: Iterable[str]) -> list[str]:
    return [row.path for row in asked(connection, _CONFIGURED, paths)]
