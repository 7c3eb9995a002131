"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """So many `rounds`, single documents so many `times` in each; an article goes into so many `feeds`."""

    rounds: int = 7
    times: int = 8
    feeds: int = 30

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--rounds {self.rounds}"


SMALL = Size(rounds=1, times=1, feeds=2)
"""Just to see that it works."""
