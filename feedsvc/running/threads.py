"""How many requests a web process answers at once, and how they share the interpreter with what is done beside."""

from __future__ import annotations

import os
import sys

MOST = 8
TURN = 0.001
"""Seconds that a thread may keep the interpreter while others want it, a fifth of Python's own: who answers gives it
back after some millionths, and has to wait that long for what is done beside."""


def answering_threads(most: int = MOST) -> int:
    """Threads that answer requests: more than processors, since some wait for the database."""
    return min(most, 2 * (os.cpu_count() or 1) + 1)


def take_short_turns() -> None:
    """Let the threads of this process take turns by the thousandth of a second."""
    sys.setswitchinterval(TURN)
