"""A scheduler by another clock: `python -m tests.faults.clocks`, which reads from its input how many seconds it is off.

It is what `feedsvc schedule` is, but for workers to read in. APScheduler, which looks at the clock of the machine, is
shown the same one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from apscheduler.schedulers import base

from feedsvc import bootstrap
from feedsvc.bootstrap import Services, Shift
from feedsvc.bootstrap.reading import plain_reader
from feedsvc.logs import configure_logs
from tests.e2e.newsroom import ROOT
from tests.fakes.clock import WallClock


class ByAnotherClock:
    """The process, as a test sees it: use it in a `with`. What it logs goes to a file."""

    def __init__(self, environment: Mapping[str, str], log: Path, off: float = 0.0) -> None:
        self._environment = environment
        self._log = log
        self._off = off

    def __enter__(self) -> ByAnotherClock:
        argv = [sys.executable, "-m", "tests.faults.clocks"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                argv, cwd=ROOT, env=dict(self._environment), stdin=subprocess.PIPE, stderr=log, text=True
            )
        self.set(self._off)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=15)
        assert self._process.returncode == 0

    def set(self, off: float) -> None:
        """Have its clock be so many seconds ahead of the right one."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{off}\n")
        self._process.stdin.flush()


def main() -> None:
    """Be the scheduler."""
    clock = WallClock()
    clock.off = float(sys.stdin.readline())

    class SetDatetime(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Self:
            return cls.fromtimestamp(time.time() + clock.off, UTC)

    base.datetime = SetDatetime
    configure_logs()
    settings = bootstrap.read_settings(Path(os.environ["FEEDSVC_CONFIG"]))
    services = Services(settings, clock=lambda: clock().replace(microsecond=0), reader=plain_reader())
    bootstrap.configure(services)
    scheduler = bootstrap.scheduling(services, Shift(services))
    signal.signal(signal.SIGTERM, lambda _number, _frame: scheduler.leave())
    scheduler.start()
    Thread(target=_obey, args=(clock,), daemon=True).start()
    scheduler.wait()
    finished = scheduler.stop()
    services.close()
    os._exit(0 if finished else 1)


def _obey(clock: WallClock) -> None:
    for line in sys.stdin:
        clock.off = float(line)


if __name__ == "__main__":
    main()
