"""What a feed says of when to be asked: `ttl`, `skipHours` and `skipDays` (RSS 2.0), and the module `syndication`."""

from __future__ import annotations

import re
from datetime import timedelta

from ...domain.rhythm import Hints
from .clocks import ENTRY, LONGEST_HEAD, XML

TTL = re.compile(rb"<ttl>\s*(\d{1,7})\s*</ttl>", re.I)
PERIOD = re.compile(rb"<(?:[\w.-]{1,32}:)?updatePeriod>\s*([a-z]{1,12})\s*</", re.I)
FREQUENCY = re.compile(rb"<(?:[\w.-]{1,32}:)?updateFrequency>\s*(\d{1,7})\s*</", re.I)
SKIPPED = re.compile(rb"<skip(?:Hours|Days)>(.{0,2000}?)</skip(?:Hours|Days)>", re.I | re.S)
HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.I)
DAY = re.compile(rb"<day>\s*([A-Za-z]{6,9})\s*</day>", re.I)
PERIODS = {
    b"hourly": timedelta(hours=1),
    b"daily": timedelta(days=1),
    b"weekly": timedelta(days=7),
    b"monthly": timedelta(days=30),
    b"yearly": timedelta(days=365),
}
DAYS = (b"monday", b"tuesday", b"wednesday", b"thursday", b"friday", b"saturday", b"sunday")


def hints_of(body: bytes) -> Hints | None:
    """The hints in front of the first entry of an XML feed; None where there are none, and for any other."""
    if not XML.match(body):
        return None
    first = ENTRY.search(body, 0, LONGEST_HEAD)
    head = body[: first.start() if first else LONGEST_HEAD]
    skipped = b" ".join(SKIPPED.findall(head))
    found = Hints(
        every=max(filter(None, (_ttl(head), _period(head))), default=None),
        # Hours are 0 to 23 there, and 1 to 24 in the older RSS 0.91.
        skip_hours=frozenset(int(hour) % 24 for hour in HOUR.findall(skipped) if int(hour) <= 24),
        skip_days=frozenset(DAYS.index(day.lower()) for day in DAY.findall(skipped) if day.lower() in DAYS),
    )
    return None if found == Hints() else found


def _ttl(head: bytes) -> timedelta | None:
    found = TTL.search(head)
    return timedelta(minutes=int(found[1])) if found and int(found[1]) else None


def _period(head: bytes) -> timedelta | None:
    """The time between two updates; daily, and once, are what it means where it leaves one out."""
    period, frequency = PERIOD.search(head), FREQUENCY.search(head)
    if period is None and frequency is None:
        return None
    length = PERIODS.get(period[1].lower()) if period else PERIODS[b"daily"]
    times = int(frequency[1]) if frequency else 1
    return length / times if length is not None and times else None
