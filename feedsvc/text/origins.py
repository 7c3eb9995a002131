"""Which characters of a text those of its NFC come from (Unicode Standard Annex 15)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import accumulate, pairwise


class Origins:
    """The NFC of a text, and the way back. Texts in NFC already, nearly all, cost nothing."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.nfc = unicodedata.normalize("NFC", text)
        self._places = None if self.nfc == text else tuple(_places(text))

    def of(self, start: int, end: int) -> tuple[int, int]:
        """Where in the text itself stands what stands from `start` to `end` in the NFC."""
        if self._places is None:
            return start, end
        return self._places[start][0], self._places[end - 1][1]

    def words(self, start: int, end: int) -> str:
        """The words of the text itself that stand from `start` to `end` in the NFC."""
        return self._text[slice(*self.of(start, end))]


def _places(text: str) -> Iterator[tuple[int, int]]:
    """For each character of the NFC, the start and end of the cluster that it comes from."""
    lengths = (len(cluster) for cluster in _clusters(text))
    for start, end in pairwise(accumulate(lengths, initial=0)):
        yield from [(start, end)] * len(unicodedata.normalize("NFC", text[start:end]))


def _clusters(text: str) -> Iterator[str]:
    """The text in pieces that compose within themselves only: each begins with what joins nothing before it."""
    cluster = ""
    for character in text:
        if cluster and not _joins(character):
            yield cluster
            cluster = ""
        cluster += character
    yield cluster


def _joins(character: str) -> bool:
    """Whether a character may compose with what stands before it: marks, and the later letters of a Hangul syllable."""
    return unicodedata.category(character).startswith("M") or "\u1160" <= character <= "\u11ff"
