"""Lines of what happens thousands of times a second: made in a fraction of the time, and written in portions.

They read as those of `logs` do. On a terminal they go the usual way: nobody reads thousands a second there.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from multiprocessing.util import Finalize
from select import PIPE_BUF
from threading import Lock, Thread
from time import gmtime, sleep, strftime, time
from typing import TextIO

EVERY = 0.2
"""Seconds between two portions."""
MOST = 20_000
"""Lines that wait at most; where nobody reads the log, what is more is lost."""
_REMEMBERED = 4096

Values = tuple[object, ...]


class LogLines:
    """Lines of one event with always the same fields, the last of which are the milliseconds that it took.

    For many threads.
    """

    def __init__(self, logger: str, event: str, names: Sequence[str], stream: TextIO | None = None) -> None:
        self._logger = logging.getLogger(logger)
        self._event = event
        self._names = tuple(names)
        self._stream = stream or sys.stderr
        self._usual = self._stream.isatty()
        self._waiting: deque[tuple[float, Values, float]] = deque()
        self._writing = Lock()
        self._started = False
        self._begun = lru_cache(_REMEMBERED)(self._begin)

    def one(self, values: Values, elapsed: float, level: int = logging.INFO) -> None:
        """Have a line written, soon: the values of all fields but the last, and how many seconds it took."""
        if self._usual or level < logging.INFO:
            self._told(values, elapsed, level)
        elif self._logger.isEnabledFor(level):
            if len(self._waiting) < MOST:
                self._waiting.append((time(), values, elapsed))
            if not self._started:
                self._start()

    def many(self, lines: Sequence[tuple[float, Values, float]]) -> None:
        """Write lines now, in their order: each with its time, in seconds since 1970."""
        if self._usual:
            for _, values, elapsed in lines:
                self._told(values, elapsed, logging.INFO)
        elif self._logger.isEnabledFor(logging.INFO):
            self._write(lines)

    def _told(self, values: Values, elapsed: float, level: int) -> None:
        """The usual way."""
        fields = dict(zip(self._names, (*values, round(elapsed * 1000, 1)), strict=True))
        self._logger.log(level, self._event, extra=fields)

    def write(self) -> None:
        """Write what waits."""
        lines: list[tuple[float, Values, float]] = []
        with suppress(IndexError):  # another one writes, too
            while len(lines) < MOST:
                lines.append(self._waiting.popleft())
        self._write(lines)

    def _write(self, lines: Sequence[tuple[float, Values, float]]) -> None:
        """Raises nothing: a log that cannot be written is lost."""
        begun: dict[int, str] = {}  # many are of the very same values
        text = []
        for at, values, elapsed in lines:
            begin = begun.get(id(values))
            if begin is None:
                begin = begun[id(values)] = self._begun(values)
            second = int(at)
            text.append(f'{begin}{elapsed * 1000:.1f}, "time": "{_stamp(second)}.{int((at - second) * 1e6):06d}Z"}}\n')
        with self._writing:
            try:
                for portion in _portions(text):
                    self._stream.write(portion)
                    self._stream.flush()
            except (OSError, ValueError):
                return

    def _start(self) -> None:
        with self._writing:
            if self._started:
                return
            self._started = True
        Thread(target=self._run, name="request lines", daemon=True).start()
        Finalize(None, self.write, exitpriority=10)  # what multiprocessing started knows no atexit

    def _run(self) -> None:
        while True:
            sleep(EVERY)
            self.write()

    def _begin(self, values: Values) -> str:
        """The line up to the last value; the same requests come again and again."""
        fields = {"event": self._event, "level": "info", "logger": self._logger.name}
        named = dict(zip(self._names, (*values, 0), strict=True))
        return json.dumps({**fields, **named}, ensure_ascii=False).removesuffix("0}")


@lru_cache(4)
def _stamp(second: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(second))


def _portions(lines: Iterable[str]) -> Iterator[str]:
    """The lines in portions that a pipe takes whole, so that those of other processes do not come between (pipe(7))."""
    portion, size = list[str](), 0
    for line in lines:
        length = len(line.encode("utf-8", "replace"))
        if portion and size + length > PIPE_BUF:
            yield "".join(portion)
            portion, size = [], 0
        portion.append(line)
        size += length
    if portion:
        yield "".join(portion)
