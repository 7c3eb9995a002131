"""How many may wait at once for documents that have yet to be made, so that a thread is left for all that is there.

Making one takes hundredths of a second. Whoever finds every place taken waits outside, as long as those inside come
out; when one of them has been in there for too long, the rest are told to come back later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Condition
from time import monotonic

from ..errors import Overloaded

PATIENCE = 1.0
"""Seconds that one may be inside before those outside are sent away."""
FEWEST = 2


class Admission(StrEnum):
    ENTER = "enter"
    WAIT = "wait"
    LEAVE = "leave"


def admission(inside: int, places: int, longest: float, patience: float = PATIENCE) -> Admission:
    """What one who comes is told; `longest` is for how many seconds the eldest of those inside has been there."""
    if inside < places:
        return Admission.ENTER
    return Admission.WAIT if longest < patience else Admission.LEAVE


class Crowd:
    """Those who wait for documents in a process, for many threads."""

    def __init__(
        self, places: int = FEWEST, patience: float = PATIENCE, clock: Callable[[], float] = monotonic
    ) -> None:
        self._places = places
        self._patience = patience
        self._clock = clock
        self._inside: dict[object, float] = {}
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
                self._changed.notify()

    def _enter(self, own: object) -> None:
        with self._changed:
            while (told := self._told(now := self._clock())) is Admission.WAIT:
                self._changed.wait(self._patience - self._longest(now))
            if told is Admission.LEAVE:
                raise Overloaded
            self._inside[own] = now

    def _told(self, now: float) -> Admission:
        return admission(len(self._inside), self._places, self._longest(now), self._patience)

    def _longest(self, now: float) -> float:
        return now - min(self._inside.values(), default=now)
