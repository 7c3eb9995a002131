"""Claims: two processes take what is due, each row once, until there is none left; on every database there is."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from sqlalchemy import insert

from feedsvc.storage.schema import sources
from feedsvc.storage.store import open_store

from .claimer import NOW
from .hosts import ETAG

PROCESSES = 2
PORTION = 10_000
NOT_THERE = "PostgreSQL is not installed on this machine, so nothing was measured on it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How many rows were claimed by whom, in how many seconds."""

    database: str
    shares: tuple[int, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Rows a second, over all processes."""
        return sum(self.shares) / self.seconds


def measured(folder: Path, rows: int) -> list[Measured]:
    """Measure it. Raises RuntimeError where a row was claimed twice, or not at all."""
    found = [_measured("SQLite", f"sqlite:///{folder / 'claims.db'}", rows)]
    with postgresql() as url:
        return found if url is None else [*found, _measured("PostgreSQL", url, rows)]


def _measured(database: str, url: str, rows: int) -> Measured:
    _fill(url, rows)
    with ExitStack() as running:
        processes = [running.enter_context(_claimer(url, f"p{number}")) for number in range(PROCESSES)]
        for process in processes:
            _heard(process)
        began = time.monotonic()
        for process in processes:
            _told(process)
        claimed = [json.loads(_heard(process)) for process in processes]
        seconds = time.monotonic() - began
    every = [source for one in claimed for source in one]
    if len(every) != rows or len(set(every)) != rows:
        raise RuntimeError(f"{database}: {len(every)} claims of {len(set(every))} sources, of which there are {rows}")
    return Measured(database=database, shares=tuple(map(len, claimed)), seconds=seconds)


def _fill(url: str, rows: int) -> None:
    """Sources that did well last time, each with a host and an outlet of its own, all due, in no order."""
    now = int(NOW.timestamp())
    every = [
        {
            "id": f"s{number}",
            "outlet": f"s{number}",
            "state": "configured",
            "cursor": json.dumps({"address": f"http://h{number}.example/rss", "etag": ETAG}),
            "next_poll": now - number * 7919 % 3600,
            "asks": f"h{number}.example",
            "host": f"h{number}.example",
            "last_success": now - 7200,
            "last_outcome": "unchanged",
        }
        for number in range(rows)
    ]
    with closing(open_store(url)) as store, store.database.writing() as connection:
        for start in range(0, rows, PORTION):
            connection.execute(insert(sources), every[start : start + PORTION])


@contextmanager
def _claimer(url: str, holder: str) -> Iterator[subprocess.Popen[str]]:
    argv = [sys.executable, "-m", "benchmarks.polling.claimer", url, holder]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _told(process: subprocess.Popen[str]) -> None:
    to = cast(IO[str], process.stdin)
    to.write("begin\n")
    to.flush()


def _heard(process: subprocess.Popen[str]) -> str:
    line = cast(IO[str], process.stdout).readline()
    if not line:
        raise RuntimeError("a process that claims failed")
    return line


@contextmanager
def postgresql() -> Iterator[str | None]:
    """A new database on a server of its own, None where there is no PostgreSQL."""
    try:
        from tests.postgresql import programs, running  # noqa: PLC0415 - its driver may not be there
    except ImportError:
        yield None
        return
    if programs() is None:
        yield None
        return
    with running() as server:
        yield server.url()
