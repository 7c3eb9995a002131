"""What is known of a source from one pass to the next, and of the scheduler from one tick to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from .rhythm import NOTHING_HEARD, UNJUDGED, Rhythm, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What is known of a source from one pass to the next, beside its cursor.

    `interval` is the one that the program chose, None where the configured one holds; `moved_to` an address that proved
    to be its new one; `failing_since` the first of the failures in a row.
    """

    rhythm: Rhythm = NOTHING_HEARD
    verdict: Verdict = UNJUDGED
    failing_since: datetime | None = None
    interval: timedelta | None = None
    moved_to: str | None = None


NO_HISTORY = History()


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life of the scheduler: when, and what keeps it from its work, in words, empty for nothing.

    `believed` is the last time at which its clock was believed, where that is another one.
    """

    at: datetime
    trouble: str = ""
    believed: datetime | None = None

    @property
    def sure(self) -> datetime:
        """A time that was right."""
        return self.believed or self.at
