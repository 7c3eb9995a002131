"""What was asked of hot feeds: noted in passing, counted and told in portions.

request ─► note ─► waits ─► portion: counts, and a line each
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from multiprocessing.util import Finalize
from threading import Lock, Thread
from time import perf_counter, sleep, time

from .access import Asking, Moment, Tell, line
from .traffic import Counts

EVERY = 0.1
"""Seconds until what waits is told."""
AT_A_TIME = 200
"""Requests of a portion: it takes about a thousandth of a second, in which nobody is answered."""
MOST = 50_000
"""Requests that wait at most; where nobody reads the log, what is more is lost, and how much that was is told."""

What = tuple[str, str, str, bool, bool, int, int, str]
"""What was asked, as in Asking; the status of the answer, the bytes of its body, and their coding."""
Note = tuple[float, float, What]
"""When the answer was begun and finished, by `perf_counter`, and what it was."""

_log = logging.getLogger(__name__)


class Seen:
    """Requests that were answered, for many threads; one of its own counts and tells them."""

    def __init__(self, counts: Counts, tell: Tell) -> None:
        self._counts = counts
        self.tell = tell
        self._waiting: deque[Note] = deque()
        self._lost = 0
        self._started = False
        self._lock = Lock()
        counts.behind(self.settle)

    def note(self, one: Note) -> None:
        """Take notice of a request; it is dealt with later."""
        if len(self._waiting) < MOST:
            self._waiting.append(one)
        else:
            self._lost += 1
        if not self._started:
            self._start()

    def settle(self) -> None:
        """Count and tell what waits now."""
        for _ in range(self._portions()):
            self._portion()

    def _portions(self) -> int:
        return max(1, -(-len(self._waiting) // AT_A_TIME))

    def _portion(self) -> None:
        with self._lock:
            clock = time() - perf_counter()
            alike: dict[What, list[Moment]] = {}
            for _ in range(min(AT_A_TIME, len(self._waiting))):
                began, ended, what = self._waiting.popleft()
                moment = clock + ended, ended - began
                known = alike.get(what)
                if known is None:
                    alike[what] = [moment]
                else:
                    known.append(moment)
        for what, moments in alike.items():
            self._settled(what, moments)

    def _settled(self, what: What, moments: Sequence[Moment]) -> None:
        """Count and tell requests that differ in nothing but the time."""
        method, path, agent, none_match, since, status, size, coding = what
        self._counts.count(path, status, size, none_match or since, len(moments))
        self.tell.many(line(Asking(method, path, agent, none_match, since), status, coding, size), moments)

    def _start(self) -> None:
        with self._lock:
            if self._started:
                return
            self._started = True
        Thread(target=self._run, name="seen", daemon=True).start()
        Finalize(None, self.settle, exitpriority=20)  # before the lines themselves are written

    def _run(self) -> None:
        while True:
            portions = self._portions()
            for _ in range(portions):
                sleep(EVERY / portions)
                self._tell()

    def _tell(self) -> None:
        try:
            self._portion()
            self._tell_lost()
        except Exception:  # whatever it was, what comes next has to be told
            _log.exception("some requests could not be told")

    def _tell_lost(self) -> None:
        if self._lost:
            lost, self._lost = self._lost, 0
            _log.warning("requests were answered that nobody counted: the log was not read", extra={"requests": lost})
