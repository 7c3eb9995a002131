"""Who applies, and what it stages: labels and feeds as they shall be, which nobody reads before all take effect.

The right to apply is a lease that is renewed with all that is staged, so that a process that was killed keeps it for no
longer, and under a token that grows: whoever slept through the end of its own stages nothing more.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from ..domain.applied import Applying
from ..domain.passes import Placed
from ..errors import ApplyLost, ApplyUnderWay
from .articles import label_row
from .changing import current_seq
from .configuring import applied
from .database import THESE, append, portions
from .holdings import held_articles
from .moments import seconds
from .placing import Move, relabel, shows
from .schema import changes
from .stage import ROWS, applying, clear, staged, staged_ends, staged_entries, staged_labels

FURTHEST = 3600
"""Seconds; no lease ends further ahead, unless by a clock that was wrong."""


def begin(connection: Connection, holder: str, now: int, until: int) -> Applying:
    """Take the right to apply, and empty what another one staged. Raises ApplyUnderWay."""
    row = connection.execute(select(applying)).one()
    if row.holder is not None and now < row.until <= now + FURTHEST:
        raise ApplyUnderWay(row.holder)
    clear(connection)
    connection.execute(update(applying).values(token=row.token + 1, holder=holder, until=until))
    base = applied(connection)
    return Applying(token=row.token + 1, base=0 if base is None else base.number, seq=current_seq(connection))


def hold(connection: Connection, one: Applying, until: int | None = None) -> None:
    """Hold the right until then, else for as long as it was to be. Raises ApplyLost."""
    if connection.execute(_HELD, {"its_token": one.token, "end": until}).rowcount != 1:
        raise ApplyLost
    base = applied(connection)
    if one.base != (0 if base is None else base.number):
        raise ApplyLost


def give_up(connection: Connection, one: Applying) -> None:
    """Give the right back, and empty the stage, where it is still this one's."""
    if connection.execute(_HELD, {"its_token": one.token, "end": 0}).rowcount == 1:
        clear(connection)


def put(connection: Connection, placed: Iterable[Placed], seq: int, *, again: Collection[str] = ()) -> None:
    """Stage what of these differs from what is stored.

    What is staged of those `again` is replaced, also where nothing differs any more.
    """
    _take_out(connection, again)
    wanted = {one.article.id: one for one in placed}
    held = held_articles(connection, wanted)
    moves = [(name, relabel(one, wanted[name]) if one.reads_as(wanted[name]) else None) for name, one in held.items()]
    differing = {name: move for name, move in moves if move is not None}
    looked_at = [*differing, *(name for name in again if name not in differing)]
    append(connection, staged, [_row(name, differing.get(name), seq) for name in looked_at])
    _put_moves(connection, tuple(differing.values()))


def stale(connection: Connection, one: Applying, limit: int) -> tuple[str, ...]:
    """Articles that changed after they were looked at, or came since the apply began."""
    return tuple(connection.scalars(_STALE, {"began": one.seq, "most": limit}))


def _put_moves(connection: Connection, moves: Sequence[Move]) -> None:
    begun = [label_row(move.article, label, 0) for move in moves for label in move.begun]
    append(connection, staged_labels, [{k: v for k, v in row.items() if k != "from_seq"} for row in begun])
    append(connection, staged_ends, [{"article": move.article, "label": row} for move in moves for row in move.ended])
    entries = [
        {"article": move.article, "feed": path, "enters": enters, "published": seconds(move.published)}
        for move in moves
        for enters, paths in ((True, move.entered), (False, move.left))
        for path in sorted(paths)
    ]
    append(connection, staged_entries, entries)


def _row(article: str, move: Move | None, seq: int) -> dict[str, Any]:
    return {
        "article": article,
        "seq": seq,
        "differs": move is not None,
        "shows": move is not None and shows(move),
    }


def _take_out(connection: Connection, articles: Iterable[str]) -> None:
    for portion in portions(articles):
        for statement in _TAKEN_OUT:
            connection.execute(statement, {"these": json.dumps(portion)})


_HELD = (
    update(applying)
    .where(applying.c.token == bindparam("its_token"), applying.c.holder.is_not(None))
    .values(until=func.coalesce(bindparam("end", type_=applying.c.until.type), applying.c.until))
)
_TAKEN_OUT = tuple(delete(table).where(table.c.article.in_(THESE)) for table in ROWS)
_STALE = (
    select(changes.c.article)
    .join_from(changes, staged, staged.c.article == changes.c.article, isouter=True)
    .where(changes.c.seq > bindparam("began"))
    .group_by(changes.c.article, staged.c.seq)
    .having(or_(staged.c.seq.is_(None), func.max(changes.c.seq) > staged.c.seq))
    .order_by(changes.c.article)
    .limit(bindparam("most"))
)
