"""Who polls which source: leases with a token that grows, so that a holder that slept too long stores nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, or_, select, update

from ..domain.passes import Claim
from .cursors import cursor_of
from .database import write
from .moments import moment, seconds
from .schema import SourceState, sources

_FURTHEST_POLL = timedelta(days=2)
"""A poll planned further ahead than this was planned by a clock that was wrong."""

_FURTHEST_CLAIM = 10
"""A claim that has more leases than this to go was taken by a clock that was wrong."""


Claimable = Select[tuple[str, str, str, int, int | None, int]]


def claimable(now: datetime, lease: timedelta, limit: int, only: frozenset[str] | None) -> Claimable:
    """The sources that may be claimed: id, outlet, cursor, token and last success, the longest due first.

    Sources of one outlet share articles, so only one of them is polled at a time.
    """
    c = sources.c
    at = seconds(now)
    due: ColumnElement[bool] = or_(c.next_poll <= at, c.next_poll > seconds(now + _FURTHEST_POLL))
    free = or_(
        c.claim_until.is_(None),
        c.claim_until < at,
        c.claim_until > seconds(now + _FURTHEST_CLAIM * lease),
    )
    wanted = due if only is None else c.id.in_(sorted(only))
    # Not asked row by row: that would be quadratic. A source's own claim is none of these where it is `free`.
    busy = select(c.outlet).where(c.claim_until.between(at, seconds(now + _FURTHEST_CLAIM * lease)))
    alone = c.outlet.not_in(busy)
    ours = select(c.id, c.outlet, c.cursor, c.claim_token, c.last_success, c.failures)
    ours = ours.where(c.state == SourceState.CONFIGURED, free, wanted, alone)
    return ours.order_by(c.next_poll, c.id).limit(limit)


def claim(connection: Connection, found: Claimable, holder: str, now: datetime, lease: timedelta) -> tuple[Claim, ...]:
    """Take what is found, of each outlet one, each under a token of its own."""
    first_of_outlet: dict[str, Row[tuple[str, str, str, int, int | None, int]]] = {}
    for row in connection.execute(found):
        first_of_outlet.setdefault(row.outlet, row)
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
        )
        for row in first_of_outlet.values()
    )
    taking = (
        update(sources)
        .where(sources.c.id == bindparam("source"))
        .values(claim_token=bindparam("token"), claim_holder=holder, claim_until=until)
    )
    write(connection, taking, [{"source": one.source, "token": one.token} for one in claims])
    return claims


def renew(connection: Connection, claims: Iterable[Claim], until: int) -> None:
    """Move the end of those claims that still hold."""
    statement = update(sources).where(*holding()).values(claim_until=until)
    write(connection, statement, [{"source": claim.source, "token": claim.token} for claim in claims])


def release(connection: Connection, claim: Claim, next_poll: int) -> None:
    """Give the claim back, if it still holds."""
    statement = update(sources).where(*holding())
    statement = statement.values(claim_holder=None, claim_until=None, next_poll=next_poll)
    connection.execute(statement, {"source": claim.source, "token": claim.token})


def holding() -> tuple[ColumnElement[bool], ...]:
    """That a claim, by `source` and `token`, is the newest of its source and was not given back; time ends none."""
    return (
        sources.c.id == bindparam("source"),
        sources.c.claim_token == bindparam("token"),
        sources.c.claim_until.is_not(None),
    )
