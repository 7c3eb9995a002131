"""When a source is polled next: at its own pace, more and more rarely while it fails, and always again."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from ..domain.passes import Outcome
from ..domain.source import Source

PATIENT = 2
"""Failures in a row that change nothing: most are over with the next pass."""
LONGEST = timedelta(hours=4)
GONE = timedelta(days=1)
"""Between two looks at an address that says it is gone for good (410)."""
JITTER = 0.1
"""The part of a longer wait by which it varies, so that many sources of one server do not come back together."""
BACKING_OFF = frozenset({Outcome.FETCH_FAILED, Outcome.PARSE_FAILED})
"""A folder that is away is looked at as often as ever: that costs nobody anything."""


def next_poll(
    source: Source, outcome: Outcome, failures: int, now: datetime, not_before: datetime | None = None
) -> datetime:
    """The time of the next pass after one that ended so; `failures` are those in a row before it.

    `not_before` is when the upstream wants to be asked again.
    """
    wait = source.every
    if outcome is Outcome.GONE:
        wait = max(wait, GONE)
    elif outcome in BACKING_OFF and failures >= PATIENT:
        longer = source.every * 2 ** min(failures - PATIENT + 1, 32) if source.every < LONGEST else source.every
        wait = max(source.every, min(longer, LONGEST)) * (1 + JITTER * _spread(source.id, failures))
    due = now + wait
    return due if not_before is None else max(due, not_before)


def _spread(source: str, failures: int) -> float:
    """A number from 0 to 1, the same for the same failure of the same source."""
    return hashlib.blake2b(f"{source} {failures}".encode(), digest_size=1).digest()[0] / 255
