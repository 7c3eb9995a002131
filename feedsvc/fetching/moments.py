"""Dates in the headers of HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def moment_of(date: str | None) -> datetime | None:
    """The moment of an HTTP date (RFC 9110 section 5.6.7); in UTC where it says no zone, None where it is none."""
    try:
        moment = parsedate_to_datetime(date) if date else None
        return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
