"""Lines of what happens thousands of times a second: made in a fraction of the time, and written in portions.

They read as those of `logs` do. On a terminal they go the usual way: nobody reads thousands a second there.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from multiprocessing.util import Finalize
from operator import itemgetter
from select import PIPE_BUF
from stat import S_ISREG
from threading import Lock, Thread
from time import gmtime, sleep, strftime, time
from typing import TextIO

EVERY = 0.2
"""Seconds between two portions."""
MOST = 20_000
"""Lines that wait at most; where nobody reads the log, what is more is lost."""
_REMEMBERED = 4096

_AT_ONCE = 64 * 1024
"""Bytes of a portion that goes into a file."""
_REST = 56
"""Bytes that come at most after what a line begins with: figures."""
_END = 'Z"}\n'
# To look figures up takes half the time that it takes to write them.
_LOOKED_UP = 1000
_TENTHS = tuple(f"{number / 10:.1f}" for number in range(_LOOKED_UP))
_THREE = tuple(f"{number:03d}" for number in range(1000))

Values = tuple[object, ...]
Moment = tuple[float, float]
"""When a line is of, in seconds since 1970, and how many seconds it took."""


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
        self._whole = _whole(self._stream)
        self._waiting: deque[tuple[Values, Moment]] = deque()
        self._writing = Lock()
        self._started = False
        self._begun = lru_cache(_REMEMBERED)(self._begin)

    def one(self, values: Values, elapsed: float, level: int = logging.INFO) -> None:
        """Have a line written, soon: the values of all fields but the last, and how many seconds it took."""
        if self._usual or level < logging.INFO:
            self._told(values, elapsed, level)
        elif self._logger.isEnabledFor(level):
            if len(self._waiting) < MOST:
                self._waiting.append((values, (time(), elapsed)))
            if not self._started:
                self._start()

    def many(self, values: Values, moments: Sequence[Moment]) -> None:
        """Write lines of the same values now."""
        if self._usual:
            for _, elapsed in moments:
                self._told(values, elapsed, logging.INFO)
        elif self._logger.isEnabledFor(logging.INFO):
            self._write(self._lines(values, moments))

    def _told(self, values: Values, elapsed: float, level: int) -> None:
        """The usual way."""
        fields = dict(zip(self._names, (*values, round(elapsed * 1000, 1)), strict=True))
        self._logger.log(level, self._event, extra=fields)

    def write(self) -> None:
        """Write what waits."""
        waiting: list[tuple[Values, Moment]] = []
        with suppress(IndexError):  # another one writes, too
            while len(waiting) < MOST:
                waiting.append(self._waiting.popleft())
        for values, alike in groupby(waiting, itemgetter(0)):
            self._write(self._lines(values, [moment for _, moment in alike]))

    def _lines(self, values: Values, moments: Sequence[Moment]) -> Iterator[str]:
        """Lines, in portions that are written whole, so that those of other processes do not come between."""
        begun = self._begun(values)
        most = max(1, self._whole // (len(begun.encode("utf-8", "replace")) + _REST))
        for second, alike in _by_seconds(moments):
            between = f', "time": "{_stamp(second)}.'
            for start in range(0, len(alike), most):
                parts: list[str] = []
                for at, elapsed in alike[start : start + most]:
                    tenths, millionths = int(elapsed * 10_000 + 0.5), int((at - second) * 1e6)
                    took = _TENTHS[tenths] if tenths < _LOOKED_UP else f"{elapsed * 1000:.1f}"
                    parts += (begun, took, between, _THREE[millionths // 1000], _THREE[millionths % 1000], _END)
                yield "".join(parts)

    def _write(self, portions: Iterable[str]) -> None:
        """Raises nothing: a log that cannot be written is lost."""
        with self._writing:
            try:
                for portion in portions:
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


def _by_seconds(moments: Sequence[Moment]) -> Iterator[tuple[int, Sequence[Moment]]]:
    """The moments of each second; nearly always it is but one."""
    seconds = {int(at) for at, _ in moments}
    for second in sorted(seconds):
        yield second, moments if len(seconds) == 1 else [one for one in moments if int(one[0]) == second]


@lru_cache(4)
def _stamp(second: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(second))


def _whole(stream: TextIO) -> int:
    """Bytes that are written at once without anybody's between: of a pipe it is what pipe(7) promises."""
    try:
        regular = S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        regular = False
    return _AT_ONCE if regular else PIPE_BUF
