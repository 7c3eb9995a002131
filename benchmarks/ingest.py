"""The benchmark of ingest: every case, round by round, the plain way and ours in turn."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .agreement import require_same, require_whole
from .cases import CLASSIFIED, FEWER, IN_TURN, NEW, Case
from .rounds import Stage, staged

SIDES = ("plain", "ours")
HOURS = 13
"""From one poll of a source to the next: more than its interval, so that it is due."""


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of each side in each round of a case, over so many sources."""

    case: Case
    sources: int
    plain: tuple[float, ...]
    ours: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times our work the plain way is, by the medians."""
        return median(self.plain) / median(self.ours)

    @property
    def ratios(self) -> tuple[float, ...]:
        """The same of every round by itself, lowest first."""
        return tuple(sorted(plain / ours for plain, ours in zip(self.plain, self.ours)))

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.ratio >= self.case.target


def measured(sources: int, rounds: int, say: Callable[[str], None]) -> list[Measured]:
    """Measure every case. Raises Disagreement where the sides did not do the same, RuntimeError where one failed."""
    with _stage(sources) as stage:
        run = _Run(stage, say)
        found = [run.measure(case, rounds) for case in IN_TURN]
    with _stage(fewer(sources), classified=True) as stage:
        return [*found, _Run(stage, say).measure(CLASSIFIED, rounds)]


def fewer(sources: int) -> int:
    """How many sources there are where articles are classified."""
    return max(1, sources // FEWER)


def profile(sources: int, case: Case) -> str:
    """Where our side spends its time in a case, in one thread, by cProfile."""
    with _stage(fewer(sources) if case.classified else sources, classified=case.classified) as stage:
        newsroom = stage.newsroom("ours")
        if not case.fresh:
            stage.says(NEW.mode)
            stage.poll("ours", newsroom, 0)
        stage.says(case.mode)
        stage.poll("ours", newsroom, HOURS, "--profile")
        return (newsroom / "profile").read_text(encoding="utf-8")


@contextmanager
def _stage(sources: int, *, classified: bool = False) -> Iterator[Stage]:
    with TemporaryDirectory(prefix="feedsvc-bench-") as folder, staged(sources, Path(folder), classified) as stage:
        yield stage


class _Run:
    """The newsrooms of both sides, which live from the last round of the first case to the end."""

    def __init__(self, stage: Stage, say: Callable[[str], None]) -> None:
        self._stage = stage
        self._say = say
        self._newsrooms: dict[str, Path] = {}
        self._hours = count(HOURS, HOURS)

    def measure(self, case: Case, rounds: int) -> Measured:
        seconds: dict[str, list[float]] = {side: [] for side in SIDES}
        for number in range(1, rounds + 1):
            if case.fresh:
                self._begin_anew()
            self._stage.says(case.mode)
            hours = next(self._hours)
            for side in SIDES:
                seconds[side].append(self._poll(side, case, hours))
            plain, ours = (seconds[side][-1] for side in SIDES)
            self._say(f"{case.title}, round {number} of {rounds}: {plain / ours:.2f}")
        if case.fresh:
            require_same(self._newsrooms["ours"], self._newsrooms["plain"])
        return Measured(case, self._stage.count, tuple(seconds["plain"]), tuple(seconds["ours"]))

    def _poll(self, side: str, case: Case, hours: int) -> float:
        spent = self._stage.poll(side, self._newsrooms[side], hours)
        require_whole(self._newsrooms[side], self._stage.count, new=case.fresh)
        return spent

    def _begin_anew(self) -> None:
        for newsroom in self._newsrooms.values():
            shutil.rmtree(newsroom)
        self._newsrooms = {side: self._stage.newsroom(side) for side in SIDES}
