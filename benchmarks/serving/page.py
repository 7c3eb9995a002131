"""What was measured, as pages: ratios, which hold on other machines too, and the machine that gave them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from statistics import median

from ..results import machine
from . import beside, commits, rates, walking
from .load import CONNECTIONS, Found
from .programs import program
from .size import Size

MET = {True: "yes", False: "no"}
SLOWER, FASTER = 3.0, 120.0
"""Wanted: p99 at most so many times nginx's, and so many times the rate of the plain way."""

RATES = """# Serving against a static file

Written by `./run bench serve --part rates {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

Requests a second of one feed of 50 entries, {connections} connections, one core for the server, one for the load. The
ratio is that of the medians, in brackets are the lowest and the highest of any round. Where the rate and the CPU time a
request, of the server and all that it started, disagree, the CPU time decides.

| {ours} : {nginx} | requests a second | wanted | CPU a request | wanted at most | p99 | wanted at most | met |
|---|---|---|---|---|---|---|---|
{against_nginx}

| {ours} : {naive} | requests a second | wanted | CPU a request | met |
|---|---|---|---|---|
{against_naive}

Rounds: {rounds} of {seconds} s for each server in each case, in turn.

{machine}

For orientation only, on that machine (medians):

| | case | requests a second | p99 ms | CPU microseconds a request | bytes an answer |
|---|---|---|---|---|---|
{orientation}
"""

BESIDE = """# Serving while feeds are taken in

Written by `./run bench serve --part beside {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

The part of the rate of one feed that is left while a scheduler on the same core takes in feeds that always have
changed, {connections} connections.

| | of the rate without | wanted | p99 ms | wanted at most | met | of the core, for the scheduler | passes a second |
|---|---|---|---|---|---|---|---|
{kept}

{sources} sources of 50 entries, of which a pass finds one new and one corrected. "{everything}" is of a feed of up to
100 entries that each of these passes changes, for orientation; the others are of one of 50 that does not change.
Rounds: {rounds} of {seconds} s without the scheduler and then with it.

{machine}
"""

COMMITS = """# From a commit to what is served

Written by `./run bench serve --part commits {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

Milliseconds from the commit of a changed article until each of {webs} web processes answers with the new bytes, while
they answer a load; {commits} commits at random moments.

| | median | wanted at most | p99 | wanted at most | worst | load, requests a second | met |
|---|---|---|---|---|---|---|---|
{delays}

A load of {load:,} requests a second is wanted. Everything, the load too, shares the cores of the machine.

{machine}
"""

WALK = """# Many feeds

Written by `./run bench serve --part walk {options}`;
[docs/benchmarks.md](../docs/benchmarks.md) tells what is measured and how.

{feeds:,} feeds with {articles:,} articles, asked for in no order over {connections} connections, against one of them
asked for all the time; identity.

| | | wanted | met |
|---|---|---|---|
| of the rate of one feed | {part} | at least {least:g} | {fast} |
| MB of the web process, at most, after every feed was asked for once | {after_lap:.0f} | {bound:.0f} | {lap_fits} |
| after the walk | {after_walk:.0f} | {bound:.0f} | {walk_fits} |
| after addresses that do not exist, and odd queries and fields | {after_wander:.0f} | {bound:.0f} | {wander_fits} |

Memory is set to {bound:.0f} MB (`serve.memory`), which is not the default. While each feed was asked for for the first
time, {later} of {first} requests were told to come back later; after that no answer was an error. Rounds: {rounds} of
{seconds} s for one feed and for all, in turn.

{machine}

For orientation only, on that machine:

| | requests a second | p99 ms | CPU microseconds a request | bytes an answer |
|---|---|---|---|---|
{orientation}
"""


def rates_page(size: Size, found: Sequence[rates.Measured]) -> str:
    """The page about nginx and the plain way."""
    return RATES.format(
        **_usual(size),
        ours=rates.OURS,
        nginx=rates.NGINX,
        naive=rates.NAIVE,
        against_nginx=_lines(_against_nginx(found, case) for case in rates.CASES),
        against_naive=_lines(_against_naive(found, case) for case in rates.CASES),
        orientation=_lines(f"| {one.server} | {one.case.name} | {_orientation(one.rounds)} |" for one in found),
    )


def beside_page(size: Size, found: Sequence[beside.Measured]) -> str:
    """The page about the scheduler."""
    return BESIDE.format(
        **_usual(size), sources=size.sources, everything=found[-1].name, kept=_lines(map(_kept, found))
    )


def commits_page(size: Size, found: Sequence[commits.Measured]) -> str:
    """The page about propagation."""
    return COMMITS.format(
        **_usual(size),
        webs=commits.WEBS,
        commits=size.commits,
        load=commits.WANTED_LOAD,
        delays=_lines(map(_delays, found)),
    )


def walk_page(size: Size, found: walking.Measured) -> str:
    """The page about many feeds."""
    return WALK.format(
        **_usual(size),
        feeds=found.feeds,
        articles=size.articles,
        part=_spread([one.rate for one in found.walk], [one.rate for one in found.hot]),
        least=walking.PART,
        fast=MET[found.part >= walking.PART],
        bound=walking.BOUND,
        later=found.lap.refused,
        first=found.lap.requests,
        after_lap=found.after_lap,
        after_walk=found.after_walk,
        after_wander=found.after_wander,
        lap_fits=MET[found.after_lap <= walking.BOUND],
        walk_fits=MET[found.after_walk <= walking.BOUND],
        wander_fits=MET[found.after_wander <= walking.BOUND],
        orientation=_lines(
            f"| {name} | {_orientation(rounds)} |"
            for name, rounds in (
                ("each feed for the first time", [found.lap]),
                ("one feed", found.hot),
                ("all feeds", found.walk),
                ("addresses that do not exist", [found.wander]),
            )
        ),
    )


def _usual(size: Size) -> dict[str, object]:
    return {
        "options": size.options,
        "rounds": size.rounds,
        "seconds": size.seconds,
        "connections": CONNECTIONS,
        "machine": _machine(),
    }


def _against_nginx(found: Sequence[rates.Measured], case: rates.Case) -> str:
    ours, theirs = rates.of(found, rates.OURS, case.name), rates.of(found, rates.NGINX, case.name)
    cost, slower = ours.cost / theirs.cost, ours.p99 / theirs.p99
    met = MET[cost <= case.cost and slower <= SLOWER]  # it decides where the rate says otherwise
    rate = _spread([one.rate for one in ours.rounds], [one.rate for one in theirs.rounds])
    return f"| {case.name} | {rate} | {case.rate:g} | {cost:.2f} | {case.cost:g} | {slower:.2f} | {SLOWER:g} | {met} |"


def _against_naive(found: Sequence[rates.Measured], case: rates.Case) -> str:
    ours, theirs = rates.of(found, rates.OURS, case.name), rates.of(found, rates.NAIVE, case.name)
    rate = _spread([one.rate for one in ours.rounds], [one.rate for one in theirs.rounds], digits=0)
    wanted = case is rates.CASES[0]
    cheaper = theirs.cost / ours.cost
    met = MET[cheaper >= FASTER] if wanted else ""
    return f"| {case.name} | {rate} | {f'{FASTER:g}' if wanted else ''} | 1 : {cheaper:.0f} | {met} |"


def _kept(one: beside.Measured) -> str:
    kept = _spread([found.rate for found in one.beside], [found.rate for found in one.alone])
    share = f"{median(one.share):.2f} | {median(one.passes):.0f} |"
    if not one.wanted:
        return f"| {one.name} | {kept} | | {one.p99:.1f} | | | {share}"
    met = MET[one.kept >= beside.KEPT and one.p99 <= beside.SLOWEST]
    return f"| {one.name} | {kept} | {beside.KEPT:g} | {one.p99:.1f} | {beside.SLOWEST:g} | {met} | {share}"


def _delays(one: commits.Measured) -> str:
    met = MET[one.usual <= commits.USUAL and one.p99 <= commits.WORST and one.load >= commits.ENOUGH]
    usual = f"**{one.usual * 1000:.0f}** | {commits.USUAL * 1000:.0f}"
    worst = f"**{one.p99 * 1000:.0f}** | {commits.WORST * 1000:.0f} | {one.delays[-1] * 1000:.0f}"
    return f"| {one.database} | {usual} | {worst} | {one.load:,.0f} | {met} |"


def _orientation(rounds: Sequence[Found]) -> str:
    values = (median(getattr(one, name) for one in rounds) for name in ("rate", "p99", "cost", "size"))
    rate, p99, cost, bytes_ = values
    return f"{rate:,.0f} | {p99:.2f} | {cost:.1f} | {bytes_:,.0f}"


def _spread(ours: Sequence[float], theirs: Sequence[float], digits: int = 2) -> str:
    ratios = sorted(our / their for our, their in zip(ours, theirs, strict=True))
    return f"**{median(ours) / median(theirs):.{digits}f}** ({ratios[0]:.{digits}f} to {ratios[-1]:.{digits}f})"


def _machine() -> str:
    versions = (("nginx", _version("nginx")), ("wrk", _version("wrk")))
    return "| | |\n|---|---|\n" + _lines(f"| {name} | {value} |" for name, value in (*machine(), *versions))


def _version(name: str) -> str:
    """What a program says of itself in its first line."""
    done = subprocess.run([program(name), "-v"], capture_output=True, text=True, check=False)
    said = f"{done.stdout}{done.stderr}".partition("\n")[0]
    return said.partition(" Copyright")[0].removeprefix("nginx version: nginx/").removeprefix("wrk ").strip()


def _lines(rows: Iterable[str]) -> str:
    return "\n".join(rows)
