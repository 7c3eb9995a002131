"""The passes under way in this process: at most so many at once, one a source; and those that wait for a place.

Each pass has a thread to itself, a daemon one: a pool of the standard library is joined when the
interpreter ends, so one hung source would keep the process from ever stopping. A thread whose pass
is over takes the next one, or ends when there is none for a while.

claim ─► start ─► a thread ─► over ─► the longest waiting takes its place, or it is free
    └─► queue ─► waiting ──────────────────────┘
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
    """A claim that is held until `until`; `since` is when its pass started, or when it began to wait for a place."""

    claim: Claim
    since: float
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
        self._queue: dict[str, _UnderWay] = {}
        self._changed = Condition()
        self._handed: SimpleQueue[Claim] = SimpleQueue()
        self._idle = 0
        self._leaving = False
        self.ended = 0
        """How many passes have come back."""

    def free(self) -> int:
        """How many more passes may start now; hung ones hold no place."""
        with self._changed:
            return self._free()

    def free_for_doubtful(self) -> int:
        """How many more may start or wait over sources of which nothing good is known."""
        with self._changed:
            doubtful = sum(each.claim.doubtful for each in (*self._alive(), *self._queue.values()))
            return max(0, self._limits.doubtful - doubtful)

    def waiting(self) -> int:
        """How many wait for a place."""
        with self._changed:
            return len(self._queue)

    def hung(self) -> frozenset[str]:
        """The sources whose passes have outlived their deadline."""
        with self._changed:
            return frozenset(self._under_way) - {each.claim.source for each in self._alive()}

    def running(self, source: str) -> bool:
        """Whether a pass of the source has not come back yet, hung or not, or waits for a place."""
        with self._changed:
            return source in self._under_way or source in self._queue

    def start(self, claim: Claim) -> None:
        """Run the pass in a thread of its own; the source must not be running."""
        with self._changed:
            self._under_way[claim.source] = _UnderWay(claim, self._monotonic(), claim.until)
        self._begin(claim)

    def queue(self, claim: Claim) -> None:
        """Run the pass as soon as there is a place for it, those that wait longer first; it must not be running."""
        with self._changed:
            self._queue[claim.source] = _UnderWay(claim, self._monotonic(), claim.until)
        self.fill()

    def fill(self) -> None:
        """Start what waits, as far as there are places."""
        while (claim := self._placed()) is not None:
            self._begin(claim)

    def leave(self) -> None:
        """Start nothing more of what waits."""
        with self._changed:
            self._leaving = True

    def tired(self, seconds: float) -> tuple[Claim, ...]:
        """The claims that have waited for a place for longer; they wait no more."""
        oldest = self._monotonic() - seconds
        with self._changed:
            claims = tuple(each.claim for each in self._queue.values() if each.since <= oldest)
            for claim in claims:
                del self._queue[claim.source]
            return claims

    def expiring(self, now: datetime) -> tuple[Claim, ...]:
        """The claims to renew: a third of the lease is used up, and the pass is not hung."""
        early = now + self._limits.lease * 2 / 3
        with self._changed:
            return tuple(each.claim for each in (*self._alive(), *self._queue.values()) if each.until <= early)

    def renewed(self, claims: tuple[Claim, ...], until: datetime) -> None:
        """Note that these claims hold for longer."""
        with self._changed:
            for claim in claims:
                held = self._under_way.get(claim.source) or self._queue.get(claim.source)
                if held is not None:
                    held.until = until

    def one_ended(self, since: int, timeout: float) -> bool:
        """Wait, so many seconds at most, until more passes have come back than `since`, a value of `ended`."""
        with self._changed:
            return self._changed.wait_for(lambda: self.ended > since, timeout)

    def finished(self, timeout: float) -> bool:
        """Wait, so many seconds at most, until no pass is under way."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, timeout)

    def _alive(self) -> list[_UnderWay]:
        oldest = self._oldest()
        return [each for each in self._under_way.values() if each.since > oldest]

    def _oldest(self) -> float:
        return self._monotonic() - self._limits.deadline.total_seconds()

    def _free(self) -> int:
        return max(0, self._limits.places - len(self._alive()))

    def _placed(self) -> Claim | None:
        with self._changed:
            return self._next_in_queue() if self._free() else None

    def _next_in_queue(self) -> Claim | None:
        """The claim that has waited longest, under way from now on; None where none waits."""
        for source in () if self._leaving else self._queue:
            placed = self._under_way[source] = self._queue.pop(source)
            placed.since = self._monotonic()
            return placed.claim
        return None

    def _begin(self, claim: Claim) -> None:
        with self._changed:
            if self._idle:
                self._idle -= 1
                self._handed.put(claim)
                return
        try:
            Thread(target=self._one_by_one, args=(claim,), daemon=True).start()
        except RuntimeError:  # the machine has no thread left
            self._ended(claim)
            raise

    def _one_by_one(self, first: Claim) -> None:
        claim: Claim | None = first
        while claim is not None:
            current_thread().name = f"pass {claim.source}"
            try:
                self._run(claim)
            except BaseException:
                self._ended(claim)
                raise
            claim = self._followed(claim) or self._next()

    def _next(self) -> Claim | None:
        """Another claim for this thread; None where there was none for so long that it may end."""
        with self._changed:
            self._idle += 1
        try:
            return self._handed.get(timeout=PATIENCE)
        except Empty:
            with self._changed:
                try:
                    return self._handed.get_nowait()  # it was counted upon just now
                except Empty:
                    self._idle -= 1
                    return None

    def _followed(self, claim: Claim) -> Claim | None:
        """The claim that takes the place of one whose pass is over."""
        with self._changed:
            # The place of a pass that had hung was given away.
            in_time = self._ended(claim).since > self._oldest()
            return self._next_in_queue() if in_time else None

    def _ended(self, claim: Claim) -> _UnderWay:
        with self._changed:
            self.ended += 1
            self._changed.notify_all()
            return self._under_way.pop(claim.source)
