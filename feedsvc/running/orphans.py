"""The first process of a container inherits what dead ones leave behind, and has to take note of its end.

Where a process of ours was killed, what it had started is killed too, but belongs to nobody then: the kernel gives it
to process 1, and keeps it as a zombie until that asks how it ended (wait(2)).
"""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet

FIRST = 1


def reap(ours: AbstractSet[int]) -> None:
    """Take note of the ends of inherited processes, where this is the first process; those of `ours` are left alone."""
    if os.getpid() != FIRST:
        return
    while (ended := _ended()) is not None and ended not in ours:
        os.waitpid(ended, os.WNOHANG)


def _ended() -> int | None:
    """A child that has ended, still unasked; None where there is none."""
    try:
        found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return None
    return None if found is None else found.si_pid
