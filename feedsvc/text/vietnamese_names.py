"""Names of people in Vietnamese texts, and texts that were typed without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from .vietnamese_words import PLAIN_SURNAMES

LETTERS = 20
"""Characters of a text from which on it would have accents."""


def people(text: str) -> Iterator[tuple[int, int]]:
    """See `ports.Language.native`."""
    for found in FULL_NAME.finditer(text):
        words = tuple(takewhile(_is_of_a_name, found.group().split()))
        if len(words) > 1:
            yield found.start(), found.start() + len(" ".join(words))


def _is_of_a_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def unaccented(text: str) -> bool:
    """See `ports.Language`."""
    if len(text) < LETTERS:
        return False
    return text.isascii() or all(map(_is_bare, text))


def folded(text: str) -> str:
    """See `ports.Language`."""
    return text if text.isascii() else "".join(map(_bare, text))


@cache
def _bare(character: str) -> str:
    return {"đ": "d", "Đ": "D"}.get(character) or unicodedata.normalize("NFD", character)[0]


def _is_bare(character: str) -> bool:
    return character.isascii() or (_bare(character) == character and not unicodedata.combining(character))


FULL_NAME = re.compile(
    rf"\b(?:{'|'.join(sorted(PLAIN_SURNAMES | set(map(folded, PLAIN_SURNAMES))))})\s[^\W\d_]+(?:\s[^\W\d_]+)?\b"
)
"""A family name, with its accents or without, and one or two words."""
