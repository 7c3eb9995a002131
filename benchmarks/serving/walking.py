"""Twenty thousand feeds, asked for in no order; then addresses that are not there: errors, memory and rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .asking import ask
from .country import Country
from .load import Failed, Found, Load, put
from .running import Cores, Running
from .size import Size

PART = 0.3
"""Wanted: of the rate of one feed that is asked for all the time."""
BOUND = 512.0
"""MB that a web process may take, by its setting: what documents of so many feeds ask for."""
FIRST = 1800
"""Seconds that the first lap may take."""
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The first lap, the rounds of one feed and of all in turn, and who wanders; MB at most after each of these."""

    feeds: int
    lap: Found
    hot: Sequence[Found]
    walk: Sequence[Found]
    wander: Found
    after_lap: float
    after_walk: float
    after_wander: float

    @property
    def part(self) -> float:
        """Of the rate of one feed."""
        return median(one.rate for one in self.walk) / median(one.rate for one in self.hot)


def measured(folder: Path, size: Size, cores: Cores, say: Callable[[str], None]) -> Measured:
    """Measure it. Raises Failed where anything is answered with an error after the first lap."""
    country = Country(folder / "country", size.topics, size.regions)
    country.environment["FEEDSVC_SERVE__MEMORY"] = f"{BOUND:.0f}"
    country.populate(size.articles)
    paths = folder / "paths"
    paths.write_text("".join(f"{path}\n" for path in country.paths()), encoding="ascii")
    say(f"{size.articles} articles are stored")
    with country.served(cores.server) as server:
        return _Walk(country.paths(), paths, server, size, cores, say).measured()


@dataclass(frozen=True)
class _Walk:
    paths: Sequence[str]
    file: Path
    server: Running
    size: Size
    cores: Cores
    say: Callable[[str], None]

    def measured(self) -> Measured:
        lap = put(self._load("walk.lua", FIRST, "lap", "1"), self.server, self.cores)
        self.say(f"the first lap: {lap.rate:.0f}/s, {lap.refused} asked to come back later")
        after_lap = self._memory("the first lap")
        hot, walk = list[Found](), list[Found]()
        for number in range(1, self.size.rounds + 1):
            ask(self.server.port, self.paths[0])
            hot.append(self._answered(Load(path=self.paths[0], fields={}, seconds=self.size.seconds)))
            walk.append(self._answered(self._load("walk.lua", self.size.seconds, "walk", str(number))))
            part = walk[-1].rate / hot[-1].rate
            self.say(f"round {number} of {self.size.rounds}: {part:.2f} of {hot[-1].rate:.0f}/s")
        after_walk = self._memory("the walk")
        wander = self._answered(self._load("wander.lua", self.size.wandering, "1"))
        return Measured(
            feeds=len(self.paths),
            lap=lap,
            hot=hot,
            walk=walk,
            wander=wander,
            after_lap=after_lap,
            after_walk=after_walk,
            after_wander=self._memory("addresses that are not there"),
        )

    def _load(self, script: str, seconds: int, *arguments: str) -> Load:
        handed = [str(self.file), *arguments]
        return Load(path="/", fields={}, seconds=seconds, script=HERE / script, arguments=handed)

    def _answered(self, load: Load) -> Found:
        self.server.forget_lines()
        found = put(load, self.server, self.cores)
        if found.refused:
            raise Failed(f"{load.script.name} {' '.join(load.arguments)}: {found.refused} errors")
        return found

    def _memory(self, after: str) -> float:
        now, most = self.server.memory()
        self.say(f"after {after}: {now:.0f} MB, at most {most:.0f} MB")
        return most
