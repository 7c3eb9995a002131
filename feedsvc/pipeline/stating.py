"""A date as a source states it, in the forms of the standards and in those that newspapers really write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from ..domain.clean import one_line
from ..domain.language import Ago, Day
from ..domain.source import DateOrder
from ..ports import Language
from .days import EARLIEST, NOON, calendar_day, utc
from .figures import HOURS, clock_in, in_figures
from .usual_dates import usual

AHEAD = timedelta(minutes=10)
"""How far ahead of ours an upstream's clock may be before its date is not believed."""
LONGEST_DATE = 100
"""Characters of a date, comments included."""
INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which browsers put into dates."""
END_ZONE = re.compile(r"(?:\b(?:GMT|UTC)\s?)?(?P<sign>[+-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?$")
"""Zones as `+07`, `GMT+7` and `GMT + 7`, which RFC 5322 does not know."""
END_NAME = re.compile(r"\b(?P<name>[A-Z]{3,4})$")
UNKNOWN_ZONE = re.compile(r"-0000$")
"""RFC 5322 section 3.3: universal time, wherever the clock stood."""
HALF = re.compile(r"\d\s?(?:[ap]\.?m|sa|ch)\b", re.I)
"""Half of a day, which RFC 5322 does not know, and its readers leave out."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a source writes its dates: on which clock, in which order of figures, in which words."""

    zone: ZoneInfo
    order: DateOrder
    language: Language


def stated(text: str | None, calendar: Calendar, now: datetime, base: datetime | None = None) -> datetime | None:
    """The date that a text is, if it can be true: a whole second, UTC, not after `now`.

    Words such as yesterday, and days without a year, are told from `base`, else from now. A day alone is its
    midnight where it stands in figures, and its noon where it stands in words.
    """
    if not text:
        return None
    written = one_line(INVISIBLE.sub("", text[: 2 * LONGEST_DATE]))
    if not written or len(written) > LONGEST_DATE:
        return None
    moment = next(_read(written, calendar, min(base or now, now)), None)
    exact = None if moment is None else utc(moment, calendar.zone)
    if exact is None or not EARLIEST <= exact <= now + AHEAD:
        return None
    return min(exact, now.replace(microsecond=0))


def _read(text: str, calendar: Calendar, base: datetime) -> Iterator[datetime]:
    """What each of the forms makes of it, the strictest first."""
    if (moment := usual(text)) is not None:
        yield moment
    forms: tuple[Callable[[], datetime | None], ...] = (
        lambda: _iso(text),
        lambda: _mail(text),
        lambda: in_figures(text, calendar.order),
        lambda: _in_words(text, calendar, base),
    )
    yield from (moment for form in forms if (moment := form()) is not None)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """A date of RFC 5322; its zone may also stand as `+07`, `GMT+7` or `ICT`."""
    if HALF.search(text):
        return None
    try:
        found = parsedate_to_datetime(END_NAME.sub(_of_name, END_ZONE.sub(_offset, text)))
        return found.replace(tzinfo=UTC) if UNKNOWN_ZONE.search(text) else found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _offset(found: re.Match[str]) -> str:
    return f"{found['sign']}{int(found['hours']):02}{found['minutes'] or '00'}"


def _of_name(found: re.Match[str]) -> str:
    hours = HOURS.get(found["name"])
    return found.group() if not hours else f"{hours:+03}00"


def _in_words(text: str, calendar: Calendar, base: datetime) -> datetime | None:
    said = calendar.language.date(text)
    if isinstance(said, Ago) and not said.whole_days:
        return base - said.amount
    if isinstance(said, Ago):
        day = base.astimezone(calendar.zone).date() - said.amount
    elif isinstance(said, Day) and (chosen := calendar_day(said, [], base, calendar.zone)) is not None:
        day = chosen
    else:
        return None
    clock = clock_in(text)
    moment = datetime.combine(day, clock.time or NOON, clock.zone or calendar.zone) + clock.beyond
    # The noon of a day that is not over may still lie ahead, and the text does not.
    return moment if clock.time is not None else min(moment, base)
