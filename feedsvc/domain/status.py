"""A source as an operator sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from .history import NO_HISTORY, History
from .passes import Outcome
from .record import Rejection
from .rhythm import VerdictKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the last pass over a source made of the records that it saw."""

    seen: int = 0
    new: int = 0
    corrected: int = 0
    withdrawn: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A source as an operator wants to see it; times are None where it has not happened yet."""

    source: str
    last_success: datetime | None
    last_pass: datetime | None
    last_outcome: Outcome | None
    last_message: str
    newest_item: datetime | None
    next_poll: datetime | None
    articles: int
    rejections: tuple[Rejection, ...] = ()
    failures: int = 0
    history: History = NO_HISTORY
    counts: Counts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much there is, at one moment: configured sources by their last outcome (None: no pass yet), live articles.

    `late` are the sources whose poll is overdue; `heartbeat` is when the scheduler was last alive, if ever. `verdicts`
    are the sources by how they do.
    """

    sources: Mapping[Outcome | None, int]
    verdicts: Mapping[VerdictKind, int]
    late: int
    articles: int
    heartbeat: datetime | None
