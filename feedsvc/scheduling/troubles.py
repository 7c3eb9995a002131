"""Errors that come again and again, told once and then now and then."""

from __future__ import annotations

import logging
import math
import traceback
from dataclasses import dataclass, field
from datetime import timedelta

from ..errors import FeedsvcError

_log = logging.getLogger("feedsvc.scheduling")

REMIND = timedelta(hours=1)


@dataclass(slots=True)
class _Row:
    """The failures of one subject since it last worked, and when each kind of them was last told."""

    failures: int = 0
    untold: int = 0
    told: dict[str, float] = field(default_factory=dict)


class Troubles:
    """Counts the failures in a row of each subject, and logs each kind of them once an hour.

    Not locked: one thread at a time for each subject.
    """

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}

    def happened(self, subject: str, error: Exception, at: float) -> int:
        """Note a failure at a monotonic time, and say how many in a row that makes."""
        row = self._rows.setdefault(subject, _Row())
        row.failures += 1
        kind = _kind(error)
        if at - row.told.get(kind, -math.inf) < REMIND.total_seconds():
            row.untold += 1
        else:
            _tell(subject, error, row.untold)
            row.told[kind], row.untold = at, 0
        return row.failures

    def over(self, subject: str) -> None:
        """The subject works: the next failure is the first of its row."""
        row = self._rows.pop(subject, None)
        if row is not None:
            _log.info("%s works again", subject, extra={"subject": subject, "failures": row.failures})

    def forget(self, subject: str) -> None:
        """The subject is another one now."""
        self._rows.pop(subject, None)


def _kind(error: Exception) -> str:
    # Not its text: a database's message may quote the time, and so be a new one every second.
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {place}"


def _tell(subject: str, error: Exception, untold: int) -> None:
    # An error of ours says all there is to say; any other is a bug, and its traceback leads there.
    bug = None if isinstance(error, FeedsvcError) else error
    fields = {"subject": subject, "error": str(error), "repeats": untold}
    _log.error("%s failed: %s", subject, error, extra=fields, exc_info=bug)
