"""What stands beside a place's name in Vietnamese: a word of rank or authority, a preposition, or another name's rest.

Two words that belong together are written with a low line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ..domain.language import Standing
from ..domain.matching import Scan

AUTHORITIES = frozenset(
    """
    tỉnh thành_phố tp tp. thủ_đô cố_đô ubnd ủy_ban hđnd ubmttq mttq tỉnh_ủy thành_ủy tỉnh_đoàn thành_đoàn tand vksnd
    công_an sở cục chi_cục cục_thuế hải_quan kiểm_lâm bộ_chqs bchqs bđbp cdc csgt cảnh_sát đài_ptth đài_pt-th
    đbqh thuộc địa_bàn trên_địa_bàn nông_dân ngư_dân người_dân nhân_dân bà_con cử_tri đồng_bào
    doanh_nghiệp lãnh_đạo chính_quyền đất biển vùng_biển vùng miền khu_vực ngoại_thành nội_thành
    đại_học đh bệnh_viện bv sân_bay cảng khách_du_lịch du_lịch báo_chí ngành
    """.split()
)
"""Ranks, offices and people of a place: what they introduce is what is spoken of."""
WITHIN = frozenset("điểm_cầu ở tại về đến tới lên ra vào qua khắp sang".split())
ORIGINS = frozenset(
    """
    quê quê_ở quê_tại quê_gốc quê_quán nguyên_quán sinh_ở sinh_tại đến_từ người gốc người_gốc con_gái con_trai
    trú ngụ trú_tại ngụ_tại trú_ở ngụ_ở hộ_khẩu thường_trú tạm_trú cư_trú hktt đăng_ký
    """.split()
)
ASIDES = frozenset(
    """
    cao_tốc tuyến cách so_với hướng đi sông núi đèo hồ vịnh đầm quốc_lộ từ hơn như giống kém
    """.split()
)
NAMES = frozenset(
    """
    đường phố đại_lộ ngõ hẻm cầu ngã_tư ngã_ba vòng_xoay bến_xe chợ chung_cư tòa_nhà kcn khu_công_nghiệp
    thôn ấp bản làng xóm khu_phố tổ_dân_phố buôn
    thpt thcs tiểu_học mầm_non mẫu_giáo
    công_ty tập_đoàn tổng_công_ty ngân_hàng nhà_máy xi_măng thép bia nước_mắm thủy_điện nhiệt_điện dược cao_su
    chứng_khoán khách_sạn nhà_hàng siêu_thị vàng xổ_số taxi
    clb câu_lạc_bộ đội fc hlv ha becamex xskt
    báo tạp_chí tờ hoa_hậu á_hậu nam_vương
    ông bà anh chị em cô chú bác cháu bé cầu_thủ nghệ_sĩ ca_sĩ nhạc_sĩ diễn_viên nhà_thơ nhà_văn họa_sĩ nsnd nsưt
    tướng đại_tướng thượng_tướng trung_tướng thiếu_tướng đại_tá
    tư_tưởng lăng quảng_trường bảo_tàng chiến_dịch chiến_thắng trận tàu
    """.split()
)
COMPOUNDS = frozenset(
    """
    bộ_đội quân_đội trẻ_em đàn_em đàn_ông đàn_bà thông_báo cảnh_báo dự_báo tiếng_anh hè_phố con_đường thành_phố
    lên_đường dọc_đường trên_đường mở_đường báo_cáo nước_anh tại_chợ bị_vàng con_em nhu_cầu yêu_cầu toàn_cầu
    """.split()
)
"""Words whose second syllable, by itself, would say something else."""
AFTER_NAMES = frozenset("fc mười phủ dương học".split())
"""What goes on behind a name that is not that of the place, whatever its capitals."""
WORDS_TOO = frozenset("anh ý áo bỉ đức nga pháp nhật mỹ séc úc".split())
"""Names of one syllable that are words or first names as well: where a sentence begins with one, it is that."""
PEOPLE = frozenset({"hồ chí minh"})
"""Names of places that are those of people: for a place they stand only behind a rank or an authority."""
SURNAMES = frozenset(
    
    """
    Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Lý Trương Đinh Trịnh Tạ Mai Tô Hà Cao Lương Đào Đoàn
    Kiều Lại Lưu Châu Quách Tăng Thân Triệu Vương Nông Lò Giàng Sùng Hầu Thào Ksor Chu Doãn Khổng Khuất Lục Nghiêm Phí
    Phùng Tiêu Tống Từ Bạch Cù Diệp Đàm Hàn Hứa Kha Lâm Liễu Lữ Mạc Tôn Ung Thạch Danh Kim Ma Mã Viên Quàng Cầm Bế Thái
    """.split()

)
PLAIN_SURNAMES = frozenset("Nguyễn Trần Lê Phạm Huỳnh Phan Võ Đặng Bùi Đỗ Ngô Trương Đinh Trịnh Tạ Dương Hoàng Vũ".split())
"""Family names that are hardly anything else: even at the head of a sentence a person follows."""
EVERYDAY = frozenset(
    """
    anh ý áo bỉ đức nga pháp nhật mỹ séc úc lào oman mali chile peru
    hòa_bình thái_bình cao_bằng hải_dương thanh_hóa bình_định bình_dương bình_phước nam_định hà_nam an_giang
    điện_biên yên_bái sơn_la phú_thọ vĩnh_phúc hưng_yên bình_thuận ninh_bình long_an hậu_giang phú_yên gia_lai
    """.split()
)
EVERYDAY_FOLDED = frozenset(
    """
    hoa_binh thai_binh cao_bang hai_duong thanh_hoa binh_dinh binh_duong nam_dinh ha_nam dien_bien son_la gia_lai
    binh_phuoc phu_tho hung_yen ninh_binh hau_giang vinh_phuc phu_yen yen_bai binh_thuan da_nang hai_phong can_tho
    ha_tinh hue
    """.split()
) - frozenset("da_nang hai_phong can_tho ha_tinh".split())
"""Names of places that are words of every day, or nearly, where no capital tells them apart."""
HEADED = re.compile(
    r"\b(?:(?P<school>Đại học|ĐH|Trường(?!\s+hợp)|Học viện)"
    r"|(?P<office>Bệnh viện|BV|Sở|Viện|Công an|Cục|Chi cục|Cảnh sát|Đoàn|Hội|Liên đoàn|Ban|Ủy ban|Trung tâm|Đài|Tòa án|TAND"
    r"|Cảng|Sân bay|Phòng|Đội|Kho bạc|Cơ quan|Bộ Chỉ huy|Bộ chỉ huy)"
    r"|(?P<company>CLB|Câu lạc bộ|Công ty|CTCP|Tập đoàn|Tổng công ty|Ngân hàng|Nhà máy|Khách sạn|Báo|Tạp chí))"
    r"(?:\s[^\W\d_]+){1,6}\s$"
)
"""A name of several words that ends with that of a place: an office, a school, a hospital is of the place."""
ADDRESS = re.compile(
    r"\b(?:phường|xã|thị trấn|huyện|quận|thị xã|TP\.?|thành phố|thôn|làng|ấp|đường|phố|bản)\s(?:\d+|(?:[^\W\d_]+\s){1,4})\s?[(,]\s?$"
)
"""An address that goes on with a larger place."""
PERSON = re.compile(r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Bb]ạn|[Cc]ô|[Cc]háu|[Bb]ác)\s((?:[^\W\d_]+\s){1,5})[(–-]\s?$")
"""A person behind whose name, in brackets, the home stands."""
FULL_NAME = re.compile(rf"\b(?:{'|'.join(sorted(PLAIN_SURNAMES))})\s[^\W\d_]+(?:\s[^\W\d_]+)?\b")
"""A family name and one or two words."""
WORD_BEFORE = re.compile(r"([^\W_]+(?:-[^\W_]+)?\.?)(?:\s|(?<=\.))$")
WORDS_BEFORE = re.compile(r"([^\W_]+)\s+([^\W_]+)\s$")
WORD_AFTER = re.compile(r"^\s([^\W\d_]+)")
SENTENCE_START = re.compile(r"(?:^|[.!?:;()“”\"'‘’…–—-]\s*)[^\W_]+\s$")
BETWEEN = re.compile(r"\s*(?:,|;|/|và|hay|hoặc|cùng|với|,\s*và|va)\s*", re.I)
"""What makes an enumeration of the names on its two sides."""
NEAR = 60
"""Characters on either side of a name that are looked at."""
ACCENTED = re.compile("[^\x00-\x7f]")
LETTERS = 20
"""Letters of a text from which on it would have accents."""
_FOLDS = str.maketrans({"đ": "d", "Đ": "D"})


def standing(scan: Scan, start: int, end: int) -> Standing:
    """How a name stands between the text before and after it; see `ports.Language`."""
    before, after = scan.normal[max(0, start - NEAR) : start], scan.normal[end : end + NEAR]
    name = scan.normal[start:end].lower()
    introduced = _introduction(before, scan.folded) or _head(before)
    if introduced is None and not scan.caseless and name in WORDS_TOO and _begins(before):
        return Standing.NAME
    if introduced is Standing.NAME and _head(before, "school") is None:
        return Standing.NAME
    if _goes_on(after, scan.caseless):
        return Standing.NAME
    alone = " " not in name and _introduction(before, scan.folded) is None
    if (introduced is None or alone) and not scan.caseless and _names_something_else(before):
        return Standing.NAME
    if name in _set(PEOPLE, scan.folded) and _introduction(before, scan.folded) is not Standing.PLACE:
        return Standing.NAME
    if introduced is Standing.NAME:
        return Standing.PLACE  # a school's name holds that of a trade
    if introduced is None and ADDRESS.search(before):
        return Standing.PLACE
    if introduced is None and before.endswith("(") and after.startswith(")"):
        return Standing.BRACKETED
    return introduced or Standing.BARE


def everyday(name: str) -> bool:
    """See `ports.Language`."""
    name = name.replace(" ", "_")
    return name in EVERYDAY or name in EVERYDAY_FOLDED


def joins(between: str) -> bool:
    """See `ports.Language`."""
    return BETWEEN.fullmatch(between) is not None


def people(text: str) -> Iterator[tuple[int, int]]:
    """See `ports.Language.native`."""
    for found in FULL_NAME.finditer(text):
        if all(word[0].isupper() and not word.isupper() for word in found.group().split()):
            yield found.span()


def unaccented(text: str) -> bool:
    """See `ports.Language`."""
    return len(text) >= LETTERS and not any(map(unicodedata.combining, unicodedata.normalize("NFD", text))) and not (
        "đ" in text or "Đ" in text
    )


def folded(text: str) -> str:
    """See `ports.Language`."""
    bare = (unicodedata.normalize("NFD", character)[0] for character in text.translate(_FOLDS))
    return "".join(bare)


@cache
def _set(words: frozenset[str], without_accents: bool) -> frozenset[str]:
    return frozenset(map(folded, words)) if without_accents else words


def _introduction(before: str, without_accents: bool) -> Standing | None:
    """What the two words before a name make of it, else the one; None where they say nothing."""
    one, two = WORD_BEFORE.search(before), WORDS_BEFORE.search(before)
    if one is None:
        return None
    pair = f"{two[1]}_{two[2]}".lower() if two else ""
    for word in (pair,) if pair in _set(COMPOUNDS, without_accents) else (pair, one[1].lower()):
        for words, means in _MEANINGS:
            if word in _set(words, without_accents):
                return means
    return None


def _head(before: str, kind: str | None = None) -> Standing | None:
    """What the first of several words before a name makes of it."""
    found = HEADED.search(before)
    if found is None:
        return Standing.ORIGIN if _is_person(before) else None
    if kind is not None:
        return Standing.PLACE if found[kind] else None
    return Standing.NAME if found["company"] else Standing.PLACE


def _is_person(before: str) -> bool:
    found = PERSON.search(before)
    return found is not None and all(word[0].isupper() for word in found[1].split())


_MEANINGS = (
    (AUTHORITIES, Standing.PLACE),
    (ORIGINS, Standing.ORIGIN),
    (ASIDES, Standing.ASIDE),
    (NAMES, Standing.NAME),
    (WITHIN, Standing.WITHIN),
)


def _begins(before: str) -> bool:
    """Whether a sentence begins after this text."""
    return not before.strip() or before.rstrip()[-1] in ".!?:;“\"'‘…-–—"


def _goes_on(after: str, caseless: bool) -> bool:
    """Whether a further word belongs to the name, which is then another one."""
    following = WORD_AFTER.match(after)
    if following is None:
        return False
    word = following[1]
    return word.lower() in AFTER_NAMES or (not caseless and word[0].isupper() and len(word) > 1 and word not in SURNAMES)


def _names_something_else(before: str) -> bool:
    """Whether the word before is capitalised, and not only because a sentence begins with it; no abbreviation."""
    previous = WORD_BEFORE.search(before)
    if previous is None or previous[1].endswith(".") or not previous[1][0].isupper():
        return False
    if len(previous[1]) > 2 and previous[1].isupper():
        return False
    return previous[1] in PLAIN_SURNAMES or SENTENCE_START.search(before) is None
