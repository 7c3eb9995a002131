"""Dates: their two notations, in UTC, not in the future, and the order that follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|\+00:00)")
_RFC822 = "%a, %d %b %Y %H:%M:%S"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def rfc3339(text: str) -> datetime | None:
    """A date of Atom or JSON Feed (RFC 3339 section 5.6): UTC, whole seconds; None for anything else."""
    if not _RFC3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return None


def rfc822(text: str) -> datetime | None:
    """A date of RSS (RFC 822 section 5.1, years in four digits): UTC, with the day that it was; else None."""
    stamp, _, zone = text.rpartition(" ")
    try:
        moment = datetime.strptime(stamp, _RFC822).replace(tzinfo=UTC)
    except ValueError:
        return None
    right = zone in {"+0000", "GMT"} and len(stamp) == 25 and stamp[:3] == _DAYS[moment.weekday()]
    return moment if right else None


def dated(where: str, text: str | None, moment: datetime | None, now: datetime) -> Iterator[str]:
    """Whether `moment`, read from `text`, is a date at all, and not after `now`."""
    if moment is None:
        yield f"{where} is no date in UTC and whole seconds: {text!r}"
    elif moment > now:
        yield f"{where} lies in the future: {text}"


def newest_first(entries: Sequence[tuple[datetime | None, str]]) -> Iterator[str]:
    """Entries as (published, id) stand newest first, ties by id, descending; no id stands twice."""
    for (earlier, first), (later, second) in pairwise(entries):
        if earlier is not None and later is not None and (earlier, first) < (later, second):
            yield f"{second} stands after {first}, which is older"
    ids = [key for _, key in entries]
    yield from (f"the id {key} stands {ids.count(key)} times" for key in sorted(set(ids)) if ids.count(key) > 1)
