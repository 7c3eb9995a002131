"""What a matcher is built from and what it finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words to find, on word boundaries, under a key of the asker's; `case` asks for the same capitals."""

    key: str
    text: str
    case: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A pattern found: `start` and `end` count characters of the text that was searched, `words` stand there."""

    start: int
    end: int
    key: str
    words: str
