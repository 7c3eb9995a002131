"""What was measured, as a page."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path

from feedsvc.storage.sqlite import DRIVER

from .ingest import CASES, Result

PAGE = Path(__file__).resolve().parent / "RESULTS.md"


def page(results: Iterable[Result], sources: int, rounds: int) -> str:
    """Ratios, the machine, and the way to measure again."""
    results = tuple(results)
    ratios = "".join(
        f"| {CASES[one.case][0]} | {one.ratio:.1f} × | {one.target:g} × | {_met(one)} |\n" for one in results
    )
    entries = "".join(f"| {CASES[one.case][0]} | {one.plain:.0f} | {one.ours:.0f} |\n" for one in results)
    return f"""# Results

`./run bench ingest --sources {sources} --rounds {rounds}`

## Ingest

{sources} sources of 50 entries of 200 words on this machine, {rounds} rounds, both sides in turn, from empty databases.
How many times as much processor time the plain way takes (requests in a thread pool, feedparser, nh3, each row by a
statement of its own), the median of the rounds:

| case | plain / feedsvc | wanted | met |
| --- | --- | --- | --- |
{ratios}
For orientation only, microseconds of processor time an entry, all processes together:

| case | plain | feedsvc |
| --- | --- | --- |
{entries}
{os.cpu_count()} processors ({_processor()}), Python {platform.python_version()}, SQLite {DRIVER.sqlite_version}.
"""


def _met(result: Result) -> str:
    return "yes" if result.ratio >= result.target else "no"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
