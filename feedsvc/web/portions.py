"""How often somebody was given the same feed whole within the last hour, in bounded memory; times are passed in."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from datetime import datetime
from threading import Lock

HOUR = 3600
MOST_CALLERS = 10_000
"""Callers and feeds remembered; those that were served longest ago are forgotten first."""
MOST_TIMES = 600_000
"""Times remembered of all of them, eight bytes each."""


class Portions:
    """Who was given what and when. For many threads; what it knows is this process's alone."""

    def __init__(self, callers: int = MOST_CALLERS, times: int = MOST_TIMES) -> None:
        self._most_callers = callers
        self._most_times = times
        self._given: OrderedDict[bytes, array[int]] = OrderedDict()
        self._times = 0
        self._lock = Lock()

    def wait(self, caller: bytes, limit: int, now: datetime) -> int:
        """Whole seconds until a caller may have it again, 0 where it may now.

        A time that has yet to come tells that the clock was put back since, and counts for nothing.
        """
        with self._lock:
            given = self._given.get(caller)
            if given is None or len(given) < limit:
                return 0
            left = given[-limit] + HOUR - _seconds(now)
        return left if 0 < left <= HOUR else 0

    def give(self, caller: bytes, limit: int, now: datetime) -> None:
        """Note that a caller was given it; no more than the last `limit` times matter."""
        with self._lock:
            given = self._given.pop(caller, None) or array("q")
            self._times -= len(given)
            given.append(_seconds(now))
            del given[:-limit]
            self._given[caller] = given
            self._times += len(given)
            while len(self._given) > self._most_callers or self._times > self._most_times:
                self._times -= len(self._given.popitem(last=False)[1])


def _seconds(now: datetime) -> int:
    return int(now.timestamp())
