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
_LATE_TONE = re.compile(rf"(?<![qQ])(?:{'|'.join(_PAIRS)})(?![^\W\d_])")
_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})


def canonical(text: str) -> str:
    """NFC text with its tone marks in the older place and one letter đ; as long as it was."""
    return _LATE_TONE.sub(lambda found: _PAIRS[found.group()], text.translate(_LOOK_ALIKES))
