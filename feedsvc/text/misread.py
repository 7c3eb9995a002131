"""UTF-8 that was read as windows-1252 or Latin-1, once or more often: `KhÃ¡ch`, `KhÃƒÂ¡ch`.

It is certain where all of a text is UTF-8 again when its characters are taken for the bytes that they were read from,
and enough of it was: texts that show such characters on purpose show the right ones beside them, or few.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..domain import windows1252
from ..domain.language import Mended
from .syllables import LOOKED_AT, TAG

NAME = "UTF-8"
_LATER = re.escape("".join(dict.fromkeys(map(chr, range(0x80, 0xC0)))) + windows1252.CHARACTERS[0x80:0xA0])
LATER = f"[{_LATER}]"
"""A second, third or fourth byte of a character, as windows-1252 and Latin-1 read it."""
SEQUENCE = f"(?:[\xc2-\xdf]{LATER}|[\xe0-\xef]{LATER}{{2}}|[\xf0-\xf4]{LATER}{{3}})"
GATE = re.compile("[\x80-\xbf](?<=[\xc2-\xf4].)")
DASHES = "â€"
"""How the characters from U+2000 begin, whose bytes windows-1252 reads as others beyond Latin-1."""
SEQUENCES = re.compile(SEQUENCE)
WITHIN_WORDS = re.compile(f"(?<=[A-Za-z{_LATER}]){SEQUENCE}|{SEQUENCE}(?=[A-Za-z\xc2-\xf4])")
SPACE_LOST = re.compile(
    f"(?:[\xc2-\xdf]|[\xe0-\xef]{LATER}?|[\xf0-\xf4]{LATER}{{0,2}})(?P<space> )(?P<next>[^\\W\\d_])?"
)
"""A no-break space (0xA0), the end or the middle of a character, that became a plain one."""
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
CONTROLS = re.compile("[\x80-\x9f]")
TYPOGRAPHY = frozenset("\xa0\xad«»©®°·–—‘’“”•…")
"""What may stand unbroken in a broken text: templates of a site put it around the words of others."""
MOST_ROUNDS = 3
FEWEST_BYTES = 4
"""Later bytes in a text that is certainly misread: two Vietnamese letters or dashes, or four French ones."""
FEWEST_LOST = 20
"""Later bytes in a text that is recognised although it cannot be read any more."""
OF_ENCODINGS = re.compile(
    r"\b(?:utf-?(?:8|16)|unicode|mojibake|latin-?1|windows-125\d|cp125\d|iso-?8859|charset|encod|decod|tcvn|viscii)"
    r"|bảng mã|b\S{2,6}ng m\S{2,4}",
    re.I,
)
BROKEN_WORDS = 3
"""Of a text about encodings, at least one word in three must be broken."""


def may_be(text: str) -> bool:
    """Whether a closer look is worth its while; of honest texts few say so, and that soon."""
    return not text.isascii() and (DASHES in text or GATE.search(text) is not None)


def misread(text: str, joined_well: Callable[[str], bool] | None = None) -> Mended | None:
    """What to do with a text, which may hold tags. `joined_well` judges it where no-break spaces had become plain."""
    start = TAG.sub(" ", text[: 2 * LOOKED_AT])
    if not _is_enough(start, FEWEST_BYTES):
        return None
    readings = [text]
    while len(readings) <= MOST_ROUNDS and SEQUENCES.search(readings[-1]) and (read := _read(readings[-1])) is not None:
        readings.append(read)
    if len(readings) > 1 and _is_sound(readings, joined_well):
        rounds = len(readings) - 1
        return Mended(NAME, lambda field: mended(field, rounds))
    lost = _is_enough(start, FEWEST_LOST) and not _has_other_letters(start)
    return Mended(NAME, None) if lost else None


def mended(text: str, rounds: int) -> str:
    """The text read anew as often as it was misread, and as it lets itself be."""
    for _ in range(rounds):
        read = _read(text) if may_be(text) or SPACE_LOST.search(text) else None
        if read is None:
            break
        text = read
    return text


def _read(text: str) -> str | None:
    """The text as UTF-8: whole, or with its no-break spaces back, or with typography between its characters."""
    for attempt in (text, SPACE_LOST.sub(_with_no_break, text)):
        try:
            return windows1252.encoded(attempt).decode()
        except UnicodeError:
            continue
    rest = set(NOT_ASCII.findall(SEQUENCES.sub("", text)))
    if not rest <= TYPOGRAPHY:
        return None
    try:
        return SEQUENCES.sub(lambda found: windows1252.encoded(found.group()).decode(), text)
    except UnicodeError:
        return None


def _with_no_break(found: re.Match[str]) -> str:
    at = found.start("space") - found.start()
    return f"{found.group()[:at]}\xa0{found.group()[at + 1 :]}"


def _is_enough(start: str, fewest: int) -> bool:
    """Whether so many later bytes stand there, mostly within words, and not as the examples of a text about them."""
    found = SEQUENCES.findall(start)
    if sum(map(len, found)) - len(found) < fewest:
        return False
    if 2 * len(WITHIN_WORDS.findall(start)) < len(found):
        return False
    return not OF_ENCODINGS.search(start) or BROKEN_WORDS * len(found) >= len(start.split())


def _is_sound(readings: list[str], joined_well: Callable[[str], bool] | None) -> bool:
    """Whether the last one is no longer misread, holds no controls, and no words that a lost space ran together."""
    *before, last = readings
    if CONTROLS.search(last) or _is_enough(TAG.sub(" ", last[: 2 * LOOKED_AT]), FEWEST_BYTES):
        return False
    doubtful = any(found["next"] for one in before for found in SPACE_LOST.finditer(one))
    return not doubtful or (joined_well is not None and joined_well(last))


def _has_other_letters(start: str) -> bool:
    """Whether the text has letters that are no part of a misread character, as honest texts do."""
    rest = [one for one in NOT_ASCII.findall(SEQUENCES.sub("", start)) if one.isalpha()]
    return 4 * len(rest) > len(SEQUENCES.findall(start))
