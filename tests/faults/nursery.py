"""Schedulers that start in a moment: `python -m tests.faults.nursery` reads the configuration, and forks one a line.

They are what `feedsvc schedule` is, but for the second in which a Python imports it, workers to read in, and the time
for which they hold their claims. It prints the number of each, and that prints when it polls; it knows no database
before it forks.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import IO

from feedsvc import bootstrap
from feedsvc.bootstrap import Services, Shift
from feedsvc.bootstrap.reading import plain_reader
from feedsvc.logs import configure_logs
from feedsvc.scheduling.limits import Limits
from feedsvc.scheduling.scheduling import Scheduling
from tests.e2e.newsroom import ROOT

LEASE = timedelta(seconds=2)
LIMITS = Limits(lease=LEASE, a_host=64)
SHARED = ("kinds", "setup", "reader", "classifier")
"""What is no more than values, and may be made before a fork."""


class Nursery:
    """The process, as a test sees it: use it in a `with`. What its schedulers log goes to a file."""

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        self._environment = environment
        self._log = log

    def __enter__(self) -> Nursery:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery"],
                cwd=ROOT,
                env=dict(self._environment),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert _pipe(self._process.stdout).readline() == "ready\n"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=10)

    def start(self) -> int:
        """One more scheduler; gives its number."""
        _pipe(self._process.stdin).write("one\n")
        _pipe(self._process.stdin).flush()
        return int(self._line("started").split()[1])

    def wait_until_it_polls(self, pid: int) -> None:
        """Return when the scheduler of this number, which must not be killed yet, begins to poll."""
        self._line(f"polls {pid}\n")

    def _line(self, start: str) -> str:
        """What it says next that begins so: one that was killed may have said that it polls, or not."""
        for line in _pipe(self._process.stdout):
            if line.startswith(start):
                return line
        raise AssertionError(f"the nursery ended before it said {start}")


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def main() -> None:
    """Be the nursery."""
    configure_logs()
    warm = Services(bootstrap.read_settings(Path(os.environ["FEEDSVC_CONFIG"])), reader=plain_reader())
    for name in SHARED:
        getattr(warm, name)
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    say("ready")
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _schedule(warm)
        say(f"started {pid}")


def _load() -> None:
    """Import what is imported where it is used."""
    import feedsvc.fetching.door
    import feedsvc.fetching.web
    import feedsvc.pipeline.assemble
    import feedsvc.pipeline.ingest
    import feedsvc.storage.media
    import feedsvc.storage.postgresql
    import feedsvc.storage.store  # noqa: F401


def _schedule(warm: Services) -> None:
    """Be a scheduler, until it is killed or told to end."""
    services = warm.under(warm.settings, *SHARED)
    bootstrap.configure(services)
    scheduler = Scheduling(services.store, Shift(services), services.clock, LIMITS)
    signal.signal(signal.SIGTERM, lambda _number, _frame: scheduler.leave())
    scheduler.start()
    say(f"polls {os.getpid()}")
    scheduler.wait()
    finished = scheduler.stop()
    services.close()
    os._exit(0 if finished else 1)


def say(line: str) -> None:
    """One line to the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
