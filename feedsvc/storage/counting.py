"""How much there is: numbers that are asked for every few seconds, so that none of them costs a join."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, case, func, select

from ..domain.passes import Outcome, Tally
from .schema import SourceState, articles, sources
from .statuses import heartbeat


def tally(connection: Connection, due_before: int) -> Tally:
    """The numbers of one moment."""
    rows = connection.execute(_SOURCES, {"before": due_before}).all()
    return Tally(
        sources={None if row.last_outcome is None else Outcome(row.last_outcome): row.number for row in rows},
        late=sum(row.late for row in rows),
        articles=connection.scalar(_LIVE) or 0,
        heartbeat=heartbeat(connection),
    )


_LATE = case((sources.c.next_poll < bindparam("before"), 1), else_=0)
_SOURCES = (
    select(sources.c.last_outcome, func.count().label("number"), func.sum(_LATE).label("late"))
    .where(sources.c.state == SourceState.CONFIGURED)
    .group_by(sources.c.last_outcome)
)
_LIVE = select(func.count()).select_from(articles).where(articles.c.withdrawn_at.is_(None))
