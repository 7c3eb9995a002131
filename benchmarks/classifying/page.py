"""What was measured, as a page: ratios, which hold on other machines too, and the machine that gave them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ..results import machine
from .size import Size
from .texts import WORDS

FASTER, DEARER = 120.0, 10.0
"""Wanted: the loop takes so many times what matching takes, and the decision at most so many times that."""

PAGE = """# Classification against a loop of `in`

Written by `./run bench classify {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

CPU time over the same articles. The ratio is that of the medians, in brackets are the lowest and the highest of any
round.

| | ratio | wanted | met |
|---|---|---|---|
| a loop of `in` : normalising and matching | {faster} | at least {least:g} | {fast} |
| the whole decision : normalising and matching | {dearer} | at most {most:g} | {cheap} |

{articles} articles of {words} words, {names:,} names and {phrases:,} phrases, of which {hits:.0f} are found in an
article; rounds: {rounds}, the three ways in turn.

| | |
|---|---|
{machine}

For orientation only, CPU microseconds an article on that machine (median):

| a loop of `in` | normalising and matching | the whole decision |
|---|---|---|
| {loop:,.0f} | {match:,.0f} | {decide:,.0f} |
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """CPU seconds of each way in each round; what was looked for, and how much of it an article has."""

    loop: Sequence[float]
    match: Sequence[float]
    decide: Sequence[float]
    names: int
    phrases: int
    hits: float


def page(size: Size, found: Found) -> str:
    """The whole page, in Markdown."""
    loop, match, decide = (median(seconds) / size.articles * 1e6 for seconds in (found.loop, found.match, found.decide))
    return PAGE.format(
        options=size.options,
        faster=_spread(found.loop, found.match),
        dearer=_spread(found.decide, found.match),
        least=FASTER,
        most=DEARER,
        fast=_yes(loop / match >= FASTER),
        cheap=_yes(decide / match <= DEARER),
        articles=size.articles,
        words=WORDS,
        names=found.names,
        phrases=found.phrases,
        hits=found.hits,
        rounds=size.rounds,
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
        loop=loop,
        match=match,
        decide=decide,
    )


def _spread(ours: Sequence[float], theirs: Sequence[float]) -> str:
    ratios = sorted(our / their for our, their in zip(ours, theirs, strict=True))
    return f"**{median(ours) / median(theirs):.1f}** ({ratios[0]:.1f} to {ratios[-1]:.1f})"


def _yes(met: bool) -> str:
    return "yes" if met else "no"
