"""One pass over a source, from the claim to what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .article import Article, Carrier, Decision
from .feed import FeedKey
from .history import NO_HISTORY, History
from .record import Rejection
from .source import Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to poll a source until `until`; `token` grows with every claim, and only the newest stores.

    `first` holds until a pass over the source has succeeded, `succeeded` is when one did last; `failures` are those in
    a row.
    """

    source: str
    holder: str
    token: int
    until: datetime
    cursor: Cursor
    first: bool = False
    failures: int = 0
    succeeded: datetime | None = None
    history: History = NO_HISTORY

    @property
    def doubtful(self) -> bool:
        """Whether the last pass did not succeed, or there was none."""
        return self.first or self.failures > 0


class Outcome(StrEnum):
    """How a pass ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    ALL_REJECTED = "all rejected"
    PARSE_FAILED = "parse failed"
    FETCH_FAILED = "fetch failed"
    REFUSED = "refused"
    GONE = "gone"

    @property
    def success(self) -> bool:
        """Whether the source did what it should."""
        return self in (Outcome.CHANGED, Outcome.UNCHANGED, Outcome.EMPTY)


@dataclass(frozen=True, slots=True)
class Placed:
    """An article and every feed that holds it."""

    article: Article
    feeds: frozenset[FeedKey]


class RecordState(StrEnum):
    """Whether an identity is in use; it outlives the article."""

    LIVE = "live"
    WITHDRAWN_BY_SOURCE = "withdrawn by source"
    WITHDRAWN_BY_OPERATOR = "withdrawn by operator"
    PURGED = "purged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is stored under a record's key: the identity, what must not move, and which sources bring the article.

    `key` is the record's own; `title` the article's, where it was looked for under an alternative. `digest` is that of
    the record as it was last read, `stated` when the source said it was updated; for the rest see Article.
    """

    key: str
    article: str
    uri: str
    fingerprint: str
    published: datetime
    dated_by: str
    updated: datetime
    state: RecordState
    source: str
    others: tuple[Carrier, ...] = ()
    digest: str | None = None
    title: str = ""
    stated: datetime | None = None
    unsaid: int = 0
    unsaid_at: datetime | None = None
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A record as it was read: the key it would have without its own identifier, and its digest, empty for none."""

    alternative: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One finished pass, ready to be stored whole: articles, withdrawals, cursor and outcome together.

    `finished` is when everything was ready to be stored, else `started`: the time of what the pass changes.
    `articles` are those that are new, changed or back; `gone` are record keys. `seen` counts the
    records that the answer held, `marks` are those of the records that were read, by key. `labelling` is the digest of
    the configuration that the labels were made with (see Setup), empty where that does not matter.
    """

    claim: Claim
    outlet: str
    started: datetime
    outcome: Outcome
    cursor: Cursor
    next_poll: datetime
    finished: datetime | None = None
    articles: tuple[Placed, ...] = ()
    gone: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    seen: int = 0
    message: str = ""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    labelling: str = ""
    history: History = NO_HISTORY

    @property
    def quiet(self) -> bool:
        """Whether it went well and changed nothing that anybody reads, so that storing it can wait for others."""
        loud = self.articles or self.gone or self.rejections or self.marks or self.message
        return self.outcome is Outcome.UNCHANGED and not loud and not self.told_apart

    @property
    def told_apart(self) -> bool:
        """Whether more is known of the source than before, its interval and its cursor aside."""
        was, now = self.claim.history, self.history
        return (was.rhythm, was.verdict.kind, was.failing_since, was.moved_to) != (
            now.rhythm,
            now.verdict.kind,
            now.failing_since,
            now.moved_to,
        )


class ChangeKind(StrEnum):
    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RELABELLED = "relabelled"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one article."""

    kind: ChangeKind
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one transaction changed: `seq` is its place in the order of all, `feeds` those whose document moved.

    `stored` is False where nothing was stored at all: the claim was no longer the newest, or what it was made from is
    no longer what is stored; also, and then it is `outdated`, where the labels are not those of the configuration that
    is applied.
    """

    seq: int
    changes: tuple[Change, ...] = ()
    feeds: frozenset[FeedKey] = frozenset()
    stored: bool = True
    outdated: bool = False

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """When a feed's document last changed, and the seq of that change (0: never since it was opened).

    `shared_second`: the change before it bears the same second, so that the time alone does not tell them apart.
    """

    changed_at: datetime
    changed_seq: int
    shared_second: bool = False
