"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`sources` are fetched in `rounds` of so many seconds; `many` fill the memory, and `rows` are claimed."""

    sources: int = 40_000
    rounds: int = 5
    seconds: float = 20.0
    many: int = 10_000
    rows: int = 100_000

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--sources {self.sources} --rounds {self.rounds} --seconds {self.seconds:g}"


SMALL = Size(sources=2000, rounds=1, seconds=0.5, many=50, rows=1000)
