"""How many may wait at once for documents that have yet to be made, so that a thread is left for all that is there.

Making one takes hundredths of a second. Whoever finds every place taken waits outside, in the order of coming, as long
as those inside come out soon; when they do not, those outside are told to come back later.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Condition
from time import monotonic

from ..errors import Overloaded

PATIENCE = 1.0
"""Seconds that one waits outside, at most; when those inside take as long, nobody does."""
FEWEST = 2


class Admission(StrEnum):
    ENTER = "enter"
    WAIT = "wait"
    LEAVE = "leave"


def admission(inside: int, places: int, delay: float, waited: float = 0.0, patience: float = PATIENCE) -> Admission:
    """What one is told who has `waited` so many seconds, while those inside take `delay` seconds."""
    if inside < places:
        return Admission.ENTER
    return Admission.WAIT if max(delay, waited) < patience else Admission.LEAVE


class Crowd:
    """Those who wait for documents in a process, for many threads."""

    def __init__(
        self, places: int = FEWEST, patience: float = PATIENCE, clock: Callable[[], float] = monotonic
    ) -> None:
        self._places = places
        self._patience = patience
        self._clock = clock
        self._inside: dict[object, float] = {}
        self._outside: list[object] = []
        self._stays = deque[float](maxlen=places)
        self._moved = clock()
        self._changed = Condition()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place inside, until the end of the `with`. Raises Overloaded."""
        own = object()
        with self._changed:
            self._enter(own)
        try:
            yield
        finally:
            with self._changed:
                self._moved = self._clock()
                self._stays.append(self._moved - self._inside.pop(own))
                self._changed.notify_all()

    def _enter(self, own: object) -> None:
        now = came = self._clock()
        self._outside.append(own)
        try:
            while (told := self._told(own, now, now - came)) is Admission.WAIT:
                self._changed.wait(self._patience - max(self._delay(now), now - came))
                now = self._clock()
        finally:
            self._outside.remove(own)
            self._changed.notify_all()
        if told is Admission.LEAVE:
            raise Overloaded
        self._inside[own] = now

    def _told(self, own: object, now: float, waited: float) -> Admission:
        taken = len(self._inside) + self._outside.index(own)  # who came before goes first
        return admission(taken, self._places, self._delay(now), waited, self._patience)

    def _delay(self, now: float) -> float:
        """Seconds that those took who came out last, or for which nobody has, though somebody was inside."""
        usual = sum(self._stays) / len(self._stays) if self._stays else 0.0
        return max(usual, now - max(self._moved, min(self._inside.values(), default=now)))
