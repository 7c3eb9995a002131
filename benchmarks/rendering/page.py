"""What was measured, as a page: ratios, which hold on other machines too, and the machine that gave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from ..results import machine
from .size import Size


@dataclass(frozen=True, slots=True)
class Case:
    """One row: the ratio of feedgen's time to ours is to be at least `least`, or ours to feedgen's at most `most`.

    `many` are the documents of a case that is measured once a round.
    """

    title: str
    least: float | None = None
    most: float | None = None
    many: bool = False


CASES = (
    Case("one article of 50 changed: one document", least=10),
    Case("one article into {feeds} feeds in two formats, hashed and packed", least=15, many=True),
    Case("the same, packed when somebody asks; feedgen neither hashes nor packs", least=40, many=True),
    Case("nothing was there before: one document, ours to feedgen's", most=1.25),
)

PAGE = """# Publishing against feedgen in one go

Written by `./run bench render {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is compared and how.

CPU time of feedgen writing every document in one go, to that of writing what changed and joining the rest. The ratio is
that of the medians, in brackets are the lowest and the highest of any round. Before that it was checked that the
documents of both are the same, byte for byte.

| case | ratio | wanted | met |
|---|---|---|---|
{rows}

A feed of 50 entries: {sizes}. Rounds: {rounds}, both ways in turn.

| | |
|---|---|
{machine}

For orientation only, CPU milliseconds on that machine (medians):

| case | feedgen | ours |
|---|---|---|
{orientation}
"""


@dataclass(frozen=True, slots=True)
class Found:
    """CPU seconds of both ways in each round of a case."""

    case: Case
    plain: Sequence[float]
    ours: Sequence[float]


def page(size: Size, found: Sequence[Found], sizes: Mapping[str, int]) -> str:
    """The whole page, in Markdown."""
    return PAGE.format(
        options=size.options,
        rows="\n".join(_row(one, size) for one in found),
        sizes=", ".join(f"{bytes_ / 1000:.0f} KB of {name}" for name, bytes_ in sizes.items()),
        rounds=size.rounds,
        machine="\n".join(f"| {name} | {value} |" for name, value in machine()),
        orientation="\n".join(_orientation(one, size) for one in found),
    )


def _row(one: Found, size: Size) -> str:
    above, below = (one.plain, one.ours) if one.case.most is None else (one.ours, one.plain)
    ratios = sorted(a / b for a, b in zip(above, below, strict=True))
    ratio = median(above) / median(below)
    met = ratio >= (one.case.least or 0) and ratio <= (one.case.most or ratio)
    wanted = f"at least {one.case.least:g}" if one.case.most is None else f"at most {one.case.most:g}"
    spread = f"**{ratio:.2f}** ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    return f"| {_title(one, size)} | {spread} | {wanted} | {'yes' if met else 'no'} |"


def _orientation(one: Found, size: Size) -> str:
    plain, ours = (median(seconds) * 1e3 for seconds in (one.plain, one.ours))
    return f"| {_title(one, size)} | {plain:.2f} | {ours:.2f} |"


def _title(one: Found, size: Size) -> str:
    return one.case.title.format(feeds=size.feeds)
