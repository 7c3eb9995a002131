"""Sources as an operator sees them, and the scheduler's sign of life."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, union_all, update

from ..domain.passes import Outcome, SourceStatus
from ..domain.record import Rejection
from .database import Bytewise
from .moments import moment, moment_or_none
from .schema import SourceState, articles, carriers, heartbeats, passes, rejections, sources

_SCHEDULER = "scheduler"
_BEAT = update(heartbeats).where(heartbeats.c.process == _SCHEDULER).values(at=bindparam("now"))


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
    rejected = _last_rejections(connection)
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
        )
        for row in connection.execute(rows)
    )


def beat(connection: Connection, now: int) -> None:
    """Note that the scheduler is alive."""
    if connection.execute(_BEAT, {"now": now}).rowcount == 0:
        connection.execute(insert(heartbeats).values(process=_SCHEDULER, at=now))


def heartbeat(connection: Connection) -> datetime | None:
    """When the scheduler was last alive."""
    return moment_or_none(connection.scalar(select(heartbeats.c.at).where(heartbeats.c.process == _SCHEDULER)))


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
