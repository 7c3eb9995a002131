"""Plain tables for terminals and pipes: columns as wide as they need to be, no colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their head, columns two spaces apart."""
    lines = [tuple(head), *(tuple(map(shown, row)) for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths)).rstrip() for line in lines
    )


def shown(text: str) -> str:
    """A text as it can be printed on one line of a terminal: what would steer it stands there as an escape."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)


def width(text: str) -> int:
    """How many columns a text takes on a terminal (Unicode Standard Annex 11)."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def moment(at: datetime | None, zone: ZoneInfo) -> str:
    """A time to the minute in the zone, a dash where there is none."""
    return "–" if at is None else at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
