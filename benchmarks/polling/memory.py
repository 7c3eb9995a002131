"""What many sources cost in memory, and how long it takes to read them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .. import cpu
from .crowd import Crowd
from .hosts import hosts

TARGET = 250
"""MB of the scheduler that may stay."""
MEGA = 1_000_000
AT_ONCE = 32
CHECKS = 3
"""Times that the configuration is checked; the median counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """MB of the scheduler after one round of passes in which everything was new, and seconds of `feedsvc check`."""

    resident: float
    most: float
    workers: tuple[float, ...]
    check: float
    check_cpu: float

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.resident < TARGET


def measured(folder: Path, sources: int) -> Measured:
    """Poll every source once, from an empty database on, and look. Raises TimeoutError."""
    with hosts(0.0) as there:
        crowd = Crowd(folder, there.port, sources)
        crowd.write()
        checks = [_checked(crowd) for _ in range(CHECKS)]
        crowd.open()
        with crowd.polled({"FEEDSVC_POLLING__AT_ONCE": str(AT_ONCE)}) as (process,):
            crowd.until(sources)
            return Measured(
                resident=_said(process, "VmRSS"),
                most=_said(process, "VmHWM"),
                workers=tuple(sorted(_said(child, "VmRSS") for child in cpu.children(process))),
                check=median(wall for wall, _ in checks),
                check_cpu=median(spent for _, spent in checks),
            )


def _checked(crowd: Crowd) -> tuple[float, float]:
    """Seconds, and CPU seconds, of one `feedsvc check`."""
    began, before = time.monotonic(), os.times()
    argv = [sys.executable, "-m", "feedsvc", "check"]
    subprocess.run(argv, env={**os.environ, **crowd.environment}, stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - began, spent


def _said(process: int, name: str) -> float:
    """What the system says of a process's memory, in MB (proc(5))."""
    text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(rf"^{name}:\s+(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 / MEGA if found else 0.0
