"""Every name and phrase of a taxonomy found in one pass: Aho and Corasick (1975) over the normal form of a text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from operator import itemgetter

import ahocorasick

from ..domain.matching import Hit, Pattern, Scan
from .normal import normal_form

CAPITALS_SHARE = 0.8
"""From this share of capitals on, a text is a headline in capitals, and case says nothing."""
HEADLINE = 300
"""Characters up to which a text may be a headline in which a few letters are small after all."""
FREQUENT = "nhtgi"
"""Small letters of which most texts have so many that the rest need not be counted."""
FEW_WORDS = 3
"""Words from which on a text without any capital was typed without."""


def lowered(text: str) -> str:
    """The text in lower case, character for character: one whose lower case is longer stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def in_capitals(text: str) -> bool:
    """Whether the text is written in capitals throughout, but for a few letters of a headline."""
    if text.isupper():
        return sum(map(str.isalpha, text[:HEADLINE])) > 1
    if len(text) > HEADLINE or text[:2].islower() or sum(map(text.count, FREQUENT)) > (1 - CAPITALS_SHARE) * len(text):
        return False
    letters = [character for character in text if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return len(letters) > 1 and capitals >= CAPITALS_SHARE * len(letters)


def without_case(text: str) -> bool:
    """Whether capitals tell nothing in a text, since it has nothing else or has none at all."""
    return in_capitals(text) or (text.islower() and text.count(" ") + 1 >= FEW_WORDS)


_PLACE = itemgetter(0, 1)


class AhoCorasickMatcher:
    """Implements `ports.Matcher`.

    `canonical` brings spellings together without changing the length of a text; `fold` takes the accents away.
    """

    def __init__(
        self,
        patterns: Iterable[Pattern],
        canonical: Callable[[str], str] = str,
        fold: Callable[[str], str] = str,
    ) -> None:
        self._canonical = canonical
        self._fold = fold
        spelled = ((pattern, self._spelled(pattern.text)) for pattern in patterns)
        self._patterns = tuple((pattern, text) for pattern, text in spelled if text)
        self._accented = _Automaton(self._patterns)

    def scan(self, text: str, folded: bool = False) -> Scan:
        """Every pattern that stands in the text as whole words; see `ports.Matcher`."""
        normal, spots = normal_form(text, self._canonical)
        caseless = without_case(normal)
        automaton = self._folded if folded else self._accented
        hits = automaton.hits(normal, caseless)
        hits.sort(key=_PLACE)
        return Scan(text=text, normal=normal, hits=tuple(hits), spots=spots, caseless=caseless, folded=folded)

    @cached_property
    def _folded(self) -> _Automaton:
        """Made when the first text without accents comes, which may be never.

        Words of one syllable are left out: without their accents they are too many things.
        """
        return _Automaton((pattern, self._fold(text)) for pattern, text in self._patterns if " " in text)

    def _spelled(self, text: str) -> str:
        return normal_form(" ".join(text.split()), self._canonical)[0]


class _Automaton:
    """All patterns of one spelling."""

    def __init__(self, patterns: Iterable[tuple[Pattern, str]]) -> None:
        self._automaton = ahocorasick.Automaton()
        grouped: dict[str, dict[tuple[object, str | None], None]] = defaultdict(dict)
        for pattern, text in patterns:
            grouped[lowered(text)][pattern.key, text if pattern.case else None] = None
        for word, wanted in grouped.items():
            found = tuple((key, spelled, spelled and spelled.upper()) for key, spelled in wanted)
            self._automaton.add_word(word, (len(word), word[0].isalnum(), word[-1].isalnum(), found))
        self._empty = not grouped
        if grouped:
            self._automaton.make_automaton()

    def hits(self, text: str, caseless: bool) -> list[Hit]:
        """What stands in a normal form, each pattern once at each place; in capitals throughout, a name is one too."""
        hits: list[Hit] = []
        if self._empty or not text:
            return hits
        size = len(text)
        for last, (length, begins, ends, found) in self._automaton.iter(lowered(text)):
            end = last + 1
            start = end - length
            if begins and start and ((before := text[start - 1]).isalnum() or _is_mark(before)):
                continue
            if end < size and ((after := text[end]) != " ") and ((ends and after.isalnum()) or _is_mark(after)):
                continue
            for key, wanted, capitals in found:
                if wanted is None or caseless or (words := text[start:end]) == wanted or words == capitals:
                    hits.append(Hit(start, end, key))
        return hits


def _is_mark(character: str) -> bool:
    """Whether it is a mark that stands alone: it belongs to the letter before it."""
    return not character.isascii() and unicodedata.category(character).startswith("M")
