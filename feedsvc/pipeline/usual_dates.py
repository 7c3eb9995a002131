"""The form in which nearly every feed of RSS writes its dates, read at a glance."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
MAIL = re.compile(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d?) ({'|'.join(MONTHS)}) (\d{{4}}) "
    r"(\d\d):(\d\d):(\d\d) (?:GMT|([+-])(\d\d)(\d\d))",
    re.A,
)
"""RFC 5322 section 3.3."""


def usual(text: str) -> datetime | None:
    """The moment of a date of RFC 5322 as programs write it, None for any other text."""
    found = MAIL.fullmatch(text)
    if found is None or found.group(7, 8, 9) == ("-", "00", "00"):
        return None
    day, name, year, hour, minute, second, sign, hours, minutes = found.groups()
    try:
        return datetime(
            int(year), MONTHS[name], int(day), int(hour), int(minute), int(second), tzinfo=_zone(sign, hours, minutes)
        )
    except ValueError:
        return None


def _zone(sign: str | None, hours: str, minutes: str) -> timezone:
    if sign is None:
        return UTC
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)
