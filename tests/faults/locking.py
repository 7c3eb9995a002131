"""Another process that writes, and takes its time: `python -m tests.faults.locking URL` until it is told to let go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from tests.databases import connected
from tests.e2e.newsroom import ROOT

TURN = "SELECT pg_advisory_xact_lock(hashtext('feedsvc ' || current_schema()), 1)"
"""What a writer of ours begins with on PostgreSQL."""


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Nobody else can write while inside."""
    argv = [sys.executable, "-m", "tests.faults.locking", url]
    with subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            process.communicate("let go\n", 10)


def main(url: str) -> None:
    """Hold the lock."""
    with closing(connected(url)) as connection:
        connection.execute(TURN if isinstance(connection, psycopg.Connection) else "BEGIN IMMEDIATE")
        print("locked", flush=True)  # noqa: T201
        sys.stdin.readline()


if __name__ == "__main__":
    main(sys.argv[1])
