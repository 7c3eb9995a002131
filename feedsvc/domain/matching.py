"""What a matcher is built from and what it finds."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import NamedTuple

from .capitals import without_case


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words to find, on word boundaries, under a key of the asker's; `case` asks for the same capitals."""

    key: Hashable
    text: str
    case: bool = False


class Hit(NamedTuple):
    """A pattern found: `start` and `end` count characters of the normal form of the text that was searched."""

    start: int
    end: int
    key: Hashable


class Scan(NamedTuple):
    """A text that was searched: its normal form, and what was found there, in the order of the text.

    `spots` tells for each character of the normal form where in the text it stands, as (start, end); None where both
    are as long. `folded` is one that was searched without accents.
    """

    text: str
    normal: str
    hits: tuple[Hit, ...]
    spots: tuple[tuple[int, int], ...] | None = None
    folded: bool = False

    @property
    def caseless(self) -> bool:
        """Whether its capitals tell nothing."""
        return without_case(self.normal)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text stands what stands from `start` to `end` of its normal form, one character or more."""
        if self.spots is None:
            return start, end
        return self.spots[start][0], self.spots[end - 1][1]

    def words(self, start: int, end: int) -> str:
        """The words of the text itself that stand from `start` to `end` in its normal form."""
        return self.text[slice(*self.place(start, end))]

    def around(self, start: int, end: int, reach: int) -> tuple[str, str]:
        """What stands before and after it in the text, each at most `reach` characters, in whole words where it can."""
        first, last = self.place(start, end)
        before, after = self.text[max(0, first - reach) : first], self.text[last : last + reach]
        if first > reach:
            before = f"…{before.partition(' ')[2] or before}"
        if last + reach < len(self.text):
            after = f"{after.rpartition(' ')[0] or after}…"
        return before, after
