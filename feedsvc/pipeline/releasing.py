"""What entered a feed of late is shown whatever its date, for a day; in steps between which others write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ..ports import Ledger

LATE = timedelta(hours=24)
"""For which what enters a feed shows in it, however old it is: readers that poll once a day see it."""
BREATH = 0.05
"""Seconds between two steps."""
Wait = Callable[[float], bool]
"""Waits so many seconds, and says whether to end."""


def released(ledger: Ledger, now: datetime, wait: Wait) -> int:
    """Let feeds go of what entered them longer ago; returns how many documents changed. Raises StoreError."""
    count = 0
    while (changes := ledger.release_late(now - LATE, now)) is not None:
        count += len(changes.feeds)
        if wait(BREATH):
            break
    return count
