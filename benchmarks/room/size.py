"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """So many `days` with so many articles `a_day`, of which those of the last `keep` days are kept.

    `later` is how many days are kept at the end, when the setting is another one; `settled` days pass before it counts
    how large the file is.
    """

    days: int = 365
    a_day: int = 20
    keep: int = 42
    later: int = 14

    @property
    def settled(self) -> int:
        """The first day on which as much has gone as has come, and some more days."""
        return self.keep + self.keep // 3

    @property
    def options(self) -> str:
        """As options of the command."""
        return f"--days {self.days} --articles {self.a_day}"


SMALL = Size(days=10, a_day=10, keep=4, later=2)
