"""What was measured, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..results import machine
from .size import Size

PAGE = """# Plans and applies

Written by `./run bench plan {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

Over {articles:,} stored articles of {words} words, in seconds from start to end; in brackets are the fastest and the
slowest of {rounds}.

| edit | articles in other feeds | plan | wanted | met | apply |
|---|---|---|---|---|---|
{rows}

A plan takes {share} of the time that the classification alone of all these articles takes in one process.

| | |
|---|---|
{machine}
"""

WANTED = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What an edit took, in seconds; `differing` articles would stand, and then stood, in other feeds."""

    edit: str
    differing: int
    plans: Sequence[float]
    apply: float


def page(size: Size, found: Sequence[Found], classifying: float) -> str:
    """The whole page, in Markdown; `classifying` are the seconds for all articles in one process."""
    slowest = max(median(one.plans) for one in found)
    return PAGE.format(
        options=size.options,
        articles=size.articles,
        words=size.words,
        rounds=size.rounds,
        rows="\n".join(map(_row, found)),
        share=f"{slowest / classifying:.2f}",
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
    )


def _row(one: Found) -> str:
    plan = median(one.plans)
    spread = f"{min(one.plans):.1f} to {max(one.plans):.1f}"
    met = "yes" if plan <= WANTED else "no"
    return f"| {one.edit} | {one.differing:,} | **{plan:.1f}** ({spread}) | {WANTED:g} | {met} | {one.apply:.1f} |"
