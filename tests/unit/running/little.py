"""Little child processes that tests start, watch and count."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from feedsvc.running.child import ProcessSpec

ROOT = Path(__file__).resolve().parents[3]

NOTE = "import os, sys, time, signal; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')\n"
"""What each child does first: it notes its number in the file that is its argument."""

STAY = NOTE + "time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + STAY


def child(name: str, code: str, notes: Path) -> ProcessSpec:
    """A child that runs the code, with the path of its notes."""
    return ProcessSpec(name=name, argv=(sys.executable, "-c", code, str(notes)), env=environment())


def environment() -> dict[str, str]:
    """Ours, and where feedsvc is found."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def pids(notes: Path) -> list[int]:
    """Every child that was started so far, in order."""
    return [int(line) for line in notes.read_text().split()] if notes.exists() else []


def lives(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    try:
        return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def eventually(holds: Callable[[], object], seconds: float = 10.0) -> bool:
    """Whether it holds, sooner or later."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
