"""Who polls which source: leases with a token that grows, so that a holder that slept too long stores nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    bindparam,
    func,
    literal_column,
    not_,
    or_,
    select,
    update,
)

from ..domain.passes import Claim
from .cursors import cursor_of
from .database import THESE, asked, texts_of, write
from .histories import COLUMNS, history_of
from .moments import moment, moment_or_none, seconds
from .schema import sources
from .terms import DOUBTFUL, SourceState

_FURTHEST_POLL = timedelta(days=2)
"""A poll planned further ahead than this was planned by a clock that was wrong."""

_FURTHEST_CLAIM = 10
"""A claim that has more leases than this to go was taken by a clock that was wrong."""

_LOOKS = 12
"""At most so often more is looked for, where what is due longest may not be polled together; the rest has to wait."""

Claimable = list[Row[Any]]
"""Rows of sources, with all that a claim tells of them."""


@dataclass(slots=True)
class _Chosen:
    """What a claim may take together: of every outlet one source, since they share articles, and of a host a few."""

    limit: int
    a_host: int
    rows: Claimable = field(default_factory=list)
    outlets: set[str] = field(default_factory=set)
    hosts: dict[str, int] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        return len(self.rows) >= self.limit

    @property
    def busy(self) -> list[str]:
        """The hosts of which no more may be taken."""
        return [host for host, taken in self.hosts.items() if taken >= self.a_host]

    def take(self, found: Claimable) -> None:
        for row in found:
            at_host = self.hosts.get(row.host, row.under_way) if row.host is not None else -1
            if self.full or row.outlet in self.outlets or at_host >= self.a_host:
                continue
            self.rows.append(row)
            self.outlets.add(row.outlet)
            if row.host is not None:
                self.hosts[row.host] = at_host + 1


def due(connection: Connection, now: datetime, lease: timedelta, limit: int, doubtful: int, a_host: int) -> Claimable:
    """The sources that may be claimed together, the longest due first, at most `limit`, of them so many `doubtful`.

    Of a host, at most `a_host` are polled at a time.
    """
    times = _times(now, lease)
    proven = _chosen(connection, _DUE_PROVEN, times, limit, a_host)
    risky = _chosen(connection, _DUE_DOUBTFUL, times, min(limit, doubtful), a_host)
    together = _Chosen(limit, a_host)
    together.take(sorted([*proven, *risky], key=lambda row: (row.next_poll, row.id)))
    return together.rows


def any_due(connection: Connection, now: datetime, lease: timedelta) -> bool:
    """Whether there may be a source to claim."""
    return connection.execute(_ANY_DUE, _times(now, lease)).first() is not None


def named(connection: Connection, now: datetime, lease: timedelta, limit: int, only: frozenset[str]) -> Claimable:
    """Those of these sources that may be claimed, due or not; of every outlet one."""
    chosen = _Chosen(limit, len(only) + 1)
    chosen.take(list(asked(connection, _NAMED, sorted(only), **_times(now, lease), limit=len(only), a_host=2**31 - 1)))
    return chosen.rows


def _chosen(
    connection: Connection, statement: Select[Any], times: dict[str, int], limit: int, a_host: int
) -> Claimable:
    chosen = _Chosen(limit, a_host)
    for _ in range(_LOOKS):
        if chosen.full:
            break
        without = {"outlets": json.dumps(sorted(chosen.outlets)), "busy": json.dumps(sorted(chosen.busy))}
        found = list(connection.execute(statement, {**times, **without, "limit": limit, "a_host": a_host}))
        chosen.take(found)
        if len(found) < limit:
            break
    return chosen.rows


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


_OTHERS = sources.alias("others")
_UNDER_WAY = _OTHERS.c.claim_until.between(_NOW, _FURTHEST)
_OF_ITS_OUTLET = select(_OTHERS.c.id).where(_OTHERS.c.outlet == sources.c.outlet, _UNDER_WAY).exists()
_AT_ITS_HOST = (
    select(func.count()).select_from(_OTHERS).where(_OTHERS.c.host == sources.c.host, _UNDER_WAY).scalar_subquery()
)


def _claimable(*wanted: ColumnElement[bool]) -> Select[Any]:
    c = sources.c
    columns = select(
        c.id, c.outlet, c.host, c.cursor, c.claim_token, c.last_success, c.failures, c.next_poll, *COLUMNS
    ).add_columns(_AT_ITS_HOST.label("under_way"))
    # Asked row by row, by index: of what is due longest, few are in the way of one another.
    alone = (not_(_OF_ITS_OUTLET), or_(c.host.is_(None), bindparam("a_host", type_=Integer()) > _AT_ITS_HOST))
    ordered = columns.where(_THERE, _FREE, *alone, *wanted).order_by(c.next_poll, c.id).limit(bindparam("limit"))
    return ordered.with_for_update(of=sources, skip_locked=True)


def _elsewhere() -> Iterator[ColumnElement[bool]]:
    """Neither of an outlet nor of a host that was taken into account already."""
    yield sources.c.outlet.not_in(texts_of("outlets"))
    yield or_(sources.c.host.is_(None), sources.c.host.not_in(texts_of("busy")))


_DUE = or_(sources.c.next_poll <= _NOW, sources.c.next_poll > bindparam("furthest_poll"))
_DOUBTFUL: ColumnElement[bool] = literal_column(DOUBTFUL)  # without a type, which would hide the index
_ANY_DUE = select(sources.c.id).where(_THERE, _FREE, _DUE).limit(1)
_DUE_PROVEN = _claimable(_DUE, not_(_DOUBTFUL), *_elsewhere())
_DUE_DOUBTFUL = _claimable(_DUE, _DOUBTFUL, *_elsewhere())
_NAMED = _claimable(sources.c.id.in_(THESE))
_TAKEN = (
    update(sources)
    .where(sources.c.id == bindparam("source"))
    .values(claim_token=bindparam("token"), claim_holder=bindparam("holder"), claim_until=bindparam("until"))
)
_HOLDING = update(sources).where(*holding())
_RENEWED = _HOLDING.values(claim_until=bindparam("until"))
_RELEASED = _HOLDING.values(claim_holder=None, claim_until=None, next_poll=bindparam("at"))
