"""What counts or ages by itself in a text: views, comments, shares, minutes ago. No correction moves it."""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBER = r"\d{1,9}(?:[.,]\d{1,3}){0,3}\s?[KkMm]?"
ENGLISH = (
    *"views? reads? comments? likes? shares? reactions? replies reply retweets? votes? followers?".split(),
    r"(?:seconds?|minutes?|mins?|hours?|hrs?|days?)\s+ago",
)
DIGIT = re.compile(r"\d")
LINE = 60
"""Characters of a line that may be a counter, and of the beginning and the end of a text that may hold one."""


class Counters:
    """Finds counters by the words that stand beside their numbers."""

    def __init__(self, words: Iterable[str]) -> None:
        named = "|".join(words)
        self._counter = re.compile(
            rf"(?<![\w.,])(?:{NUMBER}\s?(?:{named})|(?:{named})\s?(?:[:(]\s?|\s){NUMBER}\)?)(?!\w)", re.I
        )

    def without(self, text: str) -> str:
        """The text without the counters at its beginning and its end."""
        if len(text) <= 2 * LINE:
            return self._counter.sub("", text) if DIGIT.search(text) else text
        if not (DIGIT.search(text, 0, LINE) or DIGIT.search(text, len(text) - LINE)):
            return text
        head, tail = text[:LINE], text[-LINE:]
        return f"{self._counter.sub('', head)}{text[LINE:-LINE]}{self._counter.sub('', tail)}"


IN_ENGLISH = Counters(ENGLISH)
