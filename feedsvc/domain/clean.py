"""Text that can stand in any document: NFC, no characters that XML or a terminal chokes on."""

from __future__ import annotations

import re
import unicodedata

SPACING_CONTROLS = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
"""Controls that separate words (word processors write a soft line break as a vertical tab): they become spaces."""
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x9f\u200b\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
"""C0 and C1 controls but those that separate, zero-width spaces, byte order marks, noncharacters, lone surrogates.

XML 1.0 section 2.2; Unicode section 23.7.
"""
BEYOND = re.compile("[\U00010000-\U0010ffff]")
UNPRINTABLE_BEYOND = re.compile(
    "[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)
"""The noncharacters of the other planes, apart: with them in it, a class of characters is looked through one by one."""
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u1cff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u2cef-\u2cf1\u2d7f\u2de0-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\ua6f1\ua800-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0010ffff]"
)
"""Every combining mark, and whole blocks of scripts that have some: what holds none of these is quickly normalised."""
MOST_MARKS = 30
"""Combining marks on one letter (Unicode Standard Annex 15, Stream-Safe Text); normalising takes their square."""
PILED_UP = re.compile(rf"[^\w\s]{{{MOST_MARKS + 1},}}")


def printable(text: str) -> str:
    """The text in NFC without unprintable characters; its white space stays, a control that separates being a space."""
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():
        if text.isascii():
            return text
        if not MARKS.search(text):
            return unicodedata.normalize("NFC", text)
    clean = UNPRINTABLE.sub("", SPACING_CONTROLS.sub(" ", text))
    if BEYOND.search(clean):
        clean = UNPRINTABLE_BEYOND.sub("", clean)
    if MARKS.search(clean):
        clean = PILED_UP.sub(_stream_safe, clean)
    return unicodedata.normalize("NFC", clean)


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
    if text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    return collapsed(printable(text))


def collapsed(clean: str) -> str:
    """Printable text in one line; itself where it is so."""
    if clean.isprintable() and "  " not in clean and clean[:1] != " " != clean[-1:]:
        return clean  # a space is the only white space that is printable
    return " ".join(clean.split())


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut between words where there are any, and then with an ellipsis."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:-–—") + "…"
