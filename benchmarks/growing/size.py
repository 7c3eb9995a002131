"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """Stores of so many `articles`, the last being what questions are asked of; and of so many `sources` and `topics`.

    There are so many `rounds`; of `questions`, so many are asked in all.
    """

    articles: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    sources: tuple[int, ...] = (10, 100, 1_000, 10_000)
    topics: tuple[int, ...] = (1, 13, 135, 270)
    rounds: int = 7
    questions: int = 1000

    @property
    def most(self) -> int:
        """Articles of the largest store."""
        return self.articles[-1]

    @property
    def pages_in_memory(self) -> int:
        """MB that PostgreSQL keeps of its pages: 4 KB an article, and no less than it does by itself."""
        return max(128, self.most // 250)

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--articles {self.most} --rounds {self.rounds}"


def size_of(articles: int, rounds: int) -> Size:
    """Up to so many articles, in steps of ten."""
    steps = tuple(step for step in Size().articles if step < articles)
    return Size(articles=(*steps, articles), rounds=rounds)


SMALL = Size(articles=(100, 300), sources=(2,), topics=(2,), rounds=1, questions=20)
