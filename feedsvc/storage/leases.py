"""Who polls which source: leases with a token that grows, so that a holder that slept too long stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, update

from ..domain.passes import Claim
from .cursors import cursor_of
from .database import THESE, write
from .due import Claimable
from .histories import history_of
from .moments import moment, moment_or_none, seconds
from .schema import sources


def claim(connection: Connection, found: Claimable, holder: str, now: datetime, lease: timedelta) -> tuple[Claim, ...]:
    """Take what was found in this transaction, each under a token of its own."""
    until = seconds(now + lease)
    claims = tuple(
        Claim(
            source=row.id,
            holder=holder,
            token=row.claim_token + 1,
            until=moment(until),
            cursor=cursor_of(row.cursor),
            first=row.last_success is None,
            failures=row.failures,
            succeeded=moment_or_none(row.last_success),
            history=history_of(row),
        )
        for row in found
    )
    if claims:
        these = json.dumps([one.source for one in claims])
        connection.execute(_TAKEN, {"these": these, "holder": holder, "until": until})
    return claims


def renew(connection: Connection, claims: Iterable[Claim], until: int) -> None:
    """Move the end of those claims that still hold."""
    held = [{"source": claim.source, "token": claim.token, "until": until} for claim in claims]
    write(connection, _RENEWED, held)


def give_back(connection: Connection, claims: Iterable[Claim]) -> None:
    """Give claims back that still hold, their sources due as they were."""
    write(connection, _GIVEN_BACK, [{"source": claim.source, "token": claim.token} for claim in claims])


def release(connection: Connection, claim: Claim, next_poll: int) -> None:
    """Give the claim back, if it still holds."""
    connection.execute(_RELEASED, {"source": claim.source, "token": claim.token, "at": next_poll})


def holding() -> tuple[ColumnElement[bool], ...]:
    """That a claim, by `source` and `token`, is the newest of its source and was not given back; time ends none."""
    return (
        sources.c.id == bindparam("source"),
        sources.c.claim_token == bindparam("token"),
        sources.c.claim_until.is_not(None),
    )


_TAKEN = (
    update(sources)
    .where(sources.c.id.in_(THESE))
    .values(claim_token=sources.c.claim_token + 1, claim_holder=bindparam("holder"), claim_until=bindparam("until"))
)
_HOLDING = update(sources).where(*holding())
_RENEWED = _HOLDING.values(claim_until=bindparam("until"))
_GIVEN_BACK = _HOLDING.values(claim_holder=None, claim_until=None)
_RELEASED = _HOLDING.values(claim_holder=None, claim_until=None, next_poll=bindparam("at"))
