"""What was asked of hot feeds: noted in passing, counted and told in portions.

request ─► note ─► waits ─► portion: counts, and a line each
"""

from __future__ import annotations

from collections import deque
from multiprocessing.util import Finalize
from threading import Lock
from time import perf_counter, time

from .access import Asking, Tell, line
from .answer import Answer
from .traffic import Counts

MOST = 20_000
"""Requests that wait at most; whoever brings more has to deal with them all."""

Note = tuple[float, float, str, str, str, bool, bool, Answer]
"""When the answer was begun and finished, by `perf_counter`; what was asked, as in Asking; and the answer."""


class Seen:
    """Requests that were answered, for many threads. Somebody has to ask for portions, often."""

    def __init__(self, counts: Counts, tell: Tell) -> None:
        self._counts = counts
        self.tell = tell
        self._waiting: deque[Note] = deque()
        self._lock = Lock()
        counts.behind(self.portion)
        Finalize(None, self.portion, exitpriority=20)  # before the lines themselves are written

    def note(self, one: Note) -> None:
        """Take notice of a request; it is dealt with later."""
        self._waiting.append(one)
        if len(self._waiting) > MOST:
            self.portion()

    def portion(self) -> None:
        """Count and tell what waits."""
        with self._lock:
            clock = time() - perf_counter()
            alike: dict[tuple[str, str, str, bool, bool, int], _Alike] = {}
            told = []
            for _ in range(len(self._waiting)):
                began, ended, method, path, agent, none_match, since, answer = self._waiting.popleft()
                key = method, path, agent, none_match, since, id(answer)
                known = alike.get(key)
                if known is None:
                    known = alike[key] = _Alike(Asking(method, path, agent, none_match, since), answer)
                known.times += 1
                told.append((clock + ended, known.values, ended - began))
            for one in alike.values():
                asked, answer = one.asked, one.answer
                conditional = asked.none_match or asked.since
                self._counts.count(asked.path, answer.status, len(answer.body), conditional, one.times)
            self.tell.many(told)


class _Alike:
    """Requests that differ in nothing but the time."""

    __slots__ = ("answer", "asked", "times", "values")

    def __init__(self, asked: Asking, answer: Answer) -> None:
        self.asked, self.answer, self.times = asked, answer, 0
        self.values = line(asked, answer.status, answer.coding, len(answer.body))
