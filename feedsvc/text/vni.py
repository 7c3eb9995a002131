"""VNI for Windows, a Vietnamese encoding that writes a vowel and its accents as two characters of windows-1252."""

from __future__ import annotations

import re
import unicodedata

_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323"))
"""Sắc, huyền, hỏi, ngã, nặng, behind a vowel that has no other accent, and behind ơ and ư."""
_CIRCUMFLEX = dict(zip("âáàåãä", ("", *_TONES.values())))
_BREVE = dict(zip("êéèúüë", ("", *_TONES.values())))
_OWN = dict(zip("ôöñíìæóòî", "ơưđíìỉĩịỵ"))
"""Letters of one character."""


def _letters() -> dict[str, str]:
    found = dict(_OWN)
    for base in "aeouyôö":
        found |= {base + mark: _OWN.get(base, base) + tone for mark, tone in _TONES.items()}
    for base in "aeo":
        found |= {base + mark: base + "\u0302" + tone for mark, tone in _CIRCUMFLEX.items()}
    found |= {"a" + mark: "a\u0306" + tone for mark, tone in _BREVE.items()}
    return {written: unicodedata.normalize("NFC", letter) for written, letter in found.items()}


LETTERS = _letters()
"""Every letter as it is written, in lower case; capitals are written with capitals, and their accents with either."""
_WRITTEN = re.compile(
    "|".join(sorted(LETTERS, key=len, reverse=True)),
    re.I,
)


def read(text: str) -> str:
    """The text that was read as windows-1252, in NFC."""
    return _WRITTEN.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    written = found.group()
    letter = LETTERS[written.lower()]
    return letter.upper() if written[0].isupper() else letter
