"""Text that can stand in any document: NFC, no characters that XML or a terminal chokes on."""

from __future__ import annotations

import re
import unicodedata

SPACING_CONTROLS = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
"""Controls that separate words (word processors write a soft line break as a vertical tab): they become spaces."""
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u200b\u2060\ufeff\ufdd0-\ufdef\ud800-\udfff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
"""C0 and C1 controls but those that separate, zero-width spaces, byte order marks, noncharacters, lone surrogates.

XML 1.0 section 2.2; Unicode section 23.7.
"""


MOST_MARKS = 30
"""Combining marks on one letter (Unicode Standard Annex 15, Stream-Safe Text); normalising takes their square."""
PILED_UP = re.compile(rf"[^\w\s]{{{MOST_MARKS + 1},}}")


def printable(text: str) -> str:
    """The text in NFC without unprintable characters; its white space stays, a control that separates being a space."""
    clean = UNPRINTABLE.sub("", SPACING_CONTROLS.sub(" ", text))
    return unicodedata.normalize("NFC", PILED_UP.sub(_stream_safe, clean))


def _stream_safe(found: re.Match[str]) -> str:
    """The run without the marks that no script piles up so high."""
    marks = 0
    kept = []
    for character in found.group():
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


GIANT_TAG = re.compile(r"<[a-z!?/][^<>]{32768,}(?:>|(?=<)|\Z)", re.I)
"""A tag of over 32 KiB: parsers take the square of its attributes."""
INLINE_DATA = re.compile(r"""data:[^\s"'<>]{256,}""", re.I)
"""Pictures within a tag, the one honest reason for a giant one; they are not published."""


def without_giant_tags(html: str) -> str:
    """The HTML without data addresses of any length, and without tags that no person wrote."""
    return GIANT_TAG.sub("", INLINE_DATA.sub("data:,", html))


def one_line(text: str) -> str:
    """Printable, with every run of white space (no-break spaces too) made one space, and none at the ends."""
    return " ".join(printable(text).split())


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut between words where there are any, and then with an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:-–—") + "…"
