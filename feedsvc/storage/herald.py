"""Changes of verdicts as rows: the newest of them, and what is still to be told of them, and by whom.

A change that is being told is held like a claim: its next attempt is the end of the lease. So a process that dies while
it tells leaves the change to be told again, and two processes never tell changes of one source at once.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, or_, select, update

from ..domain.rhythm import Verdict, VerdictKind
from ..domain.status import Telling, VerdictChange
from .moments import moment, moment_or_none
from .schema import verdicts

NEWS_FOR = int(timedelta(days=1).total_seconds())
"""After which a change is told no more."""
_FURTHEST = int(timedelta(hours=2).total_seconds())
"""No attempt is planned further ahead, unless by a clock that was wrong."""


def verdict_changes(connection: Connection, limit: int) -> tuple[VerdictChange, ...]:
    """The newest changes, newest first."""
    return tuple(map(_change, connection.execute(_NEWEST, {"limit": limit})))


def next_telling(connection: Connection, now: int, until: int) -> Telling | None:
    """The change to be told now, held until then."""
    row = connection.execute(_NEXT, _when(now)).one_or_none()
    if row is None:
        return None
    connection.execute(_HELD, {"number": row.id, "until": until})
    return Telling(_change(row), row.attempts + 1)


def any_telling(connection: Connection, now: int) -> bool:
    """Whether there is one."""
    return connection.execute(_NEXT, _when(now)).first() is not None


def told(connection: Connection, change: int, now: int) -> None:
    """Note that a change has been told."""
    connection.execute(_TOLD, {"number": change, "now": now})


def tell_again(connection: Connection, change: int, at: int) -> None:
    """Note when a change is to be told."""
    connection.execute(_AGAIN, {"number": change, "next": at})


def _when(now: int) -> dict[str, int]:
    return {"now": now, "furthest": now + _FURTHEST, "news_since": now - NEWS_FOR}


def _change(row: Row[Any]) -> VerdictChange:
    return VerdictChange(
        number=row.id,
        source=row.source,
        at=moment(row.at),
        verdict=Verdict(VerdictKind(row.kind), moment_or_none(row.since), row.why),
        before=VerdictKind(row.before),
    )


_NEWEST = select(verdicts).order_by(verdicts.c.at.desc(), verdicts.c.id.desc()).limit(bindparam("limit"))
_BAD = tuple(kind for kind in VerdictKind if kind.bad)
_EARLIER = verdicts.alias("earlier")


def _news(table: Any) -> Any:
    """What is to be told and was not, of a table of verdicts."""
    bad = or_(table.c.kind.in_(_BAD), table.c.before.in_(_BAD))
    return and_(table.c.at > bindparam("news_since"), table.c.told_at.is_(None), bad)


_NEXT = (
    select(verdicts)
    .where(
        _news(verdicts),
        or_(verdicts.c.next_attempt <= bindparam("now"), verdicts.c.next_attempt > bindparam("furthest")),
        ~exists().where(_EARLIER.c.source == verdicts.c.source, _EARLIER.c.id < verdicts.c.id, _news(_EARLIER)),
    )
    .order_by(verdicts.c.next_attempt, verdicts.c.id)
    .limit(1)
)
_OF = update(verdicts).where(verdicts.c.id == bindparam("number"))
_HELD = _OF.values(next_attempt=bindparam("until"), attempts=verdicts.c.attempts + 1)
_TOLD = _OF.values(told_at=bindparam("now"))
_AGAIN = _OF.where(verdicts.c.told_at.is_(None)).values(next_attempt=bindparam("next"))
