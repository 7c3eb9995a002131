"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """So many `rounds`, each way as often in each as takes some tenths of a second; an article goes into `feeds`."""

    rounds: int = 9
    times: int = 10
    feeds: int = 30

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--rounds {self.rounds}"


SMALL = Size(rounds=1, times=1, feeds=2)
"""Just to see that it works."""
