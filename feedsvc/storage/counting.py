"""How much there is: asked for every few seconds, so that no number costs a join, or a look at all articles."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, bindparam, case, func, select

from ..domain.passes import Outcome
from ..domain.rhythm import VerdictKind
from ..domain.status import Tally
from .heartbeats import heartbeat
from .schema import ledger, sources
from .terms import SourceState


def tally(connection: Connection, due_before: int) -> Tally:
    """The numbers of one moment."""
    rows = connection.execute(_SOURCES, {"before": due_before}).all()
    outcomes, verdicts = Counter[Outcome | None](), Counter[VerdictKind]()
    for row in rows:
        outcomes[None if row.last_outcome is None else Outcome(row.last_outcome)] += row.number
        verdicts[VerdictKind(row.verdict)] += row.number
    beat = heartbeat(connection)
    return Tally(
        sources=outcomes,
        verdicts=verdicts,
        late=sum(row.late for row in rows),
        articles=connection.scalar(_LIVE) or 0,
        heartbeat=None if beat is None else beat.at,
    )


_LATE = case((sources.c.next_poll < bindparam("before"), 1), else_=0)
_SOURCES = (
    select(sources.c.last_outcome, sources.c.verdict, func.count().label("number"), func.sum(_LATE).label("late"))
    .where(sources.c.state == SourceState.CONFIGURED)
    .group_by(sources.c.last_outcome, sources.c.verdict)
)
_LIVE = select(ledger.c.live)
