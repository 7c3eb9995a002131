"""Vietnamese that was read in the wrong encoding: recognised by its syllables, mended where nearly all come right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import partial

from ..domain import tcvn3, windows1252
from ..domain.language import Mended
from . import misread, viscii, vni
from .syllables import LOOKED_AT, accented, is_possible, words_of

_RARE = "\x80-\x9f\xa1-\xaf\xb4-\xbf\xcc\xd2\xde\xec\xf2\xdb\xcf\xc5\xc4\xcb\xdc\xd8\xfb\xef\xe5\xe4\xeb\xfc\xf8"
GATE = re.compile(
    f"[{_RARE}](?:(?<=[A-Za-z\xc0-\xff][\x80-\x9f\xa1-\xbf])"
    "|(?<=[AEIOUYaeiouy\xc2\xca\xd4\xc3\xd5\xdd\xe2\xea\xf4\xe3\xf5\xfd][\xcc\xd2\xde\xec\xf2])"
    "|(?<=[AEOUYaeouy\xf4\xf6\xd4\xd6][\xdb\xcf\xc5\xc4\xcb\xdc\xd8\xfb\xef\xe5\xe4\xeb\xfc\xf8]))"
)
"""Signs within words, and letters behind vowels, as Vietnamese never has them and each of the misreadings always."""
OWN_LETTERS = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
"""Letters of Vietnamese that windows-1252 does not have: what holds them was read well."""
RUN = re.compile(r"[^<>\n]+")
"""What stands between tags and ends of lines."""
FEWEST_WORDS = 12
"""Accented words that a reading must change; below that a text is too short to tell."""
ACCENTED = 0.4
"""The share of all words that are accented in any Vietnamese, two of three mostly; in other languages few reach 0.3."""
WELL_READ = 0.95
"""The share of accented words that are possible syllables, in Vietnamese that is read well; news reach 0.99."""
HALF_READ = 0.75
"""The share in a misread text of which something is lost besides."""
STRANGE = 0.75
"""The share above which nothing is wrong with a text."""
BY_CHANCE = 0.4
"""The share among the words that a reading changes, before it does: chance makes syllables too."""
OWN = 0.1
"""The share of accented words with own letters above which a text was read well, whatever else is wrong with it."""


def _of_1258() -> dict[int, str]:
    found = dict[int, str]()
    for byte in range(0x80, 0x100):
        letter = bytes([byte]).decode("cp1258", "ignore")
        if letter and letter != windows1252.CHARACTERS[byte]:
            found |= {byte: letter, ord(windows1252.CHARACTERS[byte]): letter}
    return found


_1258 = _of_1258()


def read_1258(text: str) -> str:
    """Windows-1258 that was read as windows-1252, in NFC: its tones are marks of their own."""
    return unicodedata.normalize("NFC", text.translate(_1258))


READINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("windows-1258", read_1258),
    ("TCVN3", tcvn3.read),
    ("VNI", vni.read),
    ("VISCII", viscii.read),
)


def may_be(text: str) -> bool:
    """Whether a closer look at a text is worth its while."""
    return not text.isascii() and (misread.DASHES in text or GATE.search(text) is not None)


def mended(text: str) -> Mended | None:
    """What to do with a text, which may hold tags; see `ports.Language.mended`."""
    if not may_be(text):
        return None
    return misread.misread(text, _is_well_read) or _legacy(text[:LOOKED_AT])


def _legacy(text: str) -> Mended | None:
    found = words_of(text)
    words = Counter(accented(found))
    total = words.total()
    if total < max(FEWEST_WORDS, ACCENTED * len(found)) or _possible(words) > STRANGE * total:
        return None
    if sum(times for word, times in words.items() if OWN_LETTERS.search(word)) > OWN * total:
        return None
    shares = ((_share(words, Counter(accented(words_of(read(text))))), name, read) for name, read in READINGS)
    share, name, read = max(shares, key=lambda one: one[0])
    if share >= WELL_READ and _read(read, text) != text:
        return Mended(name, partial(_read, read))
    return Mended(name, None) if share >= HALF_READ else None


def _share(words: Counter[str], read: Counter[str]) -> float:
    """How much of a text is possible after a reading; 0 where that changes too little, or what was possible."""
    changed = words - read
    if changed.total() < FEWEST_WORDS or _possible(changed) > BY_CHANCE * changed.total():
        return 0.0
    return _possible(read) / max(read.total(), 1)


def _possible(words: Counter[str]) -> int:
    return sum(times for word, times in words.items() if is_possible(word))


def _read(read: Callable[[str], str], field: str) -> str:
    """The field read anew; where some of it was read well already, that which stands apart from it."""
    if OWN_LETTERS.search(field):
        return RUN.sub(lambda run: _read_one(read, run.group()), field)
    return _read_one(read, field)


def _read_one(read: Callable[[str], str], text: str) -> str:
    """The text read anew, unless it does not get better by it."""
    if text.isascii() or OWN_LETTERS.search(text):
        return text
    found = read(text)
    return found if _wrong(found) <= _wrong(text) else text


def _wrong(text: str) -> int:
    return sum(not is_possible(word) for word in accented(words_of(text)))


def _is_well_read(text: str) -> bool:
    words = Counter(accented(words_of(text)))
    return _possible(words) >= WELL_READ * words.total()
