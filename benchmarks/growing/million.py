"""What is asked of a large store, and what is stored in it, beside a small one; in turn, round by round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from feedsvc.bootstrap import Services
from feedsvc.running.memory import collect_rarely

from .asking import Asked, asked, by_name, pairs, whole
from .ingesting import Ingesting, Took
from .size import Size

NEW, CORRECTED = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """What passes took, of each round: those of new articles, and of the same corrected."""

    small: Sequence[tuple[Took, Took]]
    large: Sequence[tuple[Took, Took]]
    bare: Sequence[tuple[Took, Took]]

    def kept(self, of: int, clock: bool = False) -> float:
        """The rate of the large store over that of the small one."""
        return _median(self.small, of, clock) / _median(self.large, of, clock)

    def over_bare(self, of: int, clock: bool = False) -> float:
        """The rate of the service over that of the bare statements, in the large store."""
        return _median(self.bare, of, clock) / _median(self.large, of, clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Million:
    """What was measured on one database."""

    names: Asked
    articles: Asked
    ingest: Ingest


def measured(small: Services, large: Services, size: Size, say: Callable[[str], None]) -> Million:
    """Ask the large store, and store passes in both. Raises RuntimeError where the two questions disagree."""
    collect_rarely()  # as services do
    keys = pairs(large.settings.taxonomy, size.questions)
    names, articles = asked(by_name(large.store), keys), asked(whole(large.store), keys)
    if names.found != articles.found or not names.found:
        raise RuntimeError(f"{names.found} articles were found by name, and {articles.found} whole")
    say(f"{size.questions} questions were asked, and {names.found} articles found")
    return Million(names=names, articles=articles, ingest=_ingested(small, large, size, say))


def _ingested(small: Services, large: Services, size: Size, say: Callable[[str], None]) -> Ingest:
    few, many = Ingesting(small), Ingesting(large)
    ways: dict[str, Callable[[], tuple[Took, Took]]] = {"small": few.ours, "large": many.ours, "bare": many.bare}
    found: dict[str, list[tuple[Took, Took]]] = {name: [] for name in ways}
    for way in ways.values():
        way()  # what is made once is made by then
    for number in range(size.rounds):
        for name in ways if number % 2 else reversed(ways):
            found[name].append(ways[name]())
        say(f"ingest: round {number + 1} of {size.rounds}")
    return Ingest(small=found["small"], large=found["large"], bare=found["bare"])


def _median(rounds: Sequence[tuple[Took, Took]], of: int, clock: bool) -> float:
    return median(one[of].wall if clock else one[of].cpu for one in rounds)
