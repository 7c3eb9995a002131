"""Lets go of what documents show for having entered of late alone, once it has been there for long enough.

changes ─► up to which seq ─► the feeds that show such of it ─► that seq, and those documents changed
└─ while others write: what entered up to a seq grows no more ┘   └─ one short transaction ─────────┘
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, select, update

from ..domain.passes import Changes
from .changing import current_seq, keys_of, next_seq
from .database import THESE, asked
from .documents import earliest_late, mark_changed
from .schema import changes, entries, feeds, ledger

STEP = 500
"""Changes that are looked at for one transaction, which takes some hundredths of a second."""
_AHEAD = 600
"""Seconds; what is dated further ahead was written by a clock that was wrong, and waits for what came after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What entered up to the seq `until` is late no more: of the feeds that hold such, the documents of `moved` change.

    That is as of `seq`, and for as long as the ledger says what it said `then`.
    """

    until: int
    feeds: tuple[str, ...]
    moved: frozenset[str]
    seq: int
    then: tuple[Any, ...]


def due(connection: Connection, before: int, now: int) -> Due | None:
    """What entered before a second and is shown as late, or might be; None for nothing."""
    row = connection.execute(_LEDGER).one()
    found = connection.execute(_COMING, {"fresh": row.fresh_seq, "latest": now + _AHEAD, "step": STEP}).all()
    until = _boundary(found, before)
    if until is None:
        return None
    holding = tuple(connection.scalars(_HOLDING, {"fresh": row.fresh_seq, "until": until}))
    moved = _showing(connection, holding, until, row.window_size or 0)
    return Due(until=until, feeds=holding, moved=moved, seq=current_seq(connection), then=tuple(row))


def release(connection: Connection, found: Due, now: int) -> Changes | None:
    """Let it go; None, and nothing is written, where another one did or another configuration took effect meanwhile."""
    row = connection.execute(_LEDGER).one()
    if tuple(row) != found.then:
        return None
    since = frozenset(one.path for one in asked(connection, _SINCE, found.feeds, seq=found.seq))
    moved = (found.moved - since) | _showing(connection, since, found.until, row.window_size or 0)
    connection.execute(_ADVANCED, {"until": found.until})
    if not moved:
        return Changes(seq=current_seq(connection))
    seq = next_seq(connection)
    mark_changed(connection, sorted(moved), seq, now)
    return Changes(seq=seq, feeds=keys_of(moved))


def _boundary(rows: Iterable[Row[int, int]], before: int) -> int | None:
    """The last seq that is older, as is all before it. One row of a seq will do, since all of them bear one time."""
    until = None
    for row in takewhile(lambda row: row.at < before, rows):
        until = row.seq
    return until


def _showing(connection: Connection, paths: Iterable[str], until: int, window: int) -> frozenset[str]:
    earliest = ((path, earliest_late(connection, path, window)) for path in paths)
    return frozenset(path for path, seq in earliest if seq is not None and seq <= until)


_LEDGER = select(ledger.c.fresh_seq, ledger.c.window_size, ledger.c.presentation)
_COMING = (
    select(changes.c.seq, changes.c.at)
    .where(changes.c.seq > bindparam("fresh"), changes.c.at <= bindparam("latest"))
    .order_by(changes.c.seq)
    .limit(bindparam("step"))
)
_HOLDING = select(feeds.c.path).where(
    feeds.c.configured,
    exists().where(
        entries.c.feed == feeds.c.path,
        entries.c.entered_seq > bindparam("fresh"),
        entries.c.entered_seq <= bindparam("until"),
        entries.c.left_seq.is_(None),
    ),
)
_SINCE = select(feeds.c.path).where(feeds.c.path.in_(THESE), feeds.c.changed_seq > bindparam("seq"))
_ADVANCED = update(ledger).values(fresh_seq=bindparam("until"))
