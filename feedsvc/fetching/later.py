"""When an upstream wants to be asked again (RFC 9110 section 10.2.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from .moments import moment_of

LEAST, MOST = timedelta(minutes=1), timedelta(days=1)
"""What is shorter or longer than an honest server would say."""
LONGEST = 12
"""Digits of a number of seconds that is looked at."""


def retry_after(header: str | None, now: datetime) -> datetime | None:
    """The moment that `Retry-After` names, in seconds or as a date, within bounds; None where it names none."""
    said = (header or "").strip()
    if said.isascii() and said.isdecimal():
        seconds = int(said[:LONGEST])
        return now + min(max(timedelta(seconds=min(seconds, MOST.total_seconds())), LEAST), MOST)
    moment = moment_of(said)
    return None if moment is None else now + min(max(moment - now, LEAST), MOST)
