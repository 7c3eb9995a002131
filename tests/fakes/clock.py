"""Time that moves when a test says so, or real time that a test sets."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Call it for the time of day; `monotonic` is what never goes back."""

    def __init__(self, now: datetime | None = None) -> None:
        self.now = now or datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
        self._passed = 1000.0

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        """Seconds."""
        return self._passed

    def pass_time(self, seconds: float) -> None:
        """Let time go by."""
        self.now += timedelta(seconds=seconds)
        self._passed += seconds

    def set_by(self, seconds: float) -> None:
        """Move the hands, as an administrator or NTP does."""
        self.now += timedelta(seconds=seconds)


class WallClock:
    """The real time, and `off` seconds more."""

    def __init__(self) -> None:
        self.off = 0.0

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.off, UTC)
