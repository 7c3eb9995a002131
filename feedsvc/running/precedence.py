"""Those who answer readers go first: whatever takes in articles stands back where both want the same processor."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

STEP = 5
"""Of nice(2): a third of the weight of a process that has not stood back, and so a quarter of a processor of two."""
_AUTOGROUP = Path("/proc/self/autogroup")


def stand_back() -> None:
    """Let others go first, from the threads and processes on that are started from now on; once is enough.

    Linux may weigh sessions before processes (sched(7), "the autogroup feature"): a session of our own stands back too.
    Nothing where the system does not let it, and where an operator asked for more.
    """
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, max(STEP, os.getpriority(os.PRIO_PROCESS, 0)))
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            _AUTOGROUP.write_text(str(STEP), encoding="ascii")
