"""Sources as an operator sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, select, union_all

from ..domain.passes import Outcome
from ..domain.record import Rejection
from ..domain.status import Counts, SourceStatus
from .database import Bytewise
from .histories import history_of
from .moments import moment, moment_or_none
from .schema import articles, carriers, passes, rejections, sources
from .terms import SourceState


def statuses(connection: Connection) -> tuple[SourceStatus, ...]:
    """Every configured source, by id."""
    there = articles.c.withdrawn_at.is_(None)
    own = select(articles.c.source, articles.c.published).where(there)
    shared = select(carriers.c.source, articles.c.published).join_from(carriers, articles).where(there)
    brought = union_all(own, shared).subquery()
    live = (
        select(brought.c.source, func.count().label("number"), func.max(brought.c.published).label("newest"))
        .group_by(brought.c.source)
        .subquery()
    )
    rows = (
        select(sources, live.c.number, live.c.newest)
        .outerjoin_from(sources, live, sources.c.id == live.c.source)
        .where(sources.c.state == SourceState.CONFIGURED)
        .order_by(Bytewise(sources.c.id))
    )
    rejected, counted = _last_rejections(connection), _last_counts(connection)
    return tuple(
        SourceStatus(
            source=row.id,
            last_success=moment_or_none(row.last_success),
            last_pass=moment_or_none(row.last_pass),
            last_outcome=None if row.last_outcome is None else Outcome(row.last_outcome),
            last_message=row.last_message,
            newest_item=moment_or_none(row.newest),
            next_poll=moment(row.next_poll),
            articles=row.number or 0,
            rejections=tuple(rejected.get(row.id, ())),
            failures=row.failures,
            history=history_of(row),
            counts=counted.get(row.id),
        )
        for row in connection.execute(rows)
    )


def _last_counts(connection: Connection) -> Mapping[str, Counts]:
    last = select(func.max(passes.c.id)).group_by(passes.c.source)
    return {
        row.source: Counts(
            seen=row.seen, new=row.new, corrected=row.corrected, withdrawn=row.withdrawn, rejected=row.rejected
        )
        for row in connection.execute(select(passes).where(passes.c.id.in_(last)))
    }


def _last_rejections(connection: Connection) -> Mapping[str, list[Rejection]]:
    last = select(func.max(passes.c.id)).group_by(passes.c.source)
    rows = (
        select(passes.c.source, rejections.c.key, rejections.c.reason)
        .join_from(rejections, passes)
        .where(rejections.c.pass_id.in_(last))
        .order_by(rejections.c.pass_id, rejections.c.position)
    )
    found: dict[str, list[Rejection]] = defaultdict(list)
    for row in connection.execute(rows):
        found[row.source].append(Rejection(row.key, row.reason))
    return found
