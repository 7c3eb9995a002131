"""Whether the capitals of a text tell anything."""

from __future__ import annotations

from functools import lru_cache

CAPITALS_SHARE = 0.8
"""From this share of capitals on, a text is a headline in capitals, and case says nothing."""
HEADLINE = 300
"""Characters up to which a text may be a headline in which a few letters are small after all."""
NOT_SMALL = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyz"))
"""All bytes but those of small ASCII letters, of which most texts have so many that the rest need not be counted."""
FEW_WORDS = 3
"""Words from which on a text without any capital was typed without."""


def in_capitals(text: str) -> bool:
    """Whether the text is written in capitals throughout, but for a few letters of a headline."""
    if text.isupper():
        return sum(map(str.isalpha, text[:HEADLINE])) > 1
    if len(text) > HEADLINE or text[:2].islower():
        return False
    small = len(text.encode(errors="ignore").translate(None, NOT_SMALL))
    if len(text) - small < CAPITALS_SHARE * len(text):
        return False
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) > 1 and capitals >= CAPITALS_SHARE * len(letters)


@lru_cache(maxsize=16)
def without_case(text: str) -> bool:
    """Whether capitals tell nothing in a text, since it has nothing else or has none at all.

    It is asked of one and the same object for every name that stands in it, and so the last answers are kept.
    """
    return in_capitals(text) or (text.islower() and text.count(" ") + 1 >= FEW_WORDS)
