"""The passes under way in this process: at most so many at once, one a source.

Each pass has a thread to itself, a daemon one: a pool of the standard library is joined when the
interpreter ends, so one hung source would keep the process from ever stopping. A thread whose pass
is over takes the next one, or ends when there is none for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Condition, Thread, current_thread

from ..domain.passes import Claim, Pass
from .limits import Limits

PATIENCE = 1.0
"""Seconds that a thread waits for another pass."""

RunPass = Callable[[Claim], Pass | None]
"""Does, stores and logs one whole pass; a quiet one (see `Pass`) it gives back, to be stored with others."""


@dataclass(slots=True)
class _UnderWay:
    claim: Claim
    started: float
    until: datetime


class Passes:
    """Starts passes and knows which are under way. Safe to call from many threads at once."""

    def __init__(
        self, run: Callable[[Claim], object], limits: Limits, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._run = run
        self._limits = limits
        self._monotonic = monotonic
        self._under_way: dict[str, _UnderWay] = {}
        self._changed = Condition()
        self._waiting: SimpleQueue[Claim] = SimpleQueue()
        self._idle = 0
        self.ended = 0
        """How many passes have come back."""

    def free(self) -> int:
        """How many more passes may start now; hung ones hold no place."""
        with self._changed:
            return max(0, self._limits.places - len(self._alive()))

    def free_for_doubtful(self) -> int:
        """How many of these may be over sources of which nothing good is known."""
        with self._changed:
            doubtful = sum(each.claim.doubtful for each in self._alive())
            return max(0, self._limits.doubtful - doubtful)

    def hung(self) -> frozenset[str]:
        """The sources whose passes have outlived their deadline."""
        with self._changed:
            return frozenset(self._under_way) - {each.claim.source for each in self._alive()}

    def running(self, source: str) -> bool:
        """Whether a pass of the source has not come back yet, hung or not."""
        with self._changed:
            return source in self._under_way

    def start(self, claim: Claim) -> None:
        """Run the pass in a thread of its own; the source must not be running."""
        with self._changed:
            self._under_way[claim.source] = _UnderWay(claim, self._monotonic(), claim.until)
            if self._idle:
                self._idle -= 1
                self._waiting.put(claim)
                return
        try:
            Thread(target=self._one_by_one, args=(claim,), daemon=True).start()
        except RuntimeError:  # the machine has no thread left
            self._ended(claim)
            raise

    def expiring(self, now: datetime) -> tuple[Claim, ...]:
        """The claims to renew: a third of the lease is used up, and the pass is not hung."""
        early = now + self._limits.lease * 2 / 3
        with self._changed:
            return tuple(each.claim for each in self._alive() if each.until <= early)

    def renewed(self, claims: tuple[Claim, ...], until: datetime) -> None:
        """Note that these claims hold for longer."""
        with self._changed:
            for claim in claims:
                if claim.source in self._under_way:
                    self._under_way[claim.source].until = until

    def one_ended(self, since: int, timeout: float) -> bool:
        """Wait, so many seconds at most, until more passes have come back than `since`, a value of `ended`."""
        with self._changed:
            return self._changed.wait_for(lambda: self.ended > since, timeout)

    def finished(self, timeout: float) -> bool:
        """Wait, so many seconds at most, until no pass is under way."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, timeout)

    def _alive(self) -> list[_UnderWay]:
        oldest = self._monotonic() - self._limits.deadline.total_seconds()
        return [each for each in self._under_way.values() if each.started > oldest]

    def _one_by_one(self, first: Claim) -> None:
        claim: Claim | None = first
        while claim is not None:
            current_thread().name = f"pass {claim.source}"
            try:
                self._run(claim)
            finally:
                self._ended(claim)
            claim = self._next()

    def _next(self) -> Claim | None:
        """Another claim for this thread; None where there was none for so long that it may end."""
        with self._changed:
            self._idle += 1
        try:
            return self._waiting.get(timeout=PATIENCE)
        except Empty:
            with self._changed:
                try:
                    return self._waiting.get_nowait()  # it was counted upon just now
                except Empty:
                    self._idle -= 1
                    return None

    def _ended(self, claim: Claim) -> None:
        with self._changed:
            del self._under_way[claim.source]
            self.ended += 1
            self._changed.notify_all()
