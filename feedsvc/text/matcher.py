"""Every name and phrase of a taxonomy found in one pass: Aho and Corasick (1975) over a normal form of the text.

The normal form has as many characters as the NFC of the text, so that a place in one is a place in the other; where the
text is not in NFC, `origins` tells which of its own characters those are.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import ahocorasick

from ..domain.matching import Hit, Pattern
from .origins import Origins

CAPITALS_SHARE = 0.8
"""From this share of capitals on, a text is a headline in capitals, and case says nothing."""


def lowered(text: str) -> str:
    """The text in lower case, character for character: one whose lower case is longer stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def in_capitals(text: str) -> bool:
    """Whether the text is written in capitals throughout."""
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) > 1 and capitals >= CAPITALS_SHARE * len(letters)


class AhoCorasickMatcher:
    """Implements `ports.Matcher`. `canonical` brings spellings together without changing the length of a text."""

    def __init__(self, patterns: Iterable[Pattern], canonical: Callable[[str], str] = str) -> None:
        self._canonical = canonical
        self._automaton = ahocorasick.Automaton()
        grouped: dict[str, list[tuple[Pattern, str]]] = defaultdict(list)
        for pattern in patterns:
            spelled = self._spelled(pattern.text)
            if spelled:
                grouped[lowered(spelled)].append((pattern, spelled))
        for word, found in grouped.items():
            self._automaton.add_word(word, (len(word), found))
        self._empty = not grouped
        if grouped:
            self._automaton.make_automaton()

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every pattern that stands in the text as whole words; see `ports.Matcher`."""
        if self._empty or not text:
            return ()
        origins = Origins(text)
        return tuple(sorted(frozenset(self._hits(origins, self._canonical(origins.nfc)))))

    def _spelled(self, text: str) -> str:
        return self._canonical(unicodedata.normalize("NFC", " ".join(text.split())))

    def _hits(self, origins: Origins, spelled: str) -> Iterator[Hit]:
        ignore_case = in_capitals(origins.nfc)
        for last, (length, found) in self._automaton.iter(lowered(spelled)):
            start, end = last + 1 - length, last + 1
            if not _whole_words(spelled, start, end):
                continue
            for pattern, wanted in found:
                if ignore_case or not pattern.case or spelled[start:end] == wanted:
                    yield Hit(*origins.of(start, end), pattern.key, origins.words(start, end))


def _whole_words(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit goes on before or after; a mark that stands alone belongs to its letter."""
    before = start > 0 and text[start].isalnum() and (text[start - 1].isalnum() or _is_mark(text[start - 1]))
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after and not (end < len(text) and _is_mark(text[end]))


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")
