"""TCVN3, the Vietnamese 8-bit encoding of the ABC fonts (TCVN 5712:1993, VN3).

It has no capitals with tone marks: documents write them in fonts whose small letters look like capitals. Bytes that
it leaves open are those of windows-1252, on which those documents were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import accumulate, groupby

from . import windows1252

_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
LETTERS = {start + place: letter for start, row in _ROWS.items() for place, letter in enumerate(row)}
"""The Vietnamese letter of each byte that stands for one."""
TONED = frozenset(letter for letter in LETTERS.values() if letter.upper() not in LETTERS.values())
"""The letters that are small for want of capitals."""
WORD = re.compile(r"<[^<>]*>|[^\W\d_]+|[.!?:;\n]")
"""Tags, words, and what parts phrases; the capitals of one phrase say nothing of the next."""


class Case(Enum):
    """What the letters of a word that could be capitals are, or that it is no word and parts phrases."""

    CAPITALS = 1
    SMALL = 2
    DOUBT = 3
    PARTS = 4


def decoded(body: bytes) -> str:
    """The text in NFC; any bytes are one."""
    return read(windows1252.decoded(body))


def read(text: str) -> str:
    """The text that was read as Latin-1 or windows-1252; in words that are otherwise in capitals all letters are."""
    return _in_capitals(text.translate(LETTERS))


def _in_capitals(text: str) -> str:
    """The text with accented letters as capitals in words of two other capitals, and between such words.

    `H` and `à` may be `Hà` or `HÀ`: the nearest words of the phrase that are not in doubt decide, both of them.
    """
    found = [match for match in WORD.finditer(text) if not match.group().startswith("<")]
    parts, end = list[str](), 0
    for match, shout in zip(found, _shouted([_case(match.group()) for match in found])):
        parts += text[end : match.start()], match.group().upper() if shout else match.group()
        end = match.end()
    return "".join([*parts, text[end:]])


def _shouted(cases: list[Case]) -> Iterator[bool]:
    """Whether each is in capitals."""
    for _, phrase in groupby(cases, lambda case: case is Case.PARTS):
        words = [*phrase]
        edge = Case.CAPITALS if Case.CAPITALS in words and Case.SMALL not in words else Case.SMALL
        before = accumulate(words, _nearest, initial=edge)
        after = reversed([*accumulate(reversed(words), _nearest, initial=edge)])
        next(after)
        for case, left, right in zip(words, before, after):
            yield case is Case.CAPITALS or (case is Case.DOUBT and left is right is Case.CAPITALS)


def _nearest(last: Case, this: Case) -> Case:
    return last if this is Case.DOUBT else this


def _case(word: str) -> Case:
    if not word[0].isalpha():
        return Case.PARTS
    others = [letter for letter in word if letter not in TONED]
    if not all(map(str.isupper, others)):
        return Case.SMALL
    return Case.CAPITALS if len(others) > 1 else Case.DOUBT
