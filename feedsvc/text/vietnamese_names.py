"""Names of people in Vietnamese texts, and texts that were typed without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from .vietnamese_words import PLAIN_SURNAMES

FULL_NAME = re.compile(rf"\b(?:{'|'.join(sorted(PLAIN_SURNAMES))})\s[^\W\d_]+(?:\s[^\W\d_]+)?\b")
"""A family name and one or two words."""
LETTERS = 20
"""Characters of a text from which on it would have accents."""


def people(text: str) -> Iterator[tuple[int, int]]:
    """See `ports.Language.native`."""
    for found in FULL_NAME.finditer(text):
        if all(word[0].isupper() and not word.isupper() for word in found.group().split()):
            yield found.span()


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
