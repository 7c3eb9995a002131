"""One of the two that are compared, as a process: told to begin on its input, it says on its output what that took."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

WARM = 16
"""Sources that each side takes in before anything is measured."""


def serve(take_in: Callable[[range], int], sources: int) -> None:
    """Take in all sources once for each line; `take_in` gives how many articles were new or changed."""
    take_in(range(sources, sources + WARM))
    for _ in iter(sys.stdin.readline, ""):
        before = processor_seconds()
        articles = take_in(range(sources))
        said = {"seconds": processor_seconds() - before, "articles": articles}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def processor_seconds() -> float:
    """What this process and all that it started have had of processors, dead or alive."""
    times = os.times()
    ticks = sum(map(_ticks, _children(os.getpid())))
    return times.user + times.system + times.children_user + times.children_system + ticks / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task")
    return [int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def _ticks(process: int) -> int:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))
