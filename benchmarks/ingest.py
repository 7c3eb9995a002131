"""Ingest: the same feeds taken in by both sides in turn, in processor time.

upstream ◄── plain · ours · plain · ours …   each round from empty databases, through the cases, one after the other
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .feeds import ENTRIES

CASES = {
    "new": ("all new", 4.0),
    "same": ("200 with nothing new: the same bytes", 8.0),
    "moved": ("200 with nothing new: only the time of the build moved", 8.0),
    "validated": ("304", 1.2),
}
"""Each case, and how many times as much processor time the plain way shall take."""
SETTLING = "validated"
"""A case that is told once before it is measured: the answers that bear the validators come first."""


@dataclass(frozen=True)
class Result:
    """Of one case: the median of its rounds' ratios, and microseconds of processor time an entry on either side."""

    case: str
    ratio: float
    plain: float
    ours: float

    @property
    def target(self) -> float:
        return CASES[self.case][1]


class Side:
    """A process that takes in what it is told to."""

    def __init__(self, module: str, *arguments: str) -> None:
        argv = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
        self._process = subprocess.Popen(  # noqa: S603  our own command
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def take_in(self) -> Mapping[str, float]:
        """All sources once: `seconds` and `articles`. Raises RuntimeError where the process is gone."""
        assert self._process.stdin is not None and self._process.stdout is not None  # noqa: S101, PT018
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        if not said:
            raise RuntimeError("a side of the benchmark ended by itself")
        found: Mapping[str, float] = json.loads(said)
        return found

    def end(self) -> None:
        """Let it end by itself."""
        self._process.communicate()


def measured(sources: int, rounds: int) -> tuple[Result, ...]:
    """Every case over so many sources. Raises RuntimeError where the two sides do not store the same."""
    with upstream(sources) as port, tempfile.TemporaryDirectory() as folder:
        taken = [round_of(port, sources, Path(folder) / str(number)) for number in range(rounds)]
    return tuple(_result(case, [one[case] for one in taken], sources) for case in CASES)


def round_of(port: int, sources: int, folder: Path) -> Mapping[str, tuple[float, float]]:
    """Seconds of the plain way and of ours, by case."""
    folder.mkdir()
    found = {}
    with ExitStack() as stack:
        plain = Side("plain", str(port), str(sources), str(folder / "plain.db"))
        stack.callback(plain.end)
        ours = Side("ours", str(port), str(sources), str(folder))
        stack.callback(ours.end)
        for case in CASES:
            tell(port, case)
            if case == SETTLING:
                plain.take_in()
                ours.take_in()
            found[case] = (plain.take_in()["seconds"], ours.take_in()["seconds"])
            if case == "new":
                require_the_same(folder / "plain.db", folder / "feedsvc.db", sources * ENTRIES)
    return found


def require_the_same(plain: Path, ours: Path, articles: int) -> None:
    """Raises RuntimeError unless both databases hold the same articles: ids, titles, links and dates."""
    first, second = held(plain), held(ours)
    if first != second or len(first) < articles:
        raise RuntimeError(f"the two sides differ: {len(first)} and {len(second)} articles")


def held(file: Path) -> Mapping[str, tuple[str, str, int]]:
    """The articles of a database, by id."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT id, text, published FROM articles").fetchall()
    texts = {name: (json.loads(text), published) for name, text, published in rows}
    return {name: (text["title"], text["link"], published) for name, (text, published) in texts.items()}


@contextmanager
def upstream(sources: int) -> Iterator[int]:
    """The port of a server of that many sources and some more."""
    argv = [sys.executable, "-m", "benchmarks.upstream", str(sources + 100)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  our own command
        try:
            assert process.stdout is not None  # noqa: S101
            yield int(process.stdout.readline())
        finally:
            process.kill()


def tell(port: int, case: str) -> None:
    """Set what the server does."""
    urllib.request.urlopen(f"http://127.0.0.1:{port}/case/{case}", timeout=10).close()


def _result(case: str, seconds: list[tuple[float, float]], sources: int) -> Result:
    entry = 1e6 / (sources * ENTRIES)
    return Result(
        case,
        ratio=statistics.median(plain / ours for plain, ours in seconds),
        plain=statistics.median(plain for plain, _ in seconds) * entry,
        ours=statistics.median(ours for _, ours in seconds) * entry,
    )
