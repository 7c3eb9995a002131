"""What a pass leaves of itself, whatever it changed: its source as it is now, its claim given back, a row for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from ..domain.passes import ChangeKind, Changes, Pass
from .changing import current_seq
from .cursors import cursor_text
from .database import THESE, append, asked, storable, write
from .histories import history_columns, interval_column, note_verdict
from .leases import holding
from .moments import seconds
from .schema import passes, rejections, sources

KEPT_PASSES = 200
"""Passes remembered a source."""

KEPT_REJECTIONS = 20
"""Passes a source whose rejections are remembered word for word."""

FORGETTING = 16
"""One pass in so many looks for old ones to forget."""

MOST_REASONS = 200
"""Rejections of one pass that are remembered word for word; all are counted."""


def end(connection: Connection, done: Pass, now: int) -> bool:
    """Give the claim back, with all that is known of the source now; False where it was no longer held."""
    statement = _SUCCEEDED if done.outcome.success else _FAILED
    values = {**_ending(done, now), **history_columns(done.history)}
    if connection.execute(statement, values).rowcount != 1:
        return False
    note_verdict(connection, done, now)
    return True


def remember(connection: Connection, done: Pass, changes: Changes) -> None:
    """The pass as a row, with the reasons of its rejections; old ones are forgotten."""
    number = connection.scalars(_PASSED, _row(done, changes)).one()
    reasons = [
        {"pass_id": number, "position": position, "key": storable(one.key), "reason": storable(one.reason)}
        for position, one in enumerate(done.rejections[:MOST_REASONS])
    ]
    append(connection, rejections, reasons)
    _forget(connection, done)


def end_quietly(connection: Connection, quiet: Sequence[Pass]) -> None:
    """End passes that changed nothing, all at once; those whose claims are no longer the newest leave nothing."""
    tokens = {row.id: row.claim_token for row in asked(connection, _HELD, [done.claim.source for done in quiet])}
    held = [done for done in quiet if tokens.get(done.claim.source) == done.claim.token]
    changes = Changes(seq=current_seq(connection))
    write(connection, _ENDED_QUIETLY, [_ending(done, seconds(done.finished or done.started)) for done in held])
    append(connection, passes, [_row(done, changes) for done in held])
    for done in held:
        _forget(connection, done)


def _ending(done: Pass, now: int) -> dict[str, Any]:
    values = {
        "source": done.claim.source,
        "token": done.claim.token,
        "cursor": cursor_text(done.cursor),
        "next_poll": seconds(done.next_poll),
        "claim_holder": None,
        "claim_until": None,
        "last_pass": now,
        "last_outcome": done.outcome,
        "last_message": storable(done.message),
        "interval": interval_column(done.history),
    }
    return {**values, "at": now} if done.outcome.success else values


def _row(done: Pass, changes: Changes) -> dict[str, Any]:
    return {
        "source": done.claim.source,
        "token": done.claim.token,
        "started": seconds(done.started),
        "outcome": done.outcome,
        "message": storable(done.message),
        "seq": changes.seq,
        "seen": done.seen,
        "new": changes.count(ChangeKind.NEW),
        "corrected": changes.count(ChangeKind.CORRECTED),
        "relabelled": changes.count(ChangeKind.RELABELLED),
        "withdrawn": changes.count(ChangeKind.WITHDRAWN),
        "rejected": len(done.rejections),
    }


def _forget(connection: Connection, done: Pass) -> None:
    if done.claim.token % FORGETTING:
        return
    source = done.claim.source
    silent = connection.scalar(_NEWEST_FIRST, {"source": source, "kept": KEPT_REJECTIONS})
    if silent is not None:
        connection.execute(_SILENCED, {"source": source, "last": silent})
    last = connection.scalar(_NEWEST_FIRST, {"source": source, "kept": KEPT_PASSES})
    if last is not None:
        connection.execute(_FORGOTTEN, {"source": source, "last": last})


_HELD = select(sources.c.id, sources.c.claim_token).where(sources.c.id.in_(THESE), sources.c.claim_until.is_not(None))
_PASSED = insert(passes).returning(passes.c.id)
_ENDED = update(sources).where(*holding())
_ENDED_QUIETLY = _ENDED.values(failures=0, last_success=bindparam("at"))
_HOST = func.coalesce(bindparam("moved_host", type_=sources.c.host.type), sources.c.asks)
_SUCCEEDED = _ENDED_QUIETLY.values(host=_HOST)
_FAILED = _ENDED.values(failures=sources.c.failures + 1, host=_HOST)
_OLD = select(passes.c.id).where(passes.c.source == bindparam("source"))
_NEWEST_FIRST = _OLD.order_by(passes.c.id.desc()).limit(1).offset(bindparam("kept"))
_SILENCED = delete(rejections).where(
    rejections.c.pass_id.in_(_OLD.where(passes.c.id <= bindparam("last"), passes.c.rejected > 0))
)
_FORGOTTEN = delete(passes).where(passes.c.source == bindparam("source"), passes.c.id <= bindparam("last"))
