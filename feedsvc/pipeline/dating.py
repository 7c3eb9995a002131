"""When an article was published, and from what that was decided. Dates are whole seconds, UTC, never in the future."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..domain.clean import shortened
from ..domain.language import Day
from ..domain.record import RawRecord

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing on the web is older; an earlier date is a mistake."""
AHEAD = timedelta(minutes=10)
"""How far ahead of ours an upstream's clock may be before its date is not believed."""
LONGEST_DATE = 100
"""Characters of a date, comments included."""
NOON = time(12)
HOURS_ONLY = re.compile(r"(?:\b(?:GMT|UTC)\s*)?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?$")
"""Zones as `+07` and `GMT+7`, which RFC 5322 does not know."""
UNKNOWN_ZONE = re.compile(r"-0000$")
"""RFC 5322 section 3.3: universal time, wherever the clock stood."""


class Dated(NamedTuple):
    """The moment, and in words what it was decided from."""

    at: datetime
    by: str


def published(record: RawRecord, day: Day | None, zone: ZoneInfo, now: datetime) -> Dated:
    """The first that can be had: the record's own date, the day of its lead, its pictures' names, its carrier, now.

    `zone` is the source's, for clocks that do not say. A day without a year is the one nearest to the stamps in the
    pictures' names, else the nearest one not after the carrier's last change; without a stamp of that day it is noon.
    """
    return next(_decided(record, day, zone, now))


def stated(text: str | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """A date in the forms of RFC 3339, ISO 8601 and RFC 5322, if it can be true."""
    written = "" if text is None else text.strip()
    if not written or len(written) > LONGEST_DATE:
        return None
    moment = _iso(written) or _mail(written)
    exact = None if moment is None else _utc(moment, zone)
    if exact is None or not EARLIEST <= exact <= now + AHEAD:
        return None
    return min(exact, now.replace(microsecond=0))


def _decided(record: RawRecord, day: Day | None, zone: ZoneInfo, now: datetime) -> Iterator[Dated]:
    if (own := stated(record.published, zone, now)) is not None:
        yield Dated(own, f"the date it states: {record.published}")
    doubt = f" (“{shortened(record.published or '', LONGEST_DATE)}”, which it states, is no date to go by)"
    for found in _guessed(record, day, zone, now):
        yield found if not record.published else Dated(found.at, found.by + doubt)


def _guessed(record: RawRecord, day: Day | None, zone: ZoneInfo, now: datetime) -> Iterator[Dated]:
    placed = (_utc(stamp, zone) for stamp in record.stamps)
    stamps = sorted(stamp for stamp in placed if stamp is not None and EARLIEST <= stamp <= now)
    modified = record.modified if record.modified is not None and record.modified >= EARLIEST else None
    limit = (now if modified is None else min(modified, now)).replace(microsecond=0)
    if day is not None and (chosen := _day(day, stamps, limit, zone)) is not None:
        yield _moment_of(chosen, day, stamps, now.replace(microsecond=0), zone)
    if stamps:
        yield Dated(stamps[-1], "the latest time in the names of its pictures")
    if modified is not None:
        yield Dated(limit, "the last change of the file")
    yield Dated(now.replace(microsecond=0), "when it was first seen")


def _moment_of(chosen: date, day: Day, stamps: list[datetime], now: datetime, zone: ZoneInfo) -> Dated:
    same_day = [stamp for stamp in stamps if stamp.astimezone(zone).date() == chosen]
    if same_day:
        return Dated(same_day[-1], f"the day “{day.words}” and the latest time of it in the names of its pictures")
    noon = datetime.combine(chosen, NOON, zone).astimezone(UTC)
    if noon > now:
        return Dated(now, f"the day “{day.words}”, which is not over")
    year = "" if day.year else ", its year from the names of its pictures" if stamps else ", the nearest one"
    return Dated(noon, f"the day “{day.words}”{year}, at noon")


def _day(day: Day, stamps: list[datetime], limit: datetime, zone: ZoneInfo) -> date | None:
    last = limit.astimezone(zone).date()
    if day.year is not None:
        return next(iter(_days(day, [day.year], date.max)), None)
    if stamps:
        base = stamps[-1].astimezone(zone).date()
        near = _days(day, [base.year - 1, base.year, base.year + 1], date.max)
        return min(near, key=lambda candidate: abs(candidate - base), default=None)
    return max(_days(day, range(last.year - 8, last.year + 1), last), default=None)


def _days(day: Day, years: Iterable[int], last: date) -> list[date]:
    found = []
    for year in years:
        try:
            candidate = date(year, day.month, day.day)
        except ValueError:
            continue
        if EARLIEST.date() <= candidate <= last:
            found.append(candidate)
    return found


def _utc(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, on the clock of `zone` where it does not say; None at the ends of the calendar."""
    aware = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    try:
        return aware.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """A date of RFC 5322; its zone may also stand as `+07` or `GMT+7`."""
    try:
        found = parsedate_to_datetime(HOURS_ONLY.sub(_offset, text))
        return found.replace(tzinfo=UTC) if UNKNOWN_ZONE.search(text) else found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _offset(found: re.Match[str]) -> str:
    return f"{found['sign']}{int(found['hours']):02}{found['minutes'] or '00'}"
