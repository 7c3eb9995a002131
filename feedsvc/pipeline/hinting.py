"""What a feed said of when to be asked, remembered in the cursor for the passes in which it is not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from ..domain.rhythm import Hints
from ..domain.source import Cursor, Json

STATE = "hints"
"""The key of a cursor under which they stand."""


def hinted(hints: Hints | None) -> Mapping[str, Json]:
    """What to remember, over the cursor; no hints are forgotten."""
    if hints is None:
        return {STATE: None}
    every = None if hints.every is None else int(hints.every.total_seconds())
    return {STATE: {"every": every, "hours": [*sorted(hints.skip_hours)], "days": [*sorted(hints.skip_days)]}}


def hints_of(cursor: Cursor, fresh_for: timedelta | None, most: timedelta) -> Hints:
    """The hints of a cursor, and for how long the answer itself is fresh, of which `most` is believed.

    Many servers give everything the same long time, so that it says little of a feed.
    """
    found = _remembered(cursor)
    if fresh_for is None:
        return found
    return replace(found, every=max(found.every or timedelta(0), min(fresh_for, most)))


def _remembered(cursor: Cursor) -> Hints:
    match cursor.state.get(STATE):
        case {"every": every, "hours": list(hours), "days": list(days)}:
            return Hints(
                every=timedelta(seconds=every) if isinstance(every, int) else None,
                skip_hours=frozenset(one for one in hours if isinstance(one, int)),
                skip_days=frozenset(one for one in days if isinstance(one, int)),
            )
    return Hints()
