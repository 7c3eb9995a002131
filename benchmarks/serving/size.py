"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """In so many `rounds`, loads of so many whole `seconds`; how many commits, and how many topics times regions.

    `sources` are those that the scheduler polls meanwhile, each every two seconds; `wandering` is how many seconds of
    addresses that are not there. What is `small` has SQLite alone, and one way beside the scheduler.
    """

    rounds: int = 5
    seconds: int = 3
    sources: int = 64
    commits: int = 60
    topics: int = 100
    regions: int = 198
    articles: int = 40_000
    wandering: int = 20
    small: bool = False

    @property
    def patience(self) -> float:
        """Seconds that a server is given to make ready what it will be asked for, and to finish what it was."""
        return 0.0 if self.small else 180.0

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--rounds {self.rounds} --seconds {self.seconds} --commits {self.commits}"


SMALL = Size(rounds=1, seconds=1, sources=2, commits=2, topics=3, regions=8, articles=60, wandering=1, small=True)
