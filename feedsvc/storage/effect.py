"""Everything that an apply staged takes effect at one seq: labels, feeds, sources and the configuration itself.

what changed meanwhile: staged again ─► sources, feeds ─► labels, entries, changes ─► documents that look different
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, bindparam, func, insert, literal, or_, select, tuple_, update

from ..domain.applied import Applying, Effect, Moved
from ..domain.article import Article
from ..domain.passes import ChangeKind, Placed
from ..domain.setup import Setup
from .applying import hold, put, stale
from .articles import read_articles
from .changing import current_seq, next_seq
from .configuring import configure, record_applied
from .database import THESE, asked, take_time
from .documents import mark_changed, shown_in
from .schema import articles, changes, entries, feeds, labels
from .stage import clear, staged, staged_ends, staged_entries, staged_labels

FEW = 500
"""Articles that are looked at once more while nothing else can be written."""

Place = Callable[[tuple[Article, ...]], Iterable[Placed]]
"""Gives articles the labels and feeds of the configuration that is to be applied."""


def take_effect(connection: Connection, one: Applying, setup: Setup, place: Place, now: int) -> Effect | None:
    """Let the staged be what is stored; None, and nothing is, while too many articles changed meanwhile.

    Raises ApplyLost.
    """
    take_time(connection)
    hold(connection, one)
    if not _caught_up(connection, one, place):
        return None
    found = configure(connection, setup, now)
    moved = _moved(connection)
    relabelled = connection.scalar(_DIFFERING) or 0
    seq = current_seq(connection)
    if relabelled or found.moved:
        seq = next_seq(connection)
        mark_changed(connection, sorted({*found.moved, *_written(connection, setup.window, seq, now)}), seq, now)
    record_applied(connection, setup, now)
    clear(connection)
    opened, closed = found.opened_and_closed
    return Effect(seq=seq, relabelled=relabelled, moved=moved, opened=opened, closed=closed)


def _caught_up(connection: Connection, one: Applying, place: Place) -> bool:
    """Whether what changed meanwhile is staged anew."""
    names = stale(connection, one, FEW + 1)
    if len(names) > FEW:
        return False
    if names:
        found = read_articles(
            connection, select(articles).where(articles.c.id.in_(names), articles.c.withdrawn_at.is_(None))
        )
        put(connection, place(found), current_seq(connection), again=names)
    return True


def _moved(connection: Connection) -> tuple[Moved, ...]:
    """What comes to each feed, and what leaves it."""
    counts: dict[str, list[int]] = {}
    for row in connection.execute(_MOVED):
        counts.setdefault(row.feed, [0, 0])[0 if row.enters else 1] += row.number
    return tuple(Moved(path, come, gone) for path, (come, gone) in sorted(counts.items()))


def _written(connection: Connection, window: int, seq: int, now: int) -> frozenset[str]:
    """Write what is staged; gives the feeds whose documents it moves."""
    moved = {*connection.scalars(_ENTERING), *_touched(connection, window)}
    at = {"seq": seq, "now": now}
    for statement in (_ENDED, _BEGUN, _LEFT, _ENTERED, _CHANGED):
        connection.execute(statement, at)
    return frozenset(moved)


def _touched(connection: Connection, window: int) -> Iterable[str]:
    """The feeds that nothing enters, and that show what is to leave them or to look different."""
    for path in connection.scalars(_TOUCHED).all():
        shown = shown_in(connection, path, window)
        if next(asked(connection, _MOVING, shown, path=path), None) is not None:
            yield path


_AT = bindparam("seq", type_=labels.c.from_seq.type)
_DIFFERING = select(func.count()).select_from(staged).where(staged.c.differs)
_MOVED = select(staged_entries.c.feed, staged_entries.c.enters, func.count().label("number")).group_by(
    staged_entries.c.feed, staged_entries.c.enters
)
_STAYING = (
    select(entries.c.feed)
    .join_from(entries, staged, staged.c.article == entries.c.article)
    .where(staged.c.shows, entries.c.left_seq.is_(None))
)
_ENTERING = select(feeds.c.path).where(
    feeds.c.configured, feeds.c.path.in_(select(staged_entries.c.feed).where(staged_entries.c.enters))
)
_TOUCHED = select(feeds.c.path).where(
    feeds.c.configured,
    feeds.c.path.in_(select(staged_entries.c.feed).union(_STAYING)),
    feeds.c.path.not_in(_ENTERING),
)
_LEAVING_IT = select(staged_entries.c.article).where(
    staged_entries.c.feed == bindparam("path"), ~staged_entries.c.enters
)
_MOVING = (
    select(staged.c.article)
    .where(staged.c.article.in_(THESE), or_(staged.c.shows, staged.c.article.in_(_LEAVING_IT)))
    .limit(1)
)
_NEW = [column for column in staged_labels.c if column.name != "id"]
_ENDED = update(labels).where(labels.c.id.in_(select(staged_ends.c.label))).values(to_seq=_AT)
_BEGUN = insert(labels).from_select(
    [*(column.name for column in _NEW), "from_seq"], select(*_NEW, _AT).order_by(staged_labels.c.id)
)
_LEAVING = select(staged_entries.c.feed, staged_entries.c.article).where(~staged_entries.c.enters)
_LEFT = (
    update(entries)
    .where(entries.c.left_seq.is_(None), tuple_(entries.c.feed, entries.c.article).in_(_LEAVING))
    .values(left_seq=_AT)
)
_ENTERED = insert(entries).from_select(
    ["feed", "article", "published", "entered_seq"],
    select(staged_entries.c.feed, staged_entries.c.article, staged_entries.c.published, _AT)
    .where(staged_entries.c.enters)
    .order_by(staged_entries.c.feed, staged_entries.c.published, staged_entries.c.article),
)
_CHANGED = insert(changes).from_select(
    ["seq", "article", "at", "kind"],
    select(
        _AT, staged.c.article, bindparam("now", type_=changes.c.at.type), literal(ChangeKind.RELABELLED.value)
    ).where(staged.c.differs),
)
