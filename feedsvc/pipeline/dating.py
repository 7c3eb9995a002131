"""When an article was published, and from what that was decided. Dates are whole seconds, UTC, never in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ..domain.clean import shortened
from ..domain.language import Day
from ..domain.record import RawRecord
from .days import EARLIEST, NOON, calendar_day, utc
from .stating import LONGEST_DATE, Calendar, stated

FIRST_SEEN = "when it was first seen"


class Dated(NamedTuple):
    """The moment, in words what it was decided from, and whether that is more than its arrival."""

    at: datetime
    by: str
    known: bool = True


def published(record: RawRecord, day: Day | None, calendar: Calendar, now: datetime) -> Dated:
    """The first that can be had: the record's own date, the day of its lead, its pictures' names, its carrier, now.

    A day without a year is the one nearest to the stamps in the pictures' names, else the nearest one not after the
    carrier's last change; without a stamp of that day it is noon.
    """
    return next(_decided(record, day, calendar, now))


def _decided(record: RawRecord, day: Day | None, calendar: Calendar, now: datetime) -> Iterator[Dated]:
    if (own := stated(record.published, calendar, now, record.modified)) is not None:
        yield Dated(own, f"the date it states: {record.published}")
        return
    doubt = f" (“{shortened(record.published or '', LONGEST_DATE)}”, which it states, is no date to go by)"
    for found in _guessed(record, day, calendar.zone, now):
        yield found if not record.published else found._replace(by=found.by + doubt)


def _guessed(record: RawRecord, day: Day | None, zone: ZoneInfo, now: datetime) -> Iterator[Dated]:
    placed = (utc(stamp, zone) for stamp in record.stamps)
    stamps = sorted(stamp for stamp in placed if stamp is not None and EARLIEST <= stamp <= now)
    modified = record.modified if record.modified is not None and record.modified >= EARLIEST else None
    limit = (now if modified is None else min(modified, now)).replace(microsecond=0)
    if day is not None and (chosen := calendar_day(day, stamps, limit, zone)) is not None:
        yield _moment_of(chosen, day, stamps, now.replace(microsecond=0), zone)
    if stamps:
        yield Dated(stamps[-1], "the latest time in the names of its pictures")
    if modified is not None:
        yield Dated(limit, "the last change of the file")
    yield Dated(now.replace(microsecond=0), FIRST_SEEN, known=False)


def _moment_of(chosen: date, day: Day, stamps: list[datetime], now: datetime, zone: ZoneInfo) -> Dated:
    same_day = [stamp for stamp in stamps if stamp.astimezone(zone).date() == chosen]
    if same_day:
        return Dated(same_day[-1], f"the day “{day.words}” and the latest time of it in the names of its pictures")
    noon = datetime.combine(chosen, NOON, zone).astimezone(UTC)
    if noon > now:
        return Dated(now, f"the day “{day.words}”, which is not over")
    year = "" if day.year else ", its year from the names of its pictures" if stamps else ", the nearest one"
    return Dated(noon, f"the day “{day.words}”{year}, at noon")
