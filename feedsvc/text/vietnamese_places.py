"""What stands beside a place's name in Vietnamese: a type word, a preposition, or the rest of another name."""

from __future__ import annotations

import re
import unicodedata

from ..domain.language import Standing
from . import tones

INTRODUCE_PLACE = frozenset(
    "tỉnh thành_phố tp tp. thủ_đô ubnd hđnd tỉnh_ủy thành_ủy tỉnh_đoàn thành_đoàn công_an ở tại về đến từ thuộc "
    "vùng khu_vực địa_bàn huyện xã phường sở cục đài_ptth bộ_chqs điểm_cầu người nông_dân đất miền".split()
)
INTRODUCE_NAME = frozenset(
    "đường phố công_ty tập_đoàn ngân_hàng clb câu_lạc_bộ đội báo tạp_chí chứng_khoán dược khách_sạn hoa_hậu á_hậu "
    "ông bà anh chị em cầu_thủ nghệ_sĩ nhà_thơ nhà_văn chủ_tịch tư_tưởng lăng quảng_trường đại_lộ".split()
)
COMPOUNDS = frozenset(
    "bộ_đội quân_đội trẻ_em đàn_em đàn_ông đàn_bà thông_báo cảnh_báo dự_báo tiếng_anh hè_phố con_đường".split()
)
"""Words whose second syllable, by itself, would introduce a name."""
SURNAMES = frozenset("Nguyễn Trần Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Ngô Trương Đinh Trịnh Tạ Dương Hoàng Vũ".split())
"""Family names that are hardly anything else: even at the head of a sentence a person follows."""
WORD_BEFORE = re.compile(r"([^\W_]+\.?)(?:\s|(?<=\.))$")
WORDS_BEFORE = re.compile(r"([^\W_]+)\s+([^\W_]+)\s$")
WORD_AFTER = re.compile(r"^\s([^\W\d_])[^\W\d_]")
SENTENCE_START = re.compile(r"(?:^|[.!?:;()“”\"'–—-]\s*)[^\W_]+\s$")
WORDS_OF_A_HEADLINE = 3
NEAR = 60
"""Characters on either side of a name that are looked at."""


def standing(before: str, after: str) -> Standing:
    """How a name stands between the text before and after it; see `ports.Language`."""
    before = tones.canonical(unicodedata.normalize("NFC", before[-NEAR:]))
    after = unicodedata.normalize("NFC", after[:NEAR])
    introduced = _introduction(before)
    if introduced is not None:
        return introduced
    if _in_capitals(f"{before} {after}"):
        return Standing.BARE
    following = WORD_AFTER.match(after)
    if following and following[1].isupper():
        return Standing.NAME
    return Standing.NAME if _names_something_else(before) else Standing.BARE


def _introduction(before: str) -> Standing | None:
    """What the two words before a name make of it, else the one; None where they say nothing."""
    one, two = WORD_BEFORE.search(before), WORDS_BEFORE.search(before)
    pair = f"{two[1]}_{two[2]}".lower() if two else ""
    words = (pair,) if pair in COMPOUNDS else (pair, one[1].lower() if one else "")
    for word in words:
        if word in INTRODUCE_PLACE:
            return Standing.PLACE
        if word in INTRODUCE_NAME:
            return Standing.NAME
    return None


def _names_something_else(before: str) -> bool:
    """Whether the word before is capitalised, and not only because a sentence begins with it."""
    previous = WORD_BEFORE.search(before)
    if previous is None or previous[1].endswith(".") or not previous[1][0].isupper():
        return False
    return previous[1] in SURNAMES or SENTENCE_START.search(before) is None


def _in_capitals(text: str) -> bool:
    """Whether a name stands in a headline in capitals, where capitals tell nothing."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    return len(words) >= WORDS_OF_A_HEADLINE and text.upper() == text
