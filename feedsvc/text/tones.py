"""Where the tone mark stands in Vietnamese syllables that end in oa, oe or uy: `hoà` and `hòa` are one word.

Both placements are in use; the older one (`hòa`) is taken as the normal form. A syllable that goes on after the two
vowels (`hoàn`) has one placement only, and after q the u belongs to the consonant (`quý`): neither is touched.
"""

from __future__ import annotations

import re
import unicodedata

TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Huyền, sắc, hỏi, ngã, nặng: the combining marks of the five written tones."""

_PAIRS = {
    first + unicodedata.normalize("NFC", second + tone): unicodedata.normalize("NFC", first + tone) + second
    for low_first, low_second in ("oa", "oe", "uy")
    for first in (low_first, low_first.upper())
    for second in (low_second, low_second.upper())
    for tone in TONES
}
_FIRST, _SECOND = ("".join(sorted({pair[place] for pair in _PAIRS})) for place in (0, 1))
# Two classes of letters are looked for many times faster than what they stand for; the rest is asked of what is found.
_LATE_TONE = re.compile(rf"[{_FIRST}][{_SECOND}](?![^\W\d_]|[\u0300-\u036f])")
_LATE = {early: late for late, early in _PAIRS.items()}
_EARLY_TONE = re.compile(rf"(?:{'|'.join(_LATE)})(?![^\W\d_]|[\u0300-\u036f])")
_LOOK_ALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}


def lettered(text: str) -> str:
    """The text with one letter đ; as long as it was."""
    for other, letter in _LOOK_ALIKES.items():
        if other in text:
            text = text.replace(other, letter)
    return text


def canonical(text: str) -> str:
    """NFC text with its tone marks in the older place and one letter đ; as long as it was."""
    return _LATE_TONE.sub(_placed, lettered(text))


def spellings(text: str) -> tuple[str, ...]:
    """The text with its tone marks in the older place, and, where that makes a difference, in the newer one."""
    older = canonical(text)
    return tuple(dict.fromkeys((older, _EARLY_TONE.sub(_placed_late, older))))


def _placed(found: re.Match[str]) -> str:
    start, pair = found.start(), found.group()
    return pair if found.string[max(0, start - 1) : start] in ("q", "Q") else _PAIRS.get(pair, pair)


def _placed_late(found: re.Match[str]) -> str:
    start, pair = found.start(), found.group()
    return pair if found.string[max(0, start - 1) : start] in ("q", "Q") else _LATE[pair]
