"""Dates as Vietnamese sites write them in words, where an address or a feed should hold a date."""

from __future__ import annotations

import re
from datetime import timedelta

from ..domain.language import Ago, Day
from . import tones

NOW = re.compile(r"\bvừa xong\b", re.I)
PART_OF = r"(?:\d{1,4}|một|hai|ba|nửa)\s{1,3}(?:giây|phút|giờ|tiếng|ngày|hôm|tuần)"
COUNTED = re.compile(
    rf"\b(?P<before>{PART_OF}(?:\s{{1,3}}{PART_OF}){{0,3}})\s{{1,3}}(?:trước|vừa qua)\b"
    rf"|\bcách đây\s{{1,3}}(?P<since>{PART_OF}(?:\s{{1,3}}{PART_OF}){{0,3}})\b",
    re.I,
)
EACH = re.compile(r"(?P<number>\S++)\s+(?P<unit>\w+)")
NUMBERS = {"nửa": 0.5, "một": 1, "hai": 2, "ba": 3}
UNITS = {
    "giây": timedelta(seconds=1),
    "phút": timedelta(minutes=1),
    "giờ": timedelta(hours=1),
    "tiếng": timedelta(hours=1),
    "ngày": timedelta(days=1),
    "hôm": timedelta(days=1),
    "tuần": timedelta(weeks=1),
}
A_DAY = timedelta(days=1)
PART = r"(?:rạng sáng|sáng|trưa|chiều|tối|đêm|khuya|hôm|ngày)"
NEAR = re.compile(rf"\b{PART}(?:\s+(?:sớm|muộn|hôm))?\s+(?P<which>nay|qua|kia)\b", re.I)
NEAR_DAYS = {"nay": 0, "qua": 1, "kia": 2}
WITH_MONTH = re.compile(
    r"\b(?P<day>\d{1,2})\s*(?:tháng|thg|th\.?)\s*(?P<month>\d{1,2})\b[\s,]*(?:năm\s*)?(?P<year>\d{4})?\b", re.I
)
FURTHEST = timedelta(days=3650)


def ago(text: str) -> Ago | None:
    """`2 giờ 30 phút trước`, `Cách đây 2 ngày`, `Chiều nay`, `Tối qua`, `Hôm kia`."""
    text = tones.canonical(text)
    if NOW.search(text):
        return Ago(timedelta())
    if (found := COUNTED.search(text)) is not None:
        return _counted(found["before"] or found["since"])
    near = NEAR.search(text)
    return None if near is None else Ago(A_DAY * NEAR_DAYS[near["which"].lower()], whole_days=True)


def _counted(written: str) -> Ago | None:
    """`2 giờ 30 phút` ago; of days alone the time is not told."""
    parts = [(one["number"].lower(), UNITS[one["unit"].lower()]) for one in EACH.finditer(written)]
    amount = sum((unit * (int(n) if n.isdecimal() else NUMBERS[n]) for n, unit in parts), timedelta())
    whole_days = all(unit >= A_DAY for _, unit in parts)
    return Ago(amount, whole_days) if amount <= FURTHEST else None


def day(text: str) -> Day | None:
    """`10 Th1 2018`, `10 tháng 1, 2018`, `10 thg 1`."""
    found = WITH_MONTH.search(tones.canonical(text))
    if found is None or not (1 <= int(found["day"]) <= 31 and 1 <= int(found["month"]) <= 12):
        return None
    year = found["year"]
    return Day(int(found["day"]), int(found["month"]), int(year) if year else None, found.group().strip(" ,"))
