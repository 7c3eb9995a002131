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

Note = tuple[float, float, Asking, Answer]
"""When the answer was begun and finished, by `perf_counter`; what was asked, and the answer."""


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
            portion = [self._waiting.popleft() for _ in range(len(self._waiting))]
            alike: dict[tuple[Asking, int], list[Note]] = {}
            for note in portion:
                alike.setdefault((note[2], id(note[3])), []).append(note)
            told = []
            for notes in alike.values():
                _, _, asked, answer = notes[0]
                size = len(answer.body)
                self._counts.count(asked.path, answer.status, size, asked.none_match or asked.since, len(notes))
                values = line(asked, answer.status, answer.coding, size)
                told += [(clock + ended, values, ended - began) for began, ended, _, _ in notes]
            self.tell.many(sorted(told))
