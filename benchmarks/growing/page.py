"""What was measured, as pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ..results import machine
from .asking import Asked, percentile
from .growth import STARTS, Series, Step
from .million import CORRECTED, NEW, Million
from .size import Size
from .starting import Start

P95, P99 = 2.0, 5.0
"""Milliseconds of a question."""
KEPT, OVER_BARE = 0.7, 0.4
"""Of the rate of ingest: against the small store, and against the bare statements."""
HELP, SERVE = 0.3, 1.5
"""Seconds."""
FLAT = 1.5
"""At most so many times what it costs in the smallest store: what is measured in microseconds differs by as much."""

GROWTH = """# Growth

Written by `./run bench growth {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

{articles:,} articles on SQLite, against a store of {few:,}:

| | CPU | by the clock | wanted | met |
|---|---|---|---|---|
{rows}

Whether it is met is told by the CPU time of the thread, and of a start by the clock; in brackets are the quickest and
the slowest.

What a publication (one article stored, and every feed that it is in asked for what it shows), a claim (of one source,
while all are due) and a start (until the first feed was served) cost in CPU time. The smallest store is 1:

| | publication | claim | start |
|---|---|---|---|
{steps}

{plots}

Of the smallest store of each, in that order: {smallest}. Of the largest: {largest}.

Rounds: {rounds}, all stores in turn, with {starts} starts of each; medians.

| | |
|---|---|
{machine}
"""

MILLION = """# A million articles on PostgreSQL

Written by `./run bench million-postgresql {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

{articles:,} articles on a server of its own, {version}, against a store of {few:,} on the same:

| | by the clock | wanted | met |
|---|---|---|---|
{rows}

Rounds: {rounds}, in turn; medians.

| | |
|---|---|
{machine}
"""

PLOT = """```mermaid
xychart-beta
    title "Cost by {what}: publication, claim, start; the smallest store = 1"
    x-axis "{what}" [{places}]
    y-axis "times" 0 --> {most}
{lines}
```"""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: CPU and by the clock; a lowest or highest is wanted of it."""

    what: str
    cpu: float
    wall: float
    wanted: float | None
    at_least: bool = False

    def met(self, clock: bool) -> str:
        """Whether it is as wanted, by one of the two; nothing where nothing is."""
        if self.wanted is None:
            return ""
        figure = self.wall if clock else self.cpu
        return "yes" if (figure >= self.wanted if self.at_least else figure <= self.wanted) else "no"

    @property
    def sought(self) -> str:
        """What is wanted, in words."""
        if self.wanted is None:
            return ""
        return f"at {'least' if self.at_least else 'most'} {self.wanted:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Seconds of `feedsvc --help`, and what `feedsvc serve` took with all articles."""

    help: Sequence[float]
    serve: Sequence[Start]


def growth(size: Size, found: Million, starts: Starts, series: Sequence[Series]) -> str:
    """The page of SQLite."""
    rows = [
        f"| {one.what} | **{one.cpu:.2f}** | {one.wall:.2f} | {one.sought} | {one.met(False)} |" for one in _rows(found)
    ]
    rows.append(_start("`feedsvc serve` until it is ready, s", [one.ready for one in starts.serve], SERVE))
    rows.append(_start("`feedsvc serve` until its first feed, s", [one.feed for one in starts.serve]))
    rows.append(_start("`feedsvc --help`, s", starts.help, HELP))
    return GROWTH.format(
        options=size.options,
        articles=size.most,
        few=size.articles[0],
        rows="\n".join(rows),
        steps="\n".join(line for one in series for line in _steps(one)),
        plots="\n\n".join(map(_plot, series)),
        smallest="; ".join(_absolute(one.steps[0]) for one in series),
        largest="; ".join(_absolute(one.steps[-1]) for one in series),
        rounds=size.rounds,
        starts=min(size.rounds, STARTS),
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
    )


def million(size: Size, found: Million, version: str) -> str:
    """The page of PostgreSQL, whose own CPU time nobody counts."""
    rows = (f"| {one.what} | **{one.wall:.2f}** | {one.sought} | {one.met(True)} |" for one in _rows(found))
    return MILLION.format(
        options=size.options,
        articles=size.most,
        few=size.articles[0],
        version=version,
        rows="\n".join(rows),
        rounds=size.rounds,
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
    )


def _rows(found: Million) -> Iterator[Row]:
    newest = "newest 50 of a topic in a region"
    yield from _asked(f"{newest}, by name and version", found.names, P95, P99)
    yield from _asked(f"{newest}, whole articles", found.articles)
    for what, of in (("new", NEW), ("corrected", CORRECTED)):
        ingest = found.ingest
        kept = ingest.kept(of), ingest.kept(of, clock=True)
        yield Row(f"ingest of {what} articles: rate, that of the small store = 1", *kept, KEPT, at_least=True)
        bare = ingest.over_bare(of), ingest.over_bare(of, clock=True)
        yield Row(f"ingest of {what} articles: rate, that of the bare statements = 1", *bare, OVER_BARE, at_least=True)


def _start(what: str, seconds: Sequence[float], wanted: float | None = None) -> str:
    one = Row(what, 0, median(seconds), wanted)
    figure = f"**{one.wall:.2f}** ({min(seconds):.2f} to {max(seconds):.2f})"
    return f"| {what} | | {figure} | {one.sought} | {one.met(True)} |"


def _asked(what: str, one: Asked, p95: float | None = None, p99: float | None = None) -> Iterator[Row]:
    for name, of, wanted in (("p95", 0.95, p95), ("p99", 0.99, p99)):
        yield Row(f"{what}: {name}, ms", percentile(one.cpu, of), percentile(one.wall, of), wanted)


def _steps(one: Series) -> Iterator[str]:
    for step, costs in zip(one.steps, _relative(one), strict=True):
        yield f"| {step.number:,} {one.what} | " + " | ".join(f"{cost:.2f}" for cost in costs) + " |"


def _relative(one: Series) -> list[tuple[float, float, float]]:
    first = one.steps[0]
    return [
        (step.publication / first.publication, step.claim / first.claim, step.start / first.start) for step in one.steps
    ]


def _plot(one: Series) -> str:
    costs = _relative(one)
    lines = (f"    line [{', '.join(f'{cost:.2f}' for cost in line)}]" for line in zip(*costs, strict=True))
    return PLOT.format(
        what=one.what,
        places=", ".join(f'"{step.number:,}"' for step in one.steps),
        most=f"{max(2.0, *(cost for line in costs for cost in line)):.1f}",
        lines="\n".join(lines),
    )


def _absolute(step: Step) -> str:
    return f"{step.publication:.1f} ms, {step.claim:.2f} ms and {step.start:.2f} s"
