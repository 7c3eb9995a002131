"""At most so many fetches at one place at once: a server is no faster for being asked for everything together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from .unreached import Unreached

MOST_AT_ONCE = 2
"""Fetches under way at one host and port."""


class Turns:
    """Safe to call from many threads at once; remembers only places at which something is under way."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self._most = most
        self._under_way: Counter[str] = Counter()
        self._changed = Condition()

    @contextmanager
    def taken(self, place: str, seconds: float) -> Iterator[None]:
        """Wait, so many seconds at most, until the place is free for one more. Raises Unreached."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._under_way[place] < self._most, seconds):
                raise Unreached(f"{place} is being asked for so much already that this found no turn")
            self._under_way[place] += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way[place] -= 1
                if not self._under_way[place]:
                    del self._under_way[place]
                self._changed.notify_all()
