"""Whether the clock can be believed: one that was set far ahead would date articles and feeds for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from ..pipeline.believing import AWAY, LEAP

LEAPT = "the clock leapt"
"""How what is said of a clock begins that is doubted."""
PROBATION = timedelta(hours=1)
"""After which a clock that was doubted is believed: then it is the time before that was wrong."""


def since_boot() -> float:
    """Seconds since the machine was started, those in which it slept included, where it tells them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


class ClockWatch:
    """Looks at the clock with every tick. Not locked: one thread."""

    def __init__(self, passed: Callable[[], float] = since_boot) -> None:
        self._passed = passed
        self._last: tuple[datetime, float] | None = None
        self._doubted_since: float | None = None
        self._believed: datetime | None = None

    def look(self, now: datetime, last_seen: datetime | None) -> str:
        """What is wrong with the clock, empty for nothing; `last_seen` is when a scheduler last was, by its clock."""
        passed = self._passed()
        if self._doubted_since is None:
            self._doubt(now, passed, last_seen)
        elif self._believed is not None and now < self._believed + timedelta(seconds=passed - self._doubted_since):
            self._doubted_since = None  # it was set right
        elif passed - self._doubted_since >= PROBATION.total_seconds():
            self._doubted_since = None  # it was right
        self._last = now, passed
        if self._doubted_since is None:
            return ""
        return f"{LEAPT} to {now:%Y-%m-%d %H:%M} UTC; nothing is polled for an hour, or until it is set right"

    def go_on_doubting(self, at: datetime) -> None:
        """Doubt it from the start, as a scheduler did whose last sign of life is of that time, by this very clock."""
        self._doubted_since, self._believed = self._passed(), at - LEAP

    def _doubt(self, now: datetime, passed: float, last_seen: datetime | None) -> None:
        if self._last is None:
            leapt = last_seen is not None and now - last_seen > AWAY
            expected = last_seen
        else:
            expected = self._last[0] + timedelta(seconds=passed - self._last[1])
            leapt = now - expected > LEAP
        if leapt and expected is not None:
            self._doubted_since = passed
            self._believed = expected + (LEAP if self._last is not None else AWAY)
