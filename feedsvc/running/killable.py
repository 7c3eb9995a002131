"""Reading in processes that can be killed: a bomb in what was fetched takes its worker with it, and nothing else.

thread of a pass ─► a free worker, or a new one ─► a frame there, frames back ─► the worker waits for the next pass
                                                        └─ it dies: what it was at is refused, the rest goes to another
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Condition
from typing import Any, cast

from ..domain.article import Draft
from ..domain.fetched import Fetched, Listing
from ..domain.record import Parsed, RawRecord, Rejection
from ..domain.source import Source
from ..errors import ReaderBusy, Unreadable
from ..ports import Reader
from .wire import Closed, Late, packed, receive, send, unpacked
from .worker import MEMORY, OUT_OF_MEMORY

USUAL_WORKERS = (os.cpu_count() or 1) + 1
"""Enough to keep every processor at work: more of them only push each other out of its caches."""
MOST_WORKERS = 8
SOON = 0.25
"""Seconds after which another worker is started because none of the usual ones is free: some are held up."""
IDLE = 60.0
"""Seconds after which a worker that nobody needs is let go."""
MOST_DEATHS = 3
"""Workers that the records of one answer may kill; then the rest of the records is refused."""
PORTION = 64
"""Records that come back together."""
TOO_MANY_DEATHS = "it was not read: too much else of the same answer could not be read within its budget"
_START = "import sys; sys.path.insert(0, {root!r}); from feedsvc.running.worker import main; main()"
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONDONTWRITEBYTECODE")
"""What a worker may know of the environment, which holds secrets."""


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
        self._idle: list[_Worker] = []
        self._count = 0
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
                yield from worker.results(packed((self._packed(source), call)), until)
            except (Closed, Late) as error:
                late = isinstance(error, Late)
                why = worker.died(late)
                if why is None and not late:
                    # It lives, and speaks another language: that says nothing about what it read.
                    raise ReaderBusy(f"a worker cannot be understood: {error}") from None
                raise Unreadable(why or "reading it took too long") from None

    def _packed(self, source: Source) -> bytes:
        """The source, packed once for as long as it is the same; a worker knows it again by its bytes."""
        known = self._sources.get(source.id)
        if known is None or known[0] is not source:
            known = self._sources[source.id] = (source, packed(source))
        return known[1]

    @contextmanager
    def _worker(self) -> Iterator[_Worker]:
        worker = self._taken()
        try:
            yield worker
        finally:
            self._given_back(worker)

    def _taken(self) -> _Worker:
        with self._changed:
            if not self._free(USUAL_WORKERS, SOON) and not self._free(self._most, self._patience.worker):
                raise ReaderBusy(f"no worker was free within {self._patience.worker:g} s")
            if self._most == 0:
                raise ReaderBusy("the service is stopping")
            if self._idle:
                return self._idle.pop()
            self._count += 1
        try:
            return _Worker(self._factory)
        except OSError as error:
            self._gone()
            raise ReaderBusy(f"no worker could be started: {error.strerror}") from None

    def _free(self, most: int, seconds: float) -> bool:
        """Wait, so many seconds at most, for a worker that is idle, or for room among so many."""
        return self._changed.wait_for(
            lambda: bool(self._idle) or self._most == 0 or self._count < min(most, self._most),
            min(seconds, self._patience.worker),
        )

    def _given_back(self, worker: _Worker) -> None:
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


class _Worker:
    """One process and its pipes. Used by one thread at a time. Raises OSError where none can be started."""

    def __init__(self, factory: str) -> None:
        root = str(Path(__file__).resolve().parents[2])
        self._process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-P", "-c", _START.format(root=root), factory],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            bufsize=0,
        )
        self.goes_on = True
        self.idle_since = 0.0

    def results(self, call: bytes, until: float) -> Iterator[tuple[str, Any]]:
        """The results of a call, as they come. Raises Closed and Late."""
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018
        self.goes_on = False
        send(self._process.stdin.fileno(), call)
        while True:
            kind, result = unpacked(receive(self._process.stdout.fileno(), until))
            if kind == "end":
                self.goes_on = bool(result)
                return
            yield kind, result

    def died(self, late: bool) -> str | None:
        """Why it did not answer, as a sentence, None where it had not ended by itself; it is gone then."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            if not late:
                self._process.wait(1)
        code = self._process.poll()
        self.end()
        return None if code is None else _why(code)

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _why(code: int) -> str:
    """What the end of a worker says about what it was reading."""
    if code == -signal.SIGPROF:
        return "reading it took more processor time than any honest one takes"
    if code == OUT_OF_MEMORY:
        return f"reading it took more than {MEMORY // 1024 // 1024} MiB of memory"
    return f"what read it ended by {f'signal {-code}' if code < 0 else f'exit code {code}'}"
