"""Dates in figures, or with an English month, among whatever words: day, time and zone are looked for one by one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from ..domain.source import DateOrder

_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
IN_FIGURES = re.compile(
    r"(?<![\w/.:-])(?P<first>\d{1,4})\s?(?P<between>[/.-])\s?(?P<second>\d{1,2})\s?(?P=between)\s?"
    r"(?P<third>\d{4}|\d{1,2})(?![\d/:-]|\.\d)"
)
DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{{1,3}}{_MONTH},?[\s-]{{1,3}}(?P<year>\d{{4}})\b", re.I
)
MONTH_FIRST = re.compile(rf"\b{_MONTH}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>\d{{4}})\b", re.I)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(
    r"(?<![\d:.,+-])(?P<hour>\d{1,2})(?:[:h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d|60))?|h(?!\w))(?:[.,]\d{1,9})?(?![\d:])"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?|sa\b|ch\b))?",
    re.I,
)
AFTERNOON = {"a": False, "s": False, "p": True, "c": True}
"""By the first letter: AM and PM, and SA and CH, which .NET writes in its Vietnamese culture."""
OFFSET = re.compile(
    r"(?:\b(?:GMT|UTC)\s?(?P<sign>[+-])\s?|(?<=[\d\sT(])(?P<bare>[+-]))(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?!\d)",
    re.I,
)
EAST = ("GMT UTC Z", "CET", "CEST EET", "EEST MSK", "", "", "", "ICT WIB", "SGT HKT", "JST KST")
WEST = ("", "", "", "", "EDT", "EST CDT", "CST MDT", "MST PDT", "PST")
HOURS = {name: hours for hours, names in enumerate(EAST) for name in names.split()}
HOURS |= {name: -hours for hours, names in enumerate(WEST) for name in names.split()}
"""Zones by letters, those of RFC 5322 section 4.3 and more that mean one thing; others are taken for the source's."""
NAMED = re.compile(rf"(?<![^\W\d_])({'|'.join(HOURS)})\b")
A_SECOND = timedelta(seconds=1)
LONGEST_OFFSET = timedelta(hours=14)


class Clock(NamedTuple):
    """What a text says of a time of day, each part None where it does not say.

    `beyond` is what 24:00 and leap seconds are after it: the day's own times end at 23:59:59.
    """

    time: time | None
    zone: tzinfo | None
    beyond: timedelta = timedelta()


def in_figures(text: str, order: DateOrder) -> datetime | None:
    """The first day of a text and its time, else midnight; naive where no zone stands. None where no day is."""
    for pattern in (IN_FIGURES, DAY_FIRST, MONTH_FIRST):
        if (found := pattern.search(text)) is not None:
            day = _ordered(found, order) if pattern is IN_FIGURES else _named(found)
            clock = clock_in(f"{text[: found.start()]} {text[found.end() :]}")
            return None if day is None else datetime.combine(day, clock.time or time(), clock.zone) + clock.beyond
    return None


def clock_in(text: str) -> Clock:
    """The first time of day of a text, and its zone."""
    found = CLOCK.search(text)
    if found is None:
        return Clock(None, zone_in(text))
    if (int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0)) == (24, 0, 0):
        return Clock(time(23, 59, 59), zone_in(text), A_SECOND)
    leaps = found["second"] == "60"
    return Clock(_time(found), zone_in(text), A_SECOND if leaps else timedelta())


def zone_in(text: str) -> tzinfo | None:
    """The zone that a text names: `GMT+7`, `GMT + 7`, `+07`, `+07:00`, `ICT`."""
    if (found := OFFSET.search(text)) is not None:
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
        sign = -1 if (found["sign"] or found["bare"]) == "-" else 1
        return timezone(sign * offset) if offset <= LONGEST_OFFSET else None
    named = NAMED.search(text)
    return None if named is None else timezone(timedelta(hours=HOURS[named[1]]))


def _ordered(found: re.Match[str], order: DateOrder) -> date | None:
    """The day of three figures: a year of four is where it is, and the order tells the others."""
    first, second, third = found["first"], found["second"], found["third"]
    if len(first) > 2 or (order is DateOrder.YMD and len(third) <= 2):
        return _date(first, second, third)
    return _date(third, first, second) if order is DateOrder.MDY else _date(third, second, first)


def _named(found: re.Match[str]) -> date | None:
    return _date(found["year"], str(MONTHS.index(found["name"].lower()) + 1), found["day"])


def _date(year: str, month: str, day: str) -> date | None:
    """The day; a year of two figures is one of this century up to 68 (POSIX, strptime's %y)."""
    century = 0 if len(year) == 4 else 2000 if int(year) < 69 else 1900
    try:
        return None if len(year) not in {2, 4} else date(century + int(year), int(month), int(day))
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    hour, half = int(found["hour"]), found["half"]
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if AFTERNOON[half[0].lower()] else 0)
    try:
        return time(hour, int(found["minute"] or 0), min(int(found["second"] or 0), 59))
    except ValueError:
        return None
