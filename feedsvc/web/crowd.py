"""How many may wait at once for documents that have yet to be made, so that a thread is left for all that is there.

Making one takes hundredths of a second. Whoever finds every place taken waits outside, as long as those inside come
out; when nobody did for too long, the rest are told to come back later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Condition
from time import monotonic

from ..errors import Overloaded

PATIENCE = 1.0
"""Seconds in which somebody has to come out, or those outside are sent away."""
LONGEST = 10.0
"""Seconds that one waits outside, however many come out."""
FEWEST = 2


class Admission(StrEnum):
    ENTER = "enter"
    WAIT = "wait"
    LEAVE = "leave"


def admission(inside: int, places: int, still: float, waited: float = 0.0, patience: float = PATIENCE) -> Admission:
    """What one is told who has `waited` so many seconds, while nobody came out for `still` seconds."""
    if inside < places:
        return Admission.ENTER
    return Admission.WAIT if still < patience and waited < LONGEST else Admission.LEAVE


class Crowd:
    """Those who wait for documents in a process, for many threads."""

    def __init__(
        self, places: int = FEWEST, patience: float = PATIENCE, clock: Callable[[], float] = monotonic
    ) -> None:
        self._places = places
        self._patience = patience
        self._clock = clock
        self._inside: dict[object, float] = {}
        self._moved = clock()
        self._changed = Condition()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place inside, until the end of the `with`. Raises Overloaded."""
        own = object()
        self._enter(own)
        try:
            yield
        finally:
            with self._changed:
                del self._inside[own]
                self._moved = self._clock()
                self._changed.notify()

    def _enter(self, own: object) -> None:
        with self._changed:
            now = came = self._clock()
            while (told := self._told(now, now - came)) is Admission.WAIT:
                self._changed.wait(self._patience - self._still(now))
                now = self._clock()
            if told is Admission.LEAVE:
                raise Overloaded
            self._inside[own] = now

    def _told(self, now: float, waited: float) -> Admission:
        return admission(len(self._inside), self._places, self._still(now), waited, self._patience)

    def _still(self, now: float) -> float:
        """For how many seconds nobody has come out, though somebody was inside."""
        return now - max(self._moved, min(self._inside.values(), default=now))
