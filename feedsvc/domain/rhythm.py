"""How often a source brings something new, as far as it is remembered, and what is to be made of its silence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without anything new, which ended at `until`; `number` is its place among the pauses of its source."""

    until: datetime
    length: timedelta
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The articles of a source as moments in time.

    `seen` counts those whose moment is known, the first at `since`, the last at `newest`. `gaps` are those that may
    still be the longest one, longest first; `pauses` counts those that were no mere moment. `weight` counts articles,
    each for less the longer ago it was, as of `newest`. `interrupted`: the source could not be had since the last
    article, so that the gap since then says nothing of its rhythm.
    """

    seen: int = 0
    since: datetime | None = None
    newest: datetime | None = None
    gaps: tuple[Gap, ...] = ()
    pauses: int = 0
    weight: float = 0.0
    interrupted: bool = False


NOTHING_HEARD = Rhythm()


class VerdictKind(StrEnum):
    """How a source does, by its own history.

    `fresh`: as ever. `late`: quiet for longer than it has been lately. `silent`: by half as long again, and most likely
    it is dead although it answers. `failing`: it cannot be had, or nothing can be made of it. `never worked`: from the
    first pass on. `unjudged`: too little is known.
    """

    FRESH = "fresh"
    LATE = "late"
    SILENT = "silent"
    FAILING = "failing"
    NEVER_WORKED = "never worked"
    UNJUDGED = "unjudged"

    @property
    def bad(self) -> bool:
        """Whether somebody should look at the source."""
        return self in (VerdictKind.SILENT, VerdictKind.FAILING, VerdictKind.NEVER_WORKED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a source does; `since` is when that began: the last article, the first failure; None where nothing is known.

    `why` is a sentence for the operator.
    """

    kind: VerdictKind = VerdictKind.UNJUDGED
    since: datetime | None = None
    why: str = ""


UNJUDGED = Verdict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed says of how often it wants to be asked: `every` at the most, and not in these hours and days (UTC).

    Hours are 0 to 23; days are those of `datetime.weekday()`, Monday 0.
    """

    every: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


NO_HINTS = Hints()
