"""The scheduler's sign of life, and what its clock says against the last one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from ..domain.history import Beat
from .moments import moment, moment_or_none, seconds
from .schema import heartbeats, sources

_SCHEDULER = "scheduler"
_BACK = int(timedelta(minutes=10).total_seconds())
"""By which a clock must have been set back for it to matter: the clocks of two machines differ by less."""
_FURTHEST = int(timedelta(days=40).total_seconds())
"""No poll is planned further ahead: an interval is a month at most, and a week may be left out."""

_LAST = select(heartbeats).where(heartbeats.c.process == _SCHEDULER)
_BEAT = (
    update(heartbeats)
    .where(heartbeats.c.process == _SCHEDULER)
    .values(at=bindparam("now"), trouble=bindparam("its_trouble"), believed=bindparam("its_belief"))
)
_REPLANNED = (
    update(sources)
    .where(or_(sources.c.last_pass > bindparam("ahead"), sources.c.next_poll > bindparam("furthest")))
    .values(next_poll=bindparam("now"))
)


def beat(connection: Connection, now: int, trouble: str, doubted: bool) -> Beat | None:
    """Note that the scheduler is alive; gives the sign of life before this one.

    What a clock that has been set back since then planned for its own time is due now. The time of a clock that is
    doubted is told beside the last one that was not.
    """
    before = heartbeat(connection)
    if before is None:
        belief = 0 if doubted else None
        connection.execute(insert(heartbeats).values(process=_SCHEDULER, at=now, trouble=trouble, believed=belief))
        return None
    if before.at > moment(now + _BACK):
        connection.execute(_REPLANNED, {"ahead": now + _BACK, "furthest": now + _FURTHEST, "now": now})
    belief = seconds(before.sure) if doubted else None
    connection.execute(_BEAT, {"now": now, "its_trouble": trouble, "its_belief": belief})
    return before


def heartbeat(connection: Connection) -> Beat | None:
    """When the scheduler was last alive, and what kept it from its work."""
    row = connection.execute(_LAST).one_or_none()
    return None if row is None else Beat(moment(row.at), row.trouble, moment_or_none(row.believed))
