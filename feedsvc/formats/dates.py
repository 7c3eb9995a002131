"""Dates as feeds write them: UTC, whole seconds, the same under every locale.

feedgen writes RFC 822 dates by setting the locale of the whole process twice for each, which is
not safe beside other threads; so none of its RSS dates is used.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime


class Unwritten(datetime):
    """A date that feedgen leaves out: it writes lastBuildDate, by default now, unless its value is false."""

    def __bool__(self) -> bool:
        return False


UNWRITTEN = Unwritten(1970, 1, 1, tzinfo=UTC)


def utc(moment: datetime) -> datetime:
    """The second in UTC. Raises ValueError for a time without a zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    if moment.tzinfo is UTC and not moment.microsecond:
        return moment
    return moment.astimezone(UTC).replace(microsecond=0)


def rfc822(moment: datetime) -> str:
    """`Tue, 10 Jan 2017 02:00:00 +0000` (RFC 822 section 5.1, with the year in four digits)."""
    return format_datetime(utc(moment))


def rfc3339(moment: datetime) -> str:
    """`2017-01-10T02:00:00+00:00` (RFC 3339 section 5.6), as feedgen writes its Atom dates too."""
    return utc(moment).isoformat()
