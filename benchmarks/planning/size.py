"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """So many `articles` of so many `words` are stored; each edit is planned in so many `rounds`."""

    articles: int = 100_000
    words: int = 400
    rounds: int = 3

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--articles {self.articles} --rounds {self.rounds}"


SMALL = Size(articles=400, rounds=1)
