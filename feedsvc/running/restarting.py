"""When a process that ended is started again: pure, so that the pauses can be read off a test."""

from __future__ import annotations

import signal
from typing import NamedTuple

QUICK = 10.0
"""Seconds; a process that lived for less ended quickly, and may end like that again."""
LONGEST = 5.0
"""Seconds between two starts of a process that ends by a fault of its own."""
LONGEST_KILLED = 0.25
"""Seconds between two starts of a process that was killed: by the kernel, for memory, or by hand."""
KILLED = 128 + signal.SIGKILL
"""The exit code, as shells write it, of a process that ended because one that it started was killed."""


class Restart(NamedTuple):
    """How many times in a row the process has ended quickly, and how many seconds to wait before it is started."""

    quick: int
    wait: float


def restart(code: int | None, lived: float, quick: int) -> Restart:
    """What follows after an end with an exit code (None: it never started) and `quick` quick ones just before.

    The first end costs no pause. Then a process that fails waits twice as long each time, while one that was killed did
    nothing wrong, and its feeds are waited for.
    """
    quick = quick + 1 if lived < QUICK else 0
    if quick <= 1:
        return Restart(quick, 0.0)
    if code in {-signal.SIGKILL, KILLED}:
        return Restart(quick, LONGEST_KILLED)
    return Restart(quick, min(LONGEST, 2.0 ** (min(quick, 16) - 4)))
