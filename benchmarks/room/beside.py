"""Those who watch beside, each in a process of its own, and which of their waits fell into a certain time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, cast

WHO = ("reads", "writes", "idles")

Wait = tuple[float, float]
"""When something began, by the machine's monotonic clock, and how many seconds it took."""


@dataclass
class Beside:
    """All of them; `waits` are there once they have ended."""

    waits: Mapping[str, Sequence[Wait]] = field(default_factory=dict)

    def longest(self, who: str, times: Sequence[Wait]) -> float:
        """The longest wait of somebody that overlaps one of these times, in order; 0 where none was worth telling."""
        return max((seconds for began, seconds in self.waits[who] if _within(began, seconds, times)), default=0.0)


@contextmanager
def beside(url: str) -> Iterator[Beside]:
    """Let them watch while inside. Raises RuntimeError where one failed."""
    found = Beside()
    with ExitStack() as running:
        processes = {who: running.enter_context(_watcher(who, url)) for who in WHO}
        for process in processes.values():
            _heard(process)
        yield found
        for process in processes.values():
            _told(process)
        found.waits = {who: [tuple(one) for one in json.loads(_heard(each))] for who, each in processes.items()}


def _within(began: float, seconds: float, times: Sequence[Wait]) -> bool:
    return any(start < began + seconds and began < start + took for start, took in times)


@contextmanager
def _watcher(who: str, url: str) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-m", "benchmarks.room.watcher", who, url]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _told(process: subprocess.Popen[str]) -> None:
    to = cast(IO[str], process.stdin)
    to.write("over\n")
    to.flush()


def _heard(process: subprocess.Popen[str]) -> str:
    line = cast(IO[str], process.stdout).readline()
    if not line:
        raise RuntimeError("a process that watches failed")
    return line
