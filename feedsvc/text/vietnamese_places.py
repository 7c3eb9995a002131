"""How a place's name stands in Vietnamese: behind a rank or a preposition, or as part of another name."""

from __future__ import annotations

import re
from functools import cache

from ..domain.language import Standing
from ..domain.matching import Scan
from .vietnamese_names import folded
from .vietnamese_spelling import canonical
from .vietnamese_words import (
    AFTER_NAMES,
    ASIDES,
    AUTHORITIES,
    COMPOUNDS,
    EVERYDAY,
    EVERYDAY_FOLDED,
    NAMES,
    ORIGINS,
    PEOPLE,
    PLAIN_SURNAMES,
    SURNAMES,
    WITHIN,
    WORDS_TOO,
)

MEANINGS = (
    (AUTHORITIES, Standing.PLACE),
    (ORIGINS, Standing.ORIGIN),
    (ASIDES, Standing.ASIDE),
    (NAMES, Standing.NAME),
    (WITHIN, Standing.WITHIN),
)
HEADED = re.compile(
    r"\b(?:(?P<school>Đại học|ĐH|Trường(?!\s+hợp)|Học viện)"
    r"|(?P<office>Bệnh viện|BV|Sở|Viện|Công an|Cục|Chi cục|Cảnh sát|Đoàn|Hội|Liên đoàn|Ban|Ủy ban|Trung tâm|Đài|Tòa án"
    r"|TAND|Cảng|Sân bay|Phòng|Đội|Kho bạc|Cơ quan|Bộ Chỉ huy|Bộ chỉ huy)"
    r"|(?P<company>CLB|Câu lạc bộ|Công t[iy]|CTCP|Tập đoàn|Tổng công t[iy]|Ngân hàng|Nhà máy|Khách sạn|Báo|Tạp chí))"
    r"(?:\s[^\W\d_]+){1,6}\s$"
)
"""A name of several words that ends with that of a place: an office, a school, a hospital is of the place."""
ADDRESS = re.compile(
    r"\b(?:phường|xã|thị trấn|huyện|quận|thị xã|TP\.?|thành phố|thôn|làng|ấp|đường|phố|bản)"
    r"\s(?:\d+|[^\W\d_]+(?:\s[^\W\d_]+){0,3})\s?[(,]\s?$"
)
"""An address that goes on with a larger place."""
PERSON = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Bb]ạn|[Cc]ô|[Cc]háu|[Bb]ác)\s((?:[^\W\d_]+\s){1,5})[(–-]\s?$"
)
"""A person behind whose name, in brackets, the home stands."""
ASIDE, CONTINUED = ("(", "–", "-"), ("(", ",")
"""What a person, and what an address, ends with in front of the place."""
WORD_BEFORE = re.compile(r"([^\W_]+(?:-[^\W_]+)?\.?)(?:\s|(?<=\.))$")
WORDS_BEFORE = re.compile(r"([^\W_]+)\s+([^\W_]+)\s$")
WORD_AFTER = re.compile(r"^\s([^\W\d_]+)")
SENTENCE_START = re.compile(r"(?:^|[.!?:;()“”\"'‘’…–—-]\s*)[^\W_]+\s$")
SENTENCE_END = ".!?:;“\"'‘…-–—"
BETWEEN = re.compile(r"\s*(?:,|;|/|và|hay|hoặc|cùng|với|,\s*và|va)\s*", re.I)
"""What makes an enumeration of the names on its two sides."""
NEAR = 60
"""Characters on either side of a name that are looked at."""


def standing(scan: Scan, start: int, end: int) -> Standing:
    """How a name stands between the text before and after it; see `ports.Language`."""
    before, after = canonical(scan.normal[max(0, start - NEAR) : start]), scan.normal[end : end + NEAR]
    name, caseless = canonical(scan.normal[start:end].lower()), scan.caseless
    word = _introduction(before, scan.folded)
    introduced = word or _head(before)
    if introduced is Standing.NAME and _is_of_school(before):
        introduced = Standing.PLACE  # a school's name holds that of a trade
    if introduced is Standing.NAME or _goes_on(after, caseless):
        return Standing.NAME
    if name in _set(PEOPLE, scan.folded) and word is not Standing.PLACE:
        return Standing.NAME
    if not caseless and _is_of_another(name, before, word, introduced):
        return Standing.NAME
    return introduced or _in_brackets(before, after)


def everyday(name: str) -> bool:
    """See `ports.Language`."""
    name = canonical(name).replace(" ", "_")
    return name in EVERYDAY or name in EVERYDAY_FOLDED


def joins(between: str) -> bool:
    """See `ports.Language`."""
    return BETWEEN.fullmatch(between) is not None


@cache
def _set(words: frozenset[str], without_accents: bool) -> frozenset[str]:
    return frozenset(map(folded, words)) if without_accents else words


def _introduction(before: str, without_accents: bool) -> Standing | None:
    """What the two words before a name make of it, else the one; None where they say nothing."""
    one = _word(before)
    if one is None:
        return None
    two = WORDS_BEFORE.search(before, _begin(before, 2))
    pair = f"{two[1]}_{two[2]}".lower() if two else ""
    for word in (pair,) if pair in _set(COMPOUNDS, without_accents) else (pair, one[1].lower()):
        for words, means in MEANINGS:
            if word in _set(words, without_accents):
                return means
    return None


def _word(before: str) -> re.Match[str] | None:
    return WORD_BEFORE.search(before, _begin(before, 1))


def _begin(before: str, words: int) -> int:
    """Where the last words of a text begin, as what is searched backwards is found sooner."""
    begin = len(before)
    for _ in range(words):
        begin = before.rfind(" ", 0, len(before[: max(0, begin - 1)].rstrip(" "))) + 1
    return begin


def _head(before: str) -> Standing | None:
    """What the first of several words before a name makes of it, or the person whose home it is."""
    found = HEADED.search(before)
    if found is None:
        return Standing.ORIGIN if _is_person(before) else None
    return Standing.NAME if found["company"] else Standing.PLACE


def _is_of_school(before: str) -> bool:
    found = HEADED.search(before)
    return found is not None and found["school"] is not None


def _is_person(before: str) -> bool:
    found = PERSON.search(before) if before.rstrip().endswith(ASIDE) else None
    return found is not None and all(word[0].isupper() for word in found[1].split())


def _in_brackets(before: str, after: str) -> Standing:
    if before.rstrip().endswith(CONTINUED) and ADDRESS.search(before):
        return Standing.PLACE
    return Standing.BRACKETED if before.endswith("(") and after.startswith(")") else Standing.BARE


def _goes_on(after: str, caseless: bool) -> bool:
    """Whether a further word belongs to the name, which is then another one."""
    following = WORD_AFTER.match(after)
    if following is None:
        return False
    word = following[1]
    if word.lower() in AFTER_NAMES:
        return True
    return not caseless and word[0].isupper() and len(word) > 1 and canonical(word) not in SURNAMES


def _is_of_another(name: str, before: str, word: Standing | None, introduced: Standing | None) -> bool:
    """Whether what stands before a name makes it a part of another one, or a word at the head of a sentence."""
    if introduced is None and name in WORDS_TOO and (not before.strip() or before.rstrip()[-1] in SENTENCE_END):
        return True
    alone = " " not in name and word is None
    return (introduced is None or alone) and _names_something_else(before)


def _names_something_else(before: str) -> bool:
    """Whether the word before is capitalised, and not only because a sentence begins with it; no abbreviation."""
    previous = _word(before)
    if previous is None or previous[1].endswith(".") or not previous[1][0].isupper():
        return False
    if len(previous[1]) > 2 and previous[1].isupper():
        return False
    return previous[1] in PLAIN_SURNAMES or SENTENCE_START.search(before) is None
