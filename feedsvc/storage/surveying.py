"""Reads the stored articles for those who classify them anew: many at a time, and no more of them than it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select
from sqlalchemy.sql.functions import aggregate_strings

from ..domain.applied import Look, Seen
from .articles import current_labels, no_labels, read_articles
from .changing import current_seq
from .database import THESE, asked
from .schema import articles, carriers, entries

_LIVE = articles.c.withdrawn_at.is_(None)
_PLACED = select(func.row_number().over(order_by=articles.c.id).label("place"), articles.c.id).subquery()
_BOUNDS = select(_PLACED.c.id).where(_PLACED.c.place % bindparam("every") == 0).order_by(_PLACED.c.id)
_FEEDS = (
    select(entries.c.article, aggregate_strings(entries.c.feed, " ").label("feeds"))
    .where(entries.c.article.in_(THESE), entries.c.left_seq.is_(None))
    .group_by(entries.c.article)
)


def bounds(connection: Connection, every: int) -> tuple[str, ...]:
    """Ids that cut all articles into runs of so many, in order."""
    return tuple(connection.scalars(_BOUNDS, {"every": every}))


def look(
    connection: Connection,
    after: str,
    limit: int,
    until: str | None,
    sources: frozenset[str] | None,
    labels: bool,
) -> Look:
    """Live articles behind an id and up to another one, in the order of ids."""
    terms = [articles.c.id > after, _LIVE]
    if until is not None:
        terms.append(articles.c.id <= until)
    if sources is not None:
        terms.append(_of(sources))
    rows = select(articles).where(*terms).order_by(articles.c.id).limit(limit)
    found = _seen(connection, rows, labels)
    last = found[-1].article.id if len(found) == limit else None
    return Look(current_seq(connection), found, last)


def look_at(connection: Connection, names: Collection[str]) -> Look:
    """These articles, where they are live."""
    rows = select(articles).where(articles.c.id.in_(sorted(names)), _LIVE)
    return Look(current_seq(connection), _seen(connection, rows, labels=True), None)


def _of(names: Iterable[str]) -> ColumnElement[bool]:
    ours = sorted(names)
    carried = select(carriers.c.article).where(carriers.c.source.in_(ours))
    return or_(articles.c.source.in_(ours), articles.c.id.in_(carried))


def _seen(connection: Connection, rows: Select[tuple[object, ...]], labels: bool) -> tuple[Seen, ...]:
    found = read_articles(connection, rows, labels=current_labels if labels else no_labels)
    feeds = _feeds_of(connection, [article.id for article in found])
    return tuple(Seen(article, feeds.get(article.id, frozenset())) for article in found)


def _feeds_of(connection: Connection, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
    return {row.article: frozenset(row.feeds.split(" ")) for row in asked(connection, _FEEDS, names)}
