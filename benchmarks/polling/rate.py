"""How many fetches come through: one scheduler, two of them, and the bare loop, round by round and in turn."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from .. import cpu
from .crowd import Crowd
from .hosts import Hosts, hosts

LATENCY = 0.1
"""Seconds from a request to its answer."""
AT_ONCE = 128
"""Fetches under way, over all schedulers."""
IDEAL = AT_ONCE / LATENCY
"""Fetches a second where nothing but the latency took any time."""
TARGET = 0.8
"""The part of it that is wanted."""
SETTLING = 3.0
"""Seconds after the first passes before anything is counted, or as many as are counted, if these are fewer."""
FIRST = 2 * AT_ONCE
"""Passes after which the schedulers count as started."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to fetch: so many schedulers, none for the bare loop."""

    title: str
    schedulers: int


BARE = Way(f"the bare loop: requests.get in {AT_ONCE} threads, nothing stored", 0)
ONE = Way(f"one scheduler, {AT_ONCE} at once", 1)
TWO = Way(f"two schedulers, {AT_ONCE // 2} at once each", 2)
WAYS = (BARE, ONE, TWO)


@dataclass(slots=True)
class Measured:
    """Of each round: fetches a second, CPU seconds a fetch, and the cores that were busy with other things."""

    way: Way
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    elsewhere: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The median."""
        return median(self.rates)

    @property
    def part(self) -> float:
        """Of the ideal."""
        return self.rate / IDEAL


def measured(folder: Path, sources: int, rounds: int, seconds: float, say: Callable[[str], None]) -> list[Measured]:
    """Measure every way in every round. Raises RuntimeError where one did not do its work."""
    found = [Measured(way) for way in WAYS]
    with hosts(LATENCY) as there:
        crowd = Crowd(folder, there.port, sources)
        crowd.write()
        crowd.prepare()
        for number in range(1, rounds + 1):
            for one in found:
                _measure(one, crowd, there, sources, seconds)
                say(f"{one.way.title}, round {number} of {rounds}: {one.rates[-1]:.0f}/s")
    return found


def _measure(into: Measured, crowd: Crowd, there: Hosts, sources: int, seconds: float) -> None:
    busy, ours, began = cpu.busy(), cpu.spent(), time.monotonic()
    rate, cost = _polled(into.way, crowd, there, seconds) if into.way.schedulers else _bare(there, sources, seconds)
    into.rates.append(rate)
    into.costs.append(cost)
    into.elsewhere.append((cpu.busy() - busy - cpu.spent() + ours) / (time.monotonic() - began))


def _bare(there: Hosts, sources: int, seconds: float) -> tuple[float, float]:
    argv = [sys.executable, "-m", "benchmarks.polling.bare", *map(str, (there.port, AT_ONCE, seconds, sources))]
    told = json.loads(subprocess.run(argv, stdout=subprocess.PIPE, check=True, text=True).stdout)
    return told["rate"], told["cost"]


def _polled(way: Way, crowd: Crowd, there: Hosts, seconds: float) -> tuple[float, float]:
    """Passes that are stored a second, and the CPU seconds that one takes."""
    crowd.all_due()
    first = crowd.passes()
    settings = {"FEEDSVC_POLLING__AT_ONCE": str(AT_ONCE // way.schedulers)}
    with crowd.polled(*[settings] * way.schedulers) as processes:
        crowd.until(first + FIRST)
        time.sleep(min(SETTLING, seconds))
        there.counted()
        before, spent, began = crowd.passes(), sum(map(cpu.of, processes)), time.monotonic()
        time.sleep(seconds)
        passes, spent, took = crowd.passes() - before, sum(map(cpu.of, processes)) - spent, time.monotonic() - began
        _require_polled(crowd.outcomes(before), there.counted()[1])
    return passes / took, spent / max(passes, 1)


def _require_polled(outcomes: dict[str, int], most: int) -> None:
    if outcomes.keys() != {"unchanged"}:
        raise RuntimeError(f"not everything answered 304: {outcomes}")
    if most > AT_ONCE:
        raise RuntimeError(f"{most} fetches were under way at once, and {AT_ONCE} are allowed")
