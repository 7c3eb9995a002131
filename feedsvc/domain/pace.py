"""How often sources are polled, and how many at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The bounds of intervals that the program chooses."""

    floor: timedelta = timedelta(minutes=5)
    ceiling: timedelta = timedelta(hours=4)


USUAL = Pace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling:
    """The pace, and the passes that are under way at once: in one scheduler, and of all of them at one host."""

    pace: Pace = USUAL
    at_once: int = 8
    a_host: int = 2


USUAL_POLLING = Polling()
