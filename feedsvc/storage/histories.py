"""What is known of a source, as columns of its row, and every change of the verdict on it as a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from ..domain.address import host_of
from ..domain.history import History
from ..domain.passes import Pass
from ..domain.rhythm import Verdict, VerdictKind
from .database import storable
from .moments import moment_or_none, seconds_or_none
from .rhythms import rhythm_of, rhythm_text
from .schema import sources, verdicts

KEPT_VERDICTS = 50
"""Changes remembered a source."""

SEEN_COLUMNS = (
    sources.c.verdict,
    sources.c.verdict_since,
    sources.c.verdict_why,
    sources.c.failing_since,
    sources.c.interval,
    sources.c.moved_to,
)
"""What an operator reads of a history."""
COLUMNS = (sources.c.rhythm, *SEEN_COLUMNS)


def history_of(row: Row[Any]) -> History:
    """The history that a row with `COLUMNS` holds."""
    return replace(seen_history_of(row), rhythm=rhythm_of(row.rhythm))


def seen_history_of(row: Row[Any]) -> History:
    """The history that a row with `SEEN_COLUMNS` holds, without its rhythm."""
    return History(
        verdict=Verdict(VerdictKind(row.verdict), moment_or_none(row.verdict_since), row.verdict_why),
        failing_since=moment_or_none(row.failing_since),
        interval=None if row.interval is None else timedelta(seconds=row.interval),
        moved_to=row.moved_to,
    )


def history_columns(history: History) -> Mapping[str, Any]:
    """The values of `COLUMNS`."""
    verdict = history.verdict
    return {
        "rhythm": rhythm_text(history.rhythm),
        "verdict": verdict.kind,
        "verdict_since": seconds_or_none(verdict.since),
        "verdict_why": storable(verdict.why),
        "failing_since": seconds_or_none(history.failing_since),
        "interval": interval_column(history),
        "moved_to": history.moved_to,
        "moved_host": None if history.moved_to is None else host_of(history.moved_to),
    }


def interval_column(history: History) -> int | None:
    """The interval that the program chose, in seconds."""
    return None if history.interval is None else int(history.interval.total_seconds())


def note_verdict(connection: Connection, done: Pass, now: int) -> None:
    """Remember that the verdict on the source changed, where it did; the oldest changes are forgotten."""
    before, verdict = done.claim.history.verdict, done.history.verdict
    if before.kind is verdict.kind:
        return
    source = done.claim.source
    row = {"source": source, "at": now, "kind": verdict.kind, "before": before.kind, "why": storable(verdict.why)}
    connection.execute(insert(verdicts).values(**row, since=seconds_or_none(verdict.since)))
    oldest = connection.scalar(_OLDEST_KEPT, {"of": source})
    if oldest is not None:
        connection.execute(_FORGOTTEN, {"of": source, "oldest": oldest})


_OF = verdicts.c.source == bindparam("of")
_OLDEST_KEPT = select(verdicts.c.id).where(_OF).order_by(verdicts.c.id.desc()).limit(1).offset(KEPT_VERDICTS)
_FORGOTTEN = delete(verdicts).where(_OF, verdicts.c.id <= bindparam("oldest"))
