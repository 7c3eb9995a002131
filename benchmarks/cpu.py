"""The CPU time of this process and of everything that it started, of another one, and of the machine."""

from __future__ import annotations

import os
import resource
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PARENT, USER, CHILDREN_SYSTEM = 1, 11, 14
"""Fields of /proc/<pid>/stat, counted from the state, which follows the name (proc(5))."""


def spent() -> float:
    """Seconds of this process, its dead children, and its living descendants with their dead children."""
    own, dead = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(_seconds(fields) for fields in _descendants(os.getpid()))
    return own.ru_utime + own.ru_stime + dead.ru_utime + dead.ru_stime + living


def of(process: int) -> float:
    """Seconds of another process that is alive, without those of what it started."""
    text = Path(f"/proc/{process}/stat").read_text(errors="replace")
    fields = text.rpartition(")")[2].split()
    return sum(map(int, fields[USER : USER + 2])) / TICKS


def tree(process: int) -> float:
    """Seconds of another process that is alive, its living descendants, and all of their dead children."""
    own = next((fields for number, fields in _processes() if number == process), None)
    return sum(map(_seconds, (*(() if own is None else (own,)), *_descendants(process))))


def children(process: int) -> list[int]:
    """The processes that a process started, and that are alive."""
    return [number for number, fields in _processes() if int(fields[PARENT]) == process]


def busy() -> float:
    """Seconds that all processors together have worked since the start of the machine, for whomever."""
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, softirq = map(int, fields[:7])
    return (user + nice + system + irq + softirq) / TICKS


def _descendants(process: int) -> Iterator[list[str]]:
    children: dict[int, list[tuple[int, list[str]]]] = defaultdict(list)
    for number, fields in _processes():
        children[int(fields[PARENT])].append((number, fields))
    waiting = [process]
    while waiting:
        for number, fields in children[waiting.pop()]:
            waiting.append(number)
            yield fields


def _processes() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                text = (folder / "stat").read_text(errors="replace")
            except OSError:  # it has just ended
                continue
            yield int(folder.name), text.rpartition(")")[2].split()


def _seconds(fields: list[str]) -> float:
    return sum(map(int, fields[USER : CHILDREN_SYSTEM + 1])) / TICKS
