"""Reading in processes that can be killed: a bomb in what was fetched takes its worker with it, and nothing else.

thread of a pass ─► a free worker, or a new one ─► a frame there, frames back ─► the worker waits for the next pass
                                                        └─ it dies: what it was at is refused, the rest goes to another
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Condition
from typing import Any, cast

from ..domain.article import Draft
from ..domain.fetched import Fetched, Listing
from ..domain.record import Parsed, RawRecord, Rejection
from ..domain.source import Source
from ..errors import ReaderBusy, Unreadable
from ..ports import Reader
from .hired import Hired
from .wire import Closed, Late, packed

USUAL_WORKERS = (os.cpu_count() or 1) + 1
"""Enough to keep every processor at work: more of them only push each other out of its caches."""
MOST_WORKERS = 8
SOON = 0.25
"""Seconds after which another worker is started because none of the usual ones is free: some are held up.

While one only starts, nothing is held up: that keeps a processor busy, and more of them would all be ready later.
"""
IDLE = 60.0
"""Seconds after which a worker that nobody needs is let go."""
MOST_DEATHS = 3
"""Workers that the records of one answer may kill; then the rest of the records is refused."""
PORTION = 64
"""Records that come back together."""
TOO_MANY_DEATHS = "it was not read: too much else of the same answer could not be read within its budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds that an answer of a worker may take, whatever it does with them, and that a call waits for a worker."""

    answer: float = 60.0
    worker: float = 60.0


class KillableReader:
    """Implements `ports.Reader` by workers, each with the reader that `factory` names, `module:function`.

    What a folder lists is no bytes of anybody's, and is read by `near`, in this process. Closed by who made it.
    """

    def __init__(self, factory: str, near: Reader, patience: Patience = Patience(), most: int = MOST_WORKERS) -> None:
        self._factory = factory
        self._near = near
        self._most = most
        self._patience = patience
        self._sources: dict[str, tuple[Source, bytes]] = {}
        self._idle: list[Hired] = []
        self._count = self._starting = 0
        self._changed = Condition()

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """The kind's own answer; see `ports.Reader`."""
        if isinstance(answer, Listing):
            return self._near.parse(source, answer)
        ((kind, result),) = self._results(source, ("parse", answer))
        if kind == "unreadable":
            raise Unreadable(result)
        return cast(Parsed, result)

    def understand(self, source: Source, records: Sequence[RawRecord], now: datetime) -> tuple[Draft | Rejection, ...]:
        """Each record as a draft or why not; see `ports.Reader`."""
        done: list[Draft | Rejection] = []
        deaths = 0
        portion = PORTION
        while (rest := records[len(done) :]) and deaths < MOST_DEATHS:
            try:
                for _, some in self._results(source, ("understand", rest, now, portion)):
                    done += some
                if len(done) < len(records):
                    raise Unreadable("what read it said nothing about it")
            except Unreadable as error:
                if portion > 1:
                    portion = 1  # which record it was shows when they come one by one
                    continue
                deaths += 1
                done.append(Rejection(records[len(done)].key, str(error)))
        return (*done, *(Rejection(record.key, TOO_MANY_DEATHS) for record in rest))

    def close(self) -> None:
        """Let every worker go that is not at work; those that are go with their calls."""
        with self._changed:
            self._most = 0
            for worker in self._idle:
                worker.end()
            self._idle.clear()
            self._changed.notify_all()

    def _results(self, source: Source, call: object) -> Iterator[tuple[str, Any]]:
        """The results of a call. Raises Unreadable where its worker dies of it."""
        with self._worker() as worker:
            until = time.monotonic() + self._patience.answer
            try:
                self._wait_for_start(worker, until)
                yield from worker.results(packed((self._packed(source), call)), until)
            except (Closed, Late) as error:
                late = isinstance(error, Late)
                why = worker.died(late)
                if why is None and not late:
                    # It lives, and speaks another language: that says nothing about what it read.
                    raise ReaderBusy(f"a worker cannot be understood: {error}") from None
                raise Unreadable(why or "reading it took too long") from None

    def _wait_for_start(self, worker: Hired, until: float) -> None:
        if worker.started:
            return
        try:
            worker.start(until)
        finally:
            self._no_longer_starting()

    def _packed(self, source: Source) -> bytes:
        """The source, packed once for as long as it is the same; a worker knows it again by its bytes."""
        known = self._sources.get(source.id)
        if known is None or known[0] is not source:
            known = self._sources[source.id] = (source, packed(source))
        return known[1]

    @contextmanager
    def _worker(self) -> Iterator[Hired]:
        worker = self._taken()
        try:
            yield worker
        finally:
            self._given_back(worker)

    def _taken(self) -> Hired:
        with self._changed:
            if not self._usual_free() and not self._free(self._most, self._patience.worker):
                raise ReaderBusy(f"no worker was free within {self._patience.worker:g} s")
            if self._most == 0:
                raise ReaderBusy("the service is stopping")
            if self._idle:
                return self._idle.pop()
            self._count += 1
            self._starting += 1
        try:
            return Hired(self._factory)
        except OSError as error:
            self._no_longer_starting()
            self._gone()
            raise ReaderBusy(f"no worker could be started: {error.strerror}") from None

    def _usual_free(self) -> bool:
        """Whether there soon was one of the usual workers, or room among them; those that start are waited for."""
        while not (free := self._free(USUAL_WORKERS, SOON)) and self._starting:
            self._changed.wait_for(lambda: bool(self._idle) or not self._starting, self._patience.worker)
        return free

    def _free(self, most: int, seconds: float) -> bool:
        """Wait, so many seconds at most, for a worker that is idle, or for room among so many."""
        return self._changed.wait_for(
            lambda: bool(self._idle) or self._most == 0 or self._count < min(most, self._most),
            min(seconds, self._patience.worker),
        )

    def _given_back(self, worker: Hired) -> None:
        if not worker.goes_on:
            worker.end()
            self._gone()
            return
        now = time.monotonic()
        worker.idle_since = now
        with self._changed:
            self._idle.append(worker)
            # The one that was needed last is taken first, so the first in the list has waited longest.
            leaving = [one for one in self._idle if self._most == 0 or one.idle_since < now - IDLE]
            self._idle = [one for one in self._idle if one not in leaving]
            self._count -= len(leaving)
            self._changed.notify()
        for one in leaving:
            one.end()

    def _gone(self) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify()

    def _no_longer_starting(self) -> None:
        with self._changed:
            self._starting -= 1
            self._changed.notify_all()
