"""TCVN3, the Vietnamese 8-bit encoding of the ABC fonts (TCVN 5712:1993, VN3).

It has no capitals with tone marks: documents write them in fonts whose small letters look like capitals. Bytes that
it leaves open are those of windows-1252, on which those documents were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from itertools import accumulate

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
PHRASE = re.compile(r"(?:<[^<>]{0,2000}>|[^.!?:;\n<]{1,100}|<){1,1000}+")
"""Words between full stops, tags among them; the capitals of one phrase say nothing of the next."""
WORD = re.compile(r"<[^<>]{0,2000}>|[^\W\d_]+")


class Case(Enum):
    """What the letters of a word are that could be capitals."""

    CAPITALS = 1
    SMALL = 2
    DOUBT = 3


def decoded(body: bytes) -> str:
    """The text in NFC; any bytes are one."""
    return read(windows1252.decoded(body))


def read(text: str) -> str:
    """The text that was read as Latin-1 or windows-1252; in words that are otherwise in capitals all letters are."""
    return PHRASE.sub(_in_capitals, text.translate(LETTERS))


def _in_capitals(phrase: re.Match[str]) -> str:
    """The phrase with accented letters as capitals in words of two other capitals, and between such words.

    `H` and `à` may be `Hà` or `HÀ`: the nearest words that are not in doubt decide, both of them, or all of the phrase.
    """
    text = phrase.group()
    found = [match for match in WORD.finditer(text) if not match.group().startswith("<")]
    parts, end = list[str](), 0
    for match, shout in zip(found, _shouted([_case(match.group()) for match in found])):
        parts += text[end : match.start()], match.group().upper() if shout else match.group()
        end = match.end()
    return "".join([*parts, text[end:]])


def _shouted(words: list[Case]) -> Iterator[bool]:
    """Whether each is in capitals."""
    edge = Case.CAPITALS if Case.CAPITALS in words and Case.SMALL not in words else Case.SMALL
    before = accumulate(words, _nearest, initial=edge)
    after = [*accumulate(reversed(words), _nearest, initial=edge)]
    for case, left, right in zip(words, before, reversed(after[:-1])):
        yield case is Case.CAPITALS or (case is Case.DOUBT and left is right is Case.CAPITALS)


def _nearest(last: Case, this: Case) -> Case:
    return last if this is Case.DOUBT else this


def _case(word: str) -> Case:
    others = [letter for letter in word if letter not in TONED]
    if not all(map(str.isupper, others)):
        return Case.SMALL
    return Case.CAPITALS if len(others) > 1 else Case.DOUBT
