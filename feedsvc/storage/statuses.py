"""Sources as an operator sees them: every question is answered by an index, since there may be 10,000 of them.

An article that is withdrawn has no carriers (see `passes`), so that nobody has to look it up to count these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, literal, select

from ..domain.passes import Outcome
from ..domain.record import Rejection
from ..domain.status import Counts, SourceStatus
from .database import Bytewise, portions
from .histories import SEEN_COLUMNS, seen_history_of
from .moments import moment, moment_or_none
from .schema import articles, carriers, entries, passes, rejections, sources
from .terms import SourceState

_Brought = tuple[int, int | None]
"""The live articles of a source: how many, and when the newest was published."""

_NOTHING: _Brought = (0, None)


def statuses(connection: Connection) -> tuple[SourceStatus, ...]:
    """Every configured source, by id."""
    brought, rows = _brought(connection), connection.execute(_SOURCES).all()
    reasons = _reasons(connection, (row.pass_id for row in rows if row.rejected))
    return tuple(_status(row, brought.get(row.id, _NOTHING), reasons.get(row.pass_id, ())) for row in rows)


def _status(row: Row[Any], brought: _Brought, reasons: Iterable[Rejection]) -> SourceStatus:
    number, newest = brought
    return SourceStatus(
        source=row.id,
        last_success=moment_or_none(row.last_success),
        last_pass=moment_or_none(row.last_pass),
        last_outcome=None if row.last_outcome is None else Outcome(row.last_outcome),
        last_message=row.last_message,
        newest_item=moment_or_none(newest),
        next_poll=moment(row.next_poll),
        articles=number,
        rejections=tuple(reasons),
        failures=row.failures,
        history=seen_history_of(row),
        counts=None if row.pass_id is None else _counts(row),
    )


def _counts(row: Row[Any]) -> Counts:
    return Counts(seen=row.seen, new=row.new, corrected=row.corrected, withdrawn=row.withdrawn, rejected=row.rejected)


def _brought(connection: Connection) -> Mapping[str, _Brought]:
    """What each source brings, the articles with the words of another source of its outlet among them."""
    found: dict[str, _Brought] = {source: (number, newest) for source, number, newest in connection.execute(_OWN)}
    for source, number, newest in connection.execute(_SHARED):
        own, its_newest = found.get(source, _NOTHING)
        found[source] = own + number, max((at for at in (its_newest, newest) if at is not None), default=None)
    return found


def _reasons(connection: Connection, ids: Iterable[int]) -> Mapping[int, list[Rejection]]:
    """The reasons of passes that rejected something."""
    found: dict[int, list[Rejection]] = defaultdict(list)
    for portion in portions(ids):
        for row in connection.execute(_REASONS, {"passes": portion}):
            found[row.pass_id].append(Rejection(row.key, row.reason))
    return found


_ITS_PASSES = passes.alias("its_passes")
_LAST_PASS = select(func.max(_ITS_PASSES.c.id)).where(_ITS_PASSES.c.source == sources.c.id).scalar_subquery()
_SOURCES: Select[Any] = (
    select(
        sources.c.id,
        sources.c.last_success,
        sources.c.last_pass,
        sources.c.last_outcome,
        sources.c.last_message,
        sources.c.next_poll,
        sources.c.failures,
        *SEEN_COLUMNS,
        passes.c.id.label("pass_id"),
        passes.c.seen,
        passes.c.new,
        passes.c.corrected,
        passes.c.withdrawn,
        passes.c.rejected,
    )
    .outerjoin_from(sources, passes, passes.c.id == _LAST_PASS)
    .where(sources.c.state == SourceState.CONFIGURED)
    .order_by(Bytewise(sources.c.id))
)
_OWN = (
    select(articles.c.source, func.count(), func.max(articles.c.published))
    .where(articles.c.withdrawn_at.is_(None))
    .group_by(articles.c.source)
)
_CARRIED = select(carriers.c.source, func.count().label("number")).group_by(carriers.c.source).subquery()
# The newest of them stands in the feed of their source, which has an index by date.
_NEWEST_SHOWN = (
    select(entries.c.published)
    .where(entries.c.feed == literal("sources/") + _CARRIED.c.source, entries.c.left_seq.is_(None))
    .order_by(entries.c.published.desc())
    .limit(1)
    .scalar_subquery()
)
_SHARED = select(_CARRIED.c.source, _CARRIED.c.number, _NEWEST_SHOWN)
_REASONS = (
    select(rejections)
    .where(rejections.c.pass_id.in_(bindparam("passes", expanding=True)))
    .order_by(rejections.c.pass_id, rejections.c.position)
)
