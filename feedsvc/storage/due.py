"""What is due: the sources that may be claimed together, by indexes that hold only such as nobody has.

A tick a second over many sources must not look through all of them, nor through those that are under way. Three kinds
of rows are due, and of each there are proven and doubtful ones: free ones whose time has come, nearly all there ever
are; those that a process left behind, whose lease is over; and those claimed by a clock that was wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
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
    or_,
    select,
)

from .database import THESE, asked, texts_of
from .histories import COLUMNS
from .moments import seconds
from .schema import sources
from .terms import DOUBTFUL, FREE, PROVEN, THERE, SourceState

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


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows that are due, in one of the ways there are."""

    claimable: Select[Any]
    doubtful: bool


Kinds = tuple[_Kind, ...]


def kinds_due(connection: Connection, now: datetime, lease: timedelta) -> Kinds:
    """Of what kinds there are rows that may be due; none where nothing is."""
    found = connection.execute(_KINDS_DUE, _times(now, lease)).one()
    return tuple(kind for kind, there in zip(_KINDS, found) if there)


def due(
    connection: Connection, kinds: Kinds, now: datetime, lease: timedelta, limit: int, doubtful: int, a_host: int
) -> Claimable:
    """The sources that may be claimed together, the longest due first, at most `limit`, of them so many `doubtful`.

    Of a host, at most `a_host` are polled at a time.
    """
    times = _times(now, lease)
    together = _Chosen(limit, a_host)
    found: Claimable = []
    for risky, most in ((False, limit), (True, min(limit, doubtful))):
        chosen = _Chosen(most, a_host)
        alike = [kind for kind in kinds if kind.doubtful is risky]
        rows = [row for kind in alike for row in _chosen(connection, kind.claimable, times, most, a_host)]
        chosen.take(_in_order(rows) if len(alike) > 1 else rows)
        found += chosen.rows
    together.take(_in_order(found))
    return together.rows


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


def _in_order(rows: Claimable) -> Claimable:
    return sorted(rows, key=lambda row: (row.next_poll, row.id))


def _times(now: datetime, lease: timedelta) -> dict[str, int]:
    return {
        "now": seconds(now),
        "furthest_claim": seconds(now + _FURTHEST_CLAIM * lease),
    }


_NOW: BindParameter[int] = bindparam("now")
_FURTHEST: BindParameter[int] = bindparam("furthest_claim")
_CLAIMED, _PLANNED = sources.c.claim_until, sources.c.next_poll


def _said(term: str) -> ColumnElement[bool]:
    """A term of an index, in the words of the index, without which a database would not know it again."""
    return literal_column(term)


_OTHERS = sources.alias("others")
# Counted, so that they are looked for row by row, by index: of what is due longest, few are in the way of one another.
# Where it is asked whether any exists, PostgreSQL may look through all of them for every row.
_COUNTED = select(func.count()).select_from(_OTHERS).where(_OTHERS.c.claim_until.between(_NOW, _FURTHEST))
_OF_ITS_OUTLET = _COUNTED.where(_OTHERS.c.outlet == sources.c.outlet).scalar_subquery()
_AT_ITS_HOST = _COUNTED.where(_OTHERS.c.host == sources.c.host).scalar_subquery()


def _claimable(*wanted: ColumnElement[bool]) -> Select[Any]:
    c = sources.c
    columns = select(
        c.id, c.outlet, c.host, c.cursor, c.claim_token, c.last_success, c.failures, c.next_poll, *COLUMNS
    ).add_columns(_AT_ITS_HOST.label("under_way"))
    alone = (_OF_ITS_OUTLET == 0, or_(c.host.is_(None), bindparam("a_host", type_=Integer()) > _AT_ITS_HOST))
    ordered = columns.where(*alone, *wanted).order_by(c.next_poll, c.id).limit(bindparam("limit"))
    return ordered.with_for_update(of=sources, skip_locked=True)


def _elsewhere() -> Iterator[ColumnElement[bool]]:
    """Neither of an outlet nor of a host that was taken into account already."""
    yield sources.c.outlet.not_in(texts_of("outlets"))
    yield or_(sources.c.host.is_(None), sources.c.host.not_in(texts_of("busy")))


_COME = _PLANNED <= _NOW
_OVER, _ABSURD = _CLAIMED < _NOW, _CLAIMED > _FURTHEST
_WAYS = ((_PLANNED, _said(FREE), _COME), (_CLAIMED, _OVER, _COME), (_CLAIMED, _ABSURD, _COME))
_TERMS = [(sort, by, (_said(THERE), _said(sort), *way)) for by, *way in _WAYS for sort in (PROVEN, DOUBTFUL)]
_KINDS = tuple(_Kind(_claimable(*terms, *_elsewhere()), sort == DOUBTFUL) for sort, _, terms in _TERMS)
# The first of each by its index: whether any exists, PostgreSQL may look for without one, through all of them.
_FIRSTS = (select(sources.c.id).where(*terms).order_by(by).limit(1).scalar_subquery() for _, by, terms in _TERMS)
_KINDS_DUE = select(*(first.is_not(None) for first in _FIRSTS))
_NAMED = _claimable(
    sources.c.state == SourceState.CONFIGURED, or_(_CLAIMED.is_(None), _OVER, _ABSURD), sources.c.id.in_(THESE)
)
