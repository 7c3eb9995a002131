"""Vietnamese newsrooms' conventions: datelines, credits, bylines, days, and what stands beside a place's name."""

from __future__ import annotations

import re

from ..domain.language import Ago, Byline, Day, Mended, Standing
from ..domain.matching import Scan
from . import (
    syllables,
    tones,
    vietnamese_common,
    vietnamese_dates,
    vietnamese_encodings,
    vietnamese_names,
    vietnamese_places,
    vietnamese_spelling,
)
from .counters import DIGIT, ENGLISH, Counters

DATELINE = re.compile(
    r"^(?:\((?P<bracketed>[^()\d]{2,30})\)|(?P<agency>[A-ZĐ]{2,6}(?:\.VN|\.vn)?)(?=\s*[-–—]\s))\s*[-–—:.,]?\s*",
)
NO_AGENCIES = frozenset("ASEAN APEC BRICS EU MERCOSUR NATO OECD OPEC UNESCO UNICEF UAE USD WHO WTO".split())
"""Capitals before a dash that are what the sentence is about (`ASEAN - …`)."""
CREDIT = re.compile(
    r"(?:^|[\s.,;(\[])(?P<label>Ảnh minh họa|Ảnh tư liệu|Nguồn ảnh|Ảnh|Nguồn|Video|Clip|Đồ họa|Minh họa)"
    r"\s*:\s*(?P<names>(?:[^:.]|\.(?=\w)|(?<=\b\w)\.){1,80}?)[\s.)\]]*$",
)
PERSON_CREDITS = frozenset({"Ảnh", "Video", "Clip"})
NO_PERSONS = frozenset({"internet", "tư liệu", "minh họa", "sưu tầm", "nguồn", "ctv", "nvcc", "đvcc"})
BOTH = re.compile(
    r"^(?:bài và ảnh|ảnh và bài|bài & ảnh|bài, ảnh|bài - ảnh|tin và ảnh|tin, ảnh|tin - ảnh|tin ảnh)"
    r"(?:\s*:\s*|\s+)(?P<both>.+)$",
    re.I,
)
EACH = re.compile(r"^(?:bài|tin)\s*:\s*(?P<authors>.+?)[\s,;–—-]*\bảnh\s*:\s*(?P<contributors>.+)$", re.I)
SOLE = re.compile(r"^(?:bài|tin|theo|tác giả)(?:\s*:\s*|\s+)(?P<authors>[^\W\d_].+)$", re.I)
BETWEEN_NAMES = re.compile(r"\s*(?:[,;&/+]|\s[-–—]\s|\bvà\b)\s*")
NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|(?:[^\W\d_]\.)+[^\W\d_]*|[^\W\d_]+(?:\.[^\W\d_]+)+")
"""`Hồng`, `H'Hen`, `P.V`, `N.`, `T.Minh`, `VTV.vn`."""
SENTENCE_END = re.compile(r"(?<!\b[^\W\d_])\.$|[!?:…]$")
"""A full stop that is not that of an initial."""
LONGEST_BYLINE = 6
"""Words of a byline's names: those of two or three people are written in full in six."""
LONGEST_LINE = 120
"""Characters of a byline, and of the end of a caption in which its credit stands."""

DAY = re.compile(
    r"\b(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm)\b"
    r"(?:\s+(?:nay|qua|mai|ngày|sớm|muộn|thứ\s+\w+|chủ\s+nhật|hôm\s+nay|hôm\s+qua)\b)*[\s,(]*"
    r"(?P<day>\d{1,2})(?:\s*(?P<between>[/.-])\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s+năm\s+(?P<named>\d{4})|\s*(?P=between)\s*(?P<year>\d{4})|(?P=between)(?P<short>\d{2}))?(?![\d/])",
    re.I,
)
COUNTERS = Counters(
    (
        *ENGLISH,
        r"lượt\s(?:xem|đọc|thích|nghe|chia\ssẻ|truy\scập)",
        r"(?:đã\s)?xem",
        r"bình\sluận",
        r"ý\skiến",
        r"phản\shồi",
        r"chia\ssẻ",
        r"thích",
        r"(?:giây|phút|giờ|tiếng|ngày)\strước",
    )
)
DAY_WITHIN = 160
"""Characters of a lead within which the day of its news stands; later ones are other days."""


class Vietnamese:
    """Implements `ports.Language` for Vietnamese."""

    tag = "vi"

    def dateline(self, lead: str) -> tuple[str | None, str]:
        """`(THTG) Sáng 10/1 …` gives (`THTG`, `Sáng 10/1 …`)."""
        found = DATELINE.match(lead)
        if found is None or found.end() == len(lead) or found["agency"] in NO_AGENCIES:
            return None, lead
        return (found["bracketed"] or found["agency"]).strip(), lead[found.end() :]

    def credit(self, line: str) -> tuple[str, ...] | None:
        """`… Ảnh: Bá An` gives (`Bá An`,); `Nguồn: …` is a credit that names no person."""
        end = line[-LONGEST_LINE:]
        found = CREDIT.search(tones.canonical(end)) if ":" in end else None
        if found is None:
            return None
        if found["label"] not in PERSON_CREDITS:
            return ()
        return tuple(name for name in _names(end[slice(*found.span("names"))]) if name[0].isupper())

    def byline(self, line: str) -> Byline | None:
        """Up to six capitalised words, or `Bài và ảnh: …`; a full stop at its end makes it a sentence."""
        if len(line) > LONGEST_LINE:
            return None
        if both := BOTH.match(line):
            return _byline(both["both"], both["both"])
        if each := EACH.match(line):
            return _byline(each["authors"], each["contributors"])
        sole = SOLE.match(line)
        return _byline(sole["authors"] if sole else line, "")

    def day(self, lead: str) -> Day | None:
        """The first day written in figures near the start: `Sáng 10/1`, `ngày 10 tháng 1 năm 2018`."""
        start = lead[:DAY_WITHIN]
        for found in DAY.finditer(start) if DIGIT.search(start) else ():
            day, month = int(found["day"]), int(found["month"])
            year = found["named"] or found["year"] or (f"20{found['short']}" if found["short"] else None)
            if 1 <= day <= 31 and 1 <= month <= 12:
                return Day(day, month, int(year) if year else None, found.group().strip())
        return None

    def date(self, text: str) -> Day | Ago | None:
        """`Hôm qua`, `2 giờ trước`, `10 Th1 2018`, `Sáng 10/1`; see `vietnamese_dates`."""
        return vietnamese_dates.ago(text) or vietnamese_dates.day(text) or self.day(text)

    def standing(self, scan: Scan, start: int, end: int) -> Standing:
        """A rank or a preposition makes a place, a further capitalised word on either side another name."""
        return vietnamese_places.standing(scan, start, end)

    def everyday(self, name: str) -> bool:
        """`hòa bình` is peace; see `vietnamese_places`."""
        return vietnamese_places.everyday(name)

    def joins(self, between: str) -> bool:
        """Commas, `và` and the like; a dash makes ways and double names as often."""
        return vietnamese_places.joins(between)

    def foreign(self, text: str) -> tuple[tuple[int, int], ...]:
        """Capitalised words that no Vietnamese syllables are; see `syllables`."""
        return tuple(syllables.foreign(text))

    def native(self, text: str) -> tuple[tuple[int, int], ...]:
        """A family name and what follows it; see `vietnamese_names`."""
        return tuple(vietnamese_names.people(text))

    def unaccented(self, text: str) -> bool:
        """Some words without a single accent."""
        return vietnamese_names.unaccented(text)

    def folded(self, text: str) -> str:
        """`Đồng Tháp` without its accents: `Dong Thap`."""
        return vietnamese_names.folded(text)

    def commonest(self) -> frozenset[str]:
        """Pronouns, particles and the like; see `vietnamese_common`."""
        return vietnamese_common.COMMONEST

    def steady(self, text: str) -> str:
        """`Lượt xem: 1.234`, `12 bình luận` and `5 phút trước` are left out."""
        return COUNTERS.without(text)

    def lettered(self, text: str) -> str:
        """See `vietnamese_spelling`."""
        return vietnamese_spelling.lettered(text)

    def spellings(self, text: str) -> tuple[str, ...]:
        """Both placements of the tone mark, and both i and y; see `vietnamese_spelling`."""
        return vietnamese_spelling.spellings(text)

    def canonical(self, text: str) -> str:
        """One for all of these; see `vietnamese_spelling`."""
        return vietnamese_spelling.canonical(text)

    def suspect(self, text: str) -> bool:
        """Whether it holds signs where Vietnamese never has them."""
        return vietnamese_encodings.may_be(text)

    def mended(self, text: str) -> Mended | None:
        """UTF-8, windows-1258, TCVN3, VNI or VISCII that was read as windows-1252; see `vietnamese_encodings`."""
        return vietnamese_encodings.mended(text)


def _byline(authors: str, contributors: str) -> Byline | None:
    names = _people(authors)
    return Byline(names, _people(contributors)) if names else None


def _people(text: str) -> tuple[str, ...]:
    """The people that a text names, none where it says anything else."""
    if SENTENCE_END.search(text.strip()):
        return ()
    names = _names(text)
    words = [word for name in names for word in name.split()]
    return names if len(words) <= LONGEST_BYLINE and all(map(_is_of_a_name, words)) else ()


def _names(text: str) -> tuple[str, ...]:
    names = (name.strip(" .()[]") for name in BETWEEN_NAMES.split(text))
    return tuple(dict.fromkeys(name for name in names if name and tones.canonical(name.lower()) not in NO_PERSONS))


def _is_of_a_name(word: str) -> bool:
    return word[0].isupper() and NAME_WORD.fullmatch(word) is not None
