"""Which day of the calendar a day without a year is, and what the earliest is that is believed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ..domain.language import Day

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing on the web is older; an earlier date is a mistake."""
NOON = time(12)
"""The time of a day of which no time is known."""


def calendar_day(day: Day, stamps: list[datetime], limit: datetime, zone: ZoneInfo) -> date | None:
    """The day of a year; None where it can be none.

    Without a year it is the one nearest to the last of the stamps, else the nearest one not after the limit.
    """
    last = limit.astimezone(zone).date()
    if day.year is not None:
        return next(iter(_days(day, [day.year], date.max)), None)
    if stamps:
        base = stamps[-1].astimezone(zone).date()
        near = _days(day, [base.year - 1, base.year, base.year + 1], date.max)
        return min(near, key=lambda candidate: abs(candidate - base), default=None)
    return max(_days(day, range(last.year - 8, last.year + 1), last), default=None)


def utc(moment: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, on the clock of `zone` where it does not say; None at the ends of the calendar."""
    aware = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    try:
        return aware.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


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
