"""Who polls which source: leases with a token that grows, so that a holder that slept too long stores nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from ..domain.passes import Claim
from .cursors import cursor_of
from .database import THESE, asked, write
from .moments import moment, seconds
from .schema import DOUBTFUL, SourceState, sources

_FURTHEST_POLL = timedelta(days=2)
"""A poll planned further ahead than this was planned by a clock that was wrong."""

_FURTHEST_CLAIM = 10
"""A claim that has more leases than this to go was taken by a clock that was wrong."""


Claimable = list[Row[Any]]
"""Of sources: id, outlet, cursor, token, last success, failures and next poll."""


def due(connection: Connection, now: datetime, lease: timedelta, limit: int, doubtful: int) -> Claimable:
    """The sources that may be claimed, the longest due first, at most `limit`, of them at most so many `doubtful`.

    Sources of one outlet share articles, so only one of them is polled at a time.
    """
    times = _times(now, lease)
    found = list(connection.execute(_DUE_PROVEN, {**times, "limit": limit}))
    if doubtful:
        found += connection.execute(_DUE_DOUBTFUL, {**times, "limit": min(limit, doubtful)})
    return sorted(found, key=lambda row: (row.next_poll, row.id))[:limit]


def any_due(connection: Connection, now: datetime, lease: timedelta) -> bool:
    """Whether there may be a source to claim."""
    return connection.execute(_ANY_DUE, _times(now, lease)).first() is not None


def named(connection: Connection, now: datetime, lease: timedelta, limit: int, only: frozenset[str]) -> Claimable:
    """Those of these sources that may be claimed, due or not, as `due` tells them."""
    return list(islice(asked(connection, _NAMED, sorted(only), **_times(now, lease), limit=limit), limit))


def claim(connection: Connection, found: Claimable, holder: str, now: datetime, lease: timedelta) -> tuple[Claim, ...]:
    """Take what was found in this transaction, of each outlet one, each under a token of its own."""
    first_of_outlet: dict[str, Row[Any]] = {}
    for row in found:
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
    write(
        connection,
        _TAKEN,
        [{"source": one.source, "token": one.token, "holder": holder, "until": until} for one in claims],
    )
    return claims


def renew(connection: Connection, claims: Iterable[Claim], until: int) -> None:
    """Move the end of those claims that still hold."""
    held = [{"source": claim.source, "token": claim.token, "until": until} for claim in claims]
    write(connection, _RENEWED, held)


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


def _times(now: datetime, lease: timedelta) -> dict[str, int]:
    return {
        "now": seconds(now),
        "furthest_poll": seconds(now + _FURTHEST_POLL),
        "furthest_claim": seconds(now + _FURTHEST_CLAIM * lease),
    }


_NOW: BindParameter[int] = bindparam("now")
_FURTHEST: BindParameter[int] = bindparam("furthest_claim")
_CLAIMED = sources.c.claim_until
_FREE = or_(_CLAIMED.is_(None), _CLAIMED < _NOW, _CLAIMED > _FURTHEST)
_THERE = sources.c.state == SourceState.CONFIGURED


def _claimable(*wanted: ColumnElement[bool]) -> Select[Any]:
    c = sources.c
    # Not asked row by row: that would be quadratic. A source's own claim is none of these where it is `free`.
    alone = c.outlet.not_in(select(c.outlet).where(_CLAIMED.between(_NOW, _FURTHEST)))
    columns = select(c.id, c.outlet, c.cursor, c.claim_token, c.last_success, c.failures, c.next_poll)
    return (
        columns.where(_THERE, _FREE, alone, *wanted)
        .order_by(c.next_poll, c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
    )


_DUE = or_(sources.c.next_poll <= _NOW, sources.c.next_poll > bindparam("furthest_poll"))
_DOUBTFUL: ColumnElement[bool] = literal_column(DOUBTFUL)  # without a type, which would hide the index
_ANY_DUE = select(sources.c.id).where(_THERE, _FREE, _DUE).limit(1)
_DUE_PROVEN = _claimable(_DUE, not_(_DOUBTFUL))
_DUE_DOUBTFUL = _claimable(_DUE, _DOUBTFUL)
_NAMED = _claimable(sources.c.id.in_(THESE))
_TAKEN = (
    update(sources)
    .where(sources.c.id == bindparam("source"))
    .values(claim_token=bindparam("token"), claim_holder=bindparam("holder"), claim_until=bindparam("until"))
)
_HOLDING = update(sources).where(*holding())
_RENEWED = _HOLDING.values(claim_until=bindparam("until"))
_RELEASED = _HOLDING.values(claim_holder=None, claim_until=None, next_poll=bindparam("at"))
