"""What was measured, as a page: ratios, which hold on other machines too, and the machine that gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from ..results import machine
from . import claims, memory, rate
from .claimer import LIMIT
from .size import Size

PAGE = """# Polling of many sources

Written by `./run bench polling {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

Fetches a second with {at_once} under way, each answered after {latency:g} ms with 304. The ideal is {ideal:,.0f}, where
nothing but the latency takes any time. Medians; in brackets are the lowest and the highest of any round.

| | of the ideal | of the bare loop | wanted | met |
|---|---|---|---|---|
{ratios}

| | fetches a second | CPU ms a fetch | cores that others had |
|---|---|---|---|
{rates}

{sources:,} sources, each on a host of its own; rounds: {rounds} of {seconds:g} s, all ways in turn. Everything shares
the same cores, the hosts among it; what others had of them was missing.

Memory of the scheduler with {many:,} sources, after one round of passes in which everything was new:

| | MB | wanted | met |
|---|---|---|---|
{footprint}

`feedsvc check` of {many:,} sources takes {check:.1f} s, of them {check_cpu:.1f} s of CPU.

Claims by two processes at a time, {limit} a claim, of {rows:,} sources that are all due; every one was claimed once:

| | rows a second | shares |
|---|---|---|
{claims}
{missing}
| | |
|---|---|
{machine}
"""


def page(
    size: Size, rates: Sequence[rate.Measured], footprint: memory.Measured, taken: Sequence[claims.Measured]
) -> str:
    """The whole page, in Markdown."""
    bare = next(one for one in rates if one.way is rate.BARE)
    there = {one.database for one in taken}
    return PAGE.format(
        options=size.options,
        at_once=rate.AT_ONCE,
        latency=rate.LATENCY * 1000,
        ideal=rate.IDEAL,
        ratios=_lines(_ratio(one, bare) for one in rates),
        rates=_lines(map(_rate, rates)),
        sources=size.sources,
        rounds=len(bare.rates),
        seconds=size.seconds,
        many=size.many,
        footprint=_lines(_footprint(footprint)),
        check=footprint.check,
        check_cpu=footprint.check_cpu,
        limit=LIMIT,
        rows=size.rows,
        claims=_lines(map(_claimed, taken)),
        missing="" if "PostgreSQL" in there else f"\n{claims.NOT_THERE}\n",
        machine=_lines(f"| {name} | {value} |" for name, value in machine()),
    )


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(rows)


def _ratio(one: rate.Measured, bare: rate.Measured) -> str:
    spread = f"{min(one.rates) / rate.IDEAL:.2f} to {max(one.rates) / rate.IDEAL:.2f}"
    wanted = f"{rate.TARGET:g} | {'yes' if one.part >= rate.TARGET else 'no'}" if one.way.schedulers else "| "
    return f"| {one.way.title} | **{one.part:.2f}** ({spread}) | {one.rate / bare.rate:.2f} | {wanted} |"


def _rate(one: rate.Measured) -> str:
    cost, elsewhere = median(one.costs) * 1000, median(one.elsewhere)
    return f"| {one.way.title} | {one.rate:,.0f} | {cost:.2f} | {elsewhere:.1f} |"


def _footprint(found: memory.Measured) -> Iterable[str]:
    yield f"| the scheduler | {found.resident:.0f} | {memory.TARGET} | {'yes' if found.met else 'no'} |"
    yield f"| the same, at most | {found.most:.0f} | | |"
    if found.workers:
        yield f"| each of its {len(found.workers)} workers | {median(found.workers):.0f} | | |"


def _claimed(one: claims.Measured) -> str:
    shares = " and ".join(f"{share:,}" for share in one.shares)
    return f"| {one.database} | {one.rate:,.0f} | {shares} |"
