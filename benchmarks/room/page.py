"""What was measured, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..results import machine
from .newsroom import FEEDS
from .size import Size

MOST_WAITED, MOST_LEFT = 0.1, 0.1
"""Wanted: nobody waits for more seconds, and of the room of an article at most such a share stays for its identity."""
POINTS = 24

PAGE = """# Room: a year of articles, of which {keep} days are kept

Written by `./run bench room {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

| | | wanted | met |
|---|---|---|---|
| what the file grows by a day on which as much goes as comes : by one on which all stays | {left} | {bounded} |
| the file after the year : the same on day {settled} | {grown:.2f} | | |
| the file when {later} days were kept in the end : before | {shrunk:.2f} | | |
| its write-ahead log, at most : the file after the year | {log:.2f} | | |

```mermaid
xychart-beta
    title "MB of the file, day by day"
    x-axis "day" 0 --> {days}
    y-axis "MB" 0 --> {top}
    line [{line}]
```

The longest that somebody waited who did one thing after another, 10 ms apart, and by how much the same loop came late
that did nothing, milliseconds:

| while | a reader | a second writer | nothing, late | wanted | met |
|---|---|---|---|---|---|
{waited}

What goes on growing is the identities of articles that have gone, which are kept for ever.
{a_day} articles a day of 400 words, each in 25 of {feeds:,} feeds.

| | |
|---|---|
{machine}
"""


@dataclass(frozen=True, slots=True)
class Waited:
    """The longest waits in seconds, of whoever reads, writes, and does nothing, while something was done."""

    what: str
    reads: float
    writes: float
    idles: float

    @property
    def met(self) -> bool:
        """Whether nobody who wants something waited for too long."""
        return max(self.reads, self.writes) <= MOST_WAITED


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """MB of the file at the end of each day, and `after` less was kept, and of its log at most; who waited how long."""

    megabytes: Sequence[float]
    after: float
    log: float
    waited: Sequence[Waited]


def page(size: Size, found: Found) -> str:
    """The whole page, in Markdown."""
    settled, last = found.megabytes[size.settled - 1], found.megabytes[-1]
    added = (found.megabytes[size.keep - 1] - found.megabytes[0]) / (size.keep - 1)
    left = (last - settled) / (size.days - size.settled) / added
    every = max(1, size.days // POINTS)
    return PAGE.format(
        keep=size.keep,
        options=size.options,
        settled=size.settled,
        grown=last / settled,
        left=f"{left:.3f}",
        bounded=f"at most {MOST_LEFT:g} | {_yes(left <= MOST_LEFT)}",
        later=size.later,
        shrunk=found.after / last,
        log=found.log / last,
        days=size.days,
        top=round(max(found.megabytes) * 1.2) or 1,
        line=", ".join(f"{one:.1f}" for one in found.megabytes[every - 1 :: every]),
        waited="\n".join(map(_row, found.waited)),
        a_day=size.a_day,
        feeds=len(FEEDS),
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
    )


def _row(one: Waited) -> str:
    times = " | ".join(f"{seconds * 1000:.0f}" for seconds in (one.reads, one.writes, one.idles))
    return f"| {one.what} | {times} | {MOST_WAITED * 1000:.0f} | {_yes(one.met)} |"


def _yes(met: bool) -> str:
    return "yes" if met else "no"
