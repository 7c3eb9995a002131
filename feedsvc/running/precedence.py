"""Those who answer readers go first: whatever takes in articles stands back where both want the same processor."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

STEP = 5
"""Of nice(2): a third of the weight of a process that has not stood back, and so a quarter of a processor of two."""
_AUTOGROUP = Path("/proc/self/autogroup")
_LAST = 19


def stand_back() -> None:
    """Let others go first that were started as this process was, from the threads and processes on that it starts now.

    Linux may weigh sessions before processes (sched(7), "the autogroup feature"): a session of our own stands back too.
    Nothing where the system does not let it.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, min(_LAST, os.getpriority(os.PRIO_PROCESS, 0) + STEP))
    if os.getsid(0) == os.getpid():
        with suppress(OSError, ValueError):
            nice = int(_AUTOGROUP.read_text(encoding="ascii").rpartition(" ")[2])
            _AUTOGROUP.write_text(str(min(_LAST, nice + STEP)), encoding="ascii")
