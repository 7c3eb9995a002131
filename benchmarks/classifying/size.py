"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass

from .gazetteer import NAMES, PHRASES


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """So many `articles`, in so many `rounds`, against so many `names` and `phrases`."""

    articles: int = 200
    rounds: int = 7
    names: int = NAMES
    phrases: int = PHRASES

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--articles {self.articles} --rounds {self.rounds}"


SMALL = Size(articles=5, rounds=1, names=3_000)
