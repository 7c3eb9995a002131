"""Sources as an operator sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .history import NO_HISTORY, History
from .passes import Outcome
from .record import Rejection
from .rhythm import Verdict, VerdictKind
from .source import Source


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
    """A source as an operator wants to see it; times are None where it has not happened yet.

    `articles` are the live ones that it brings, `newest_item` is when the newest of them was published. `rejections`
    and `counts` are those of the last pass. The history is without its rhythm, which is for the next pass alone.
    """

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


def unseen(source: str) -> SourceStatus:
    """The status of a source that is configured, and that the store does not know yet."""
    return SourceStatus(
        source=source,
        last_success=None,
        last_pass=None,
        last_outcome=None,
        last_message="",
        newest_item=None,
        next_poll=None,
        articles=0,
    )


@dataclass(frozen=True, slots=True)
class Report:
    """A configured source, and how it does."""

    source: Source
    status: SourceStatus

    @property
    def verdict(self) -> Verdict:
        """What is to be made of it."""
        return self.status.history.verdict

    @property
    def interval(self) -> timedelta | None:
        """The time between two passes, whoever chose it; None where nobody has yet."""
        return self.source.every or self.status.history.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictChange:
    """The verdict on a source became another one at `at`; `number` grows from change to change."""

    number: int
    source: str
    at: datetime
    verdict: Verdict
    before: VerdictKind


@dataclass(frozen=True, slots=True)
class Telling:
    """A change of a verdict that is to be told to the operator; `attempts` counts this one too."""

    change: VerdictChange
    attempts: int


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
