"""How sources do, asked of the store for all who want to know, and what is made of that."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock

from ..domain.status import Report
from ..ports import Clock
from .offers import Representation

KEPT = timedelta(seconds=5)
"""How long an answer stands: however many ask, the store is asked no more often."""
MOST_MADE = 8
"""Things that are kept of one answer: each may be megabytes, and what clients ask for must not fill the memory."""

Make = Callable[[tuple[Report, ...]], Representation]


class Reports:
    """Asks the store seldom, and makes each thing once; for many threads, which wait for each other.

    `ask` gives the configured sources and how they do, and may raise StoreError.
    """

    def __init__(self, ask: Callable[[], tuple[Report, ...]], clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._at: datetime | None = None
        self._reports: tuple[Report, ...] = ()
        self._made: dict[Hashable, Representation] = {}
        self._lock = Lock()

    def made(self, name: Hashable, make: Make) -> Representation:
        """What is made, under that name, of reports that are not old. Raises StoreError."""
        with self._lock:
            self._renew()
            found = self._made.get(name)
            if found is None:
                found = make(self._reports)
                if len(self._made) < MOST_MADE:
                    self._made[name] = found
            return found

    def _renew(self) -> None:
        now = self._clock()
        if self._at is None or not timedelta() <= now - self._at < KEPT:
            self._reports = self._ask()
            self._made, self._at = {}, now
