"""Every name and phrase of a taxonomy found in one pass: Aho and Corasick (1975) over the normal form of a text."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property
from operator import itemgetter

import ahocorasick

from ..domain.capitals import without_case
from ..domain.matching import Hit, Pattern, Scan
from .normal import Spots, normal_form


def lowered(text: str) -> str:
    """The text in lower case, character for character: one whose lower case is longer stays as it is."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


_PLACE = itemgetter(0, 1)
_hit = tuple.__new__
"""A named tuple's own constructor takes three times as long."""


def _alone(text: str) -> tuple[str, ...]:
    return (text,)


def _nowhere(_: str) -> tuple[()]:
    return ()


class AhoCorasickMatcher:
    """Implements `ports.Matcher`.

    `lettered` gives a text the letters of its language, `fold` takes the accents away, neither changing its length;
    `spellings` are the ways to write what is looked for, and `foreign` tells where words stand that are not of the
    language, see `ports.Language`.
    """

    def __init__(
        self,
        patterns: Iterable[Pattern],
        lettered: Callable[[str], str] = str,
        spellings: Callable[[str], Iterable[str]] = _alone,
        fold: Callable[[str], str] = str,
        foreign: Callable[[str], Sequence[object]] = _nowhere,
    ) -> None:
        self._lettered = lettered
        self._fold = fold
        self._foreign = foreign
        spelled = ((one, text) for one in patterns for text in spellings(self._normal(one.text)))
        self._patterns = tuple((pattern, text) for pattern, text in spelled if text)
        self._accented = _Automaton(self._patterns)

    def scan(self, text: str, folded: bool = False) -> Scan:
        """Every pattern that stands in the text as whole words; see `ports.Matcher`."""
        return self.scans((text,), folded)[0]

    def scans(self, texts: Sequence[str], folded: bool = False) -> tuple[Scan, ...]:
        """The same for each of several texts, in one pass over them all; see `ports.Matcher`."""
        automaton = self._folded if folded else self._accented
        joined = "\n".join(texts)
        spots: list[Spots | None] = [None] * len(texts)
        if _is_usual(texts, joined):
            joined = self._lettered(joined)
            normals = joined.split("\n")
        else:
            formed = [normal_form(text, self._lettered) for text in texts]
            normals, spots = [normal for normal, _ in formed], [its_spots for _, its_spots in formed]
            joined = "\n".join(normals)
        found = automaton.hits(joined, normals)
        return tuple(map(Scan, texts, normals, found, spots, [folded] * len(texts)))

    @cached_property
    def _folded(self) -> _Automaton:
        """Made when the first text without accents comes, which may be never.

        Words of one syllable are left out: without their accents they are too many things.
        """
        telling = ((pattern, text) for pattern, text in self._patterns if " " in text or self._stays(text))
        return _Automaton((pattern, self._fold(text)) for pattern, text in telling)

    def _stays(self, word: str) -> bool:
        """Whether a word never had accents, and no other loses its own and becomes it: `TP.HCM`, `Reuters`."""
        return word.isascii() and (not word.isalpha() or len(self._foreign(word.capitalize())) > 0)

    def _normal(self, text: str) -> str:
        return normal_form(" ".join(text.split()), self._lettered)[0]


class _Automaton:
    """All patterns of one spelling."""

    def __init__(self, patterns: Iterable[tuple[Pattern, str]]) -> None:
        self._automaton = ahocorasick.Automaton()
        grouped: dict[str, dict[Hashable, frozenset[str]]] = defaultdict(dict)
        for pattern, text in patterns:
            # Any name may stand in capitals, and any at the head of a sentence.
            spelled = frozenset((text, text.upper(), text[0].upper() + text[1:]) if pattern.case else ())
            known = grouped[lowered(text)].get(pattern.key, spelled)
            # No spelling at all stands for every one.
            grouped[lowered(text)][pattern.key] = known | spelled if known and spelled else frozenset()
        for word, wanted in grouped.items():
            found = tuple(wanted.items())
            self._automaton.add_word(word, (len(word), word[0].isalnum(), word[-1].isalnum(), found))
        self._empty = not grouped
        if grouped:
            self._automaton.make_automaton()

    def hits(self, text: str, lines: Sequence[str]) -> list[tuple[Hit, ...]]:
        """What stands in each of the lines of a normal form, each pattern once at each place.

        In capitals throughout, a name is one too; and in a line whose capitals tell nothing, every spelling is one.
        """
        found: list[list[Hit]] = [[] for _ in lines]
        if self._empty or not text:
            return [()] * len(lines)
        # A space behind the text, so that there is something behind every word, and before the first one.
        around = f"{text} "
        place, here, first, beyond = 0, found[0], 0, len(lines[0])
        for last, (length, begins, ends, keys) in self._automaton.iter(lowered(text)):
            while last >= beyond:
                place, first = place + 1, beyond + 1
                here, beyond = found[place], first + len(lines[place])
            end = last + 1
            start = end - length
            after = around[end]
            if after != " " and ((ends and after.isalnum()) or _is_mark(after)):
                continue
            before = around[start - 1]
            if before != " " and begins and (before.isalnum() or _is_mark(before)):
                continue
            words = text[start:end]
            for key, spelled in keys:
                if not spelled or words in spelled or without_case(lines[place]):
                    here.append(_hit(Hit, (start - first, end - first, key)))
        for hits in found:
            hits.sort(key=_PLACE)
        return list(map(tuple, found))


def _is_usual(texts: Sequence[str], joined: str) -> bool:
    """Whether several texts, `joined` a line each, are their own normal form but for the letters of the language."""
    return all(map(str.isprintable, texts)) and unicodedata.is_normalized("NFC", joined)


def _is_mark(character: str) -> bool:
    """Whether it is a mark that stands alone: it belongs to the letter before it."""
    return not character.isascii() and unicodedata.category(character).startswith("M")
