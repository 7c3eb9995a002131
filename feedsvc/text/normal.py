"""The normal form of a text, in which names and phrases are looked for, and the way back to the text itself.

NFC (Unicode Standard Annex 15) without what no reader sees (soft hyphens, zero-width characters, marks of direction),
every kind of space being a space, in the letters of the language. Texts that are so already, nearly all, cost little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from ..domain.clean import MARKS, MOST_MARKS

Spots = tuple[tuple[int, int], ...]

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
SPACES = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"), " ") | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
LONGEST = 2 * MOST_MARKS
"""Characters that compose with each other: ordering marks takes their square, and what is not seen may part them."""
_SPACES = re.compile(f"[{''.join(map(chr, SPACES))}]")


def normal_form(text: str, lettered: Callable[[str], str]) -> tuple[str, Spots | None]:
    """The normal form, and for each of its characters where it stands in the text; None where it is as long."""
    if text.isascii():
        return lettered(text.translate(SPACES) if not text.isprintable() else text), None
    # What is printable has no space but the usual one, and nothing that is not seen.
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return lettered(text), None
    spots: Spots | None = None
    if MARKS.search(text) or UNSEEN.search(text):
        spots = tuple(_spots(text))
        text = "".join(unicodedata.normalize("NFC", part) for part, _ in _clusters(text))
    elif not unicodedata.is_normalized("NFC", text):
        spots = tuple(_spots(text))
        text = unicodedata.normalize("NFC", text)
    return lettered(text.translate(SPACES) if _SPACES.search(text) else text), spots


def _spots(text: str) -> Iterator[tuple[int, int]]:
    """For each character of the normal form, the start and end of the cluster that it comes from."""
    for part, (start, end) in _clusters(text):
        yield from [(start, end)] * len(unicodedata.normalize("NFC", part))


def _clusters(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """The text in pieces that compose within themselves only, without what is not seen; and where each stands."""
    pieces = list(_pieces(text))
    ends = accumulate((len(piece) for piece in pieces), initial=0)
    for piece, place in zip(pieces, pairwise(ends), strict=True):
        seen = UNSEEN.sub("", piece)
        if seen:
            yield seen, place


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        if piece and (len(piece) == LONGEST or not _joins(character)):
            yield piece
            piece = ""
        piece += character
    yield piece


def _joins(character: str) -> bool:
    """Whether a character may belong to what stands before it.

    Marks, the later letters of a Hangul syllable, and what is not seen.
    """
    if unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff":
        return True
    return UNSEEN.match(character) is not None
