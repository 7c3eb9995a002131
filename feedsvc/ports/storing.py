"""What the core asks of those who keep things."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from ..domain.article import Article, Decision, Medium
from ..domain.feed import FeedKey
from ..domain.history import Beat
from ..domain.passes import Changes, Claim, FeedState, Known, Pass, Placed
from ..domain.setup import Setup
from ..domain.shown import FeedChanges, Shown
from ..domain.status import SourceStatus, Tally, Telling, VerdictChange


class MediaStore(Protocol):
    """Pictures of our own, kept by the hash of their bytes."""

    def keep(self, name: str, body: bytes) -> Medium:
        """Store the picture durably and tell where it is served. Raises MediaRefused for anything else."""

    def forget(self, digest: str, before: datetime) -> bool:
        """Take a picture out, unless it was kept, or kept again, since that time; whether it is gone."""

    def digests(self) -> Iterator[str]:
        """Every picture that is kept, in order. Raises StoreError."""

    def open(self, digest: str, name: str) -> tuple[str, bytes] | None:
        """The media type and the bytes of a picture that was kept, else None."""


class FeedShelf(Protocol):
    """The reading side of the store: what the web needs. Safe to call from many threads at once.

    Every method may raise StoreError.
    """

    def feed(self, key: FeedKey) -> FeedState | None:
        """The state of a configured feed, None for one that is not."""

    def newest(self, key: FeedKey, limit: int) -> tuple[Article, ...]:
        """The articles of a feed's document: by `published`, ties by id, both descending.

        They are the newest so many, and besides them as many at most that entered the feed of late: all that did since
        `Ledger.release_late` last let go, or the last of them. Their labels come without reasons, which no document
        shows.
        """

    def shown(self, key: FeedKey, limit: int) -> tuple[Shown, ...]:
        """What `newest` gives, in its order, by name and version alone: cheaply, however many articles there are."""

    def articles(self, names: Collection[str]) -> Mapping[str, Article]:
        """These articles as they are now, by id, with labels as in `newest`; those not kept any more are left out."""

    def changes_after(self, after: int) -> FeedChanges:
        """The feeds that changed after a seq, cheaply where none did; after -1, every configured feed.

        A feed that was opened and has not changed since may be missing.
        """

    def article(self, article: str) -> Article | None:
        """An article by id, withdrawn or not; None also where it is not kept any more."""

    def withdrawn(self, article: str) -> bool:
        """Whether it was published and then withdrawn, by whomever or by its age."""

    def ping(self) -> None:
        """Raises StoreError unless the database answers and has this release's schema."""


class Schedule(Protocol):
    """Who polls which source, and when: what the scheduler needs of the store. Every call is one transaction.

    Every method may raise StoreError, and then nothing was written. Times are passed in.
    """

    def claim(
        self,
        *,
        holder: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        doubtful: int | None = None,
        a_host: int | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[Claim, ...]:
        """Take sources that are due and that nobody holds, the longest due first; with `only`, take those, due or not.

        At most `doubtful` of them are such as have not succeeded yet, or failed in their last pass. Of one outlet, one
        is held at a time, and of one host `a_host`, by whomever.
        """

    def renew(self, claims: Iterable[Claim], now: datetime, lease: timedelta) -> None:
        """Hold claims for longer; a claim that is no longer the newest is left alone."""

    def give_back(self, claims: Iterable[Claim]) -> None:
        """Give claims back that were not used; their sources stay due as they were."""

    def release(self, claim: Claim, next_poll: datetime) -> None:
        """Give a claim back without a pass; nothing else changes."""

    def end(self, quiet: Sequence[Pass]) -> None:
        """Store passes that changed nothing (see `Pass.quiet`); of those whose claims are not the newest, nothing."""

    def heartbeat(self) -> Beat | None:
        """The scheduler's last sign of life."""

    def beat(self, now: datetime, trouble: str = "", doubted: bool = False) -> Beat | None:
        """Note that the scheduler is alive, and what keeps it from its work; gives the sign of life before this one.

        What was planned by a clock that has been set back since then is due now. With a clock that is `doubted`, the
        last time that was not is kept beside this one.
        """


class Herald(Protocol):
    """What is still to be told to the operator, each by one process at a time. Every call is one transaction.

    Every method may raise StoreError, and then nothing was written. Times are passed in.
    """

    def next_telling(self, now: datetime, lease: timedelta) -> Telling | None:
        """Take the change of a verdict, to or from a bad one, that waits longest and that nobody holds; None for none.

        It is held for the lease. Of the changes of one source it is the oldest that was not told. A change of more than
        a day ago is news no more.
        """

    def told(self, change: int, now: datetime) -> None:
        """The change of that number has been told."""

    def tell_again(self, change: int, at: datetime) -> None:
        """The change of that number could not be told; it is to be taken again at that time."""


class Ledger(Schedule, Protocol):
    """The writing side of the store, the schedule included: what a pass needs. What holds for that holds here."""

    def configure(self, setup: Setup, now: datetime) -> bool:
        """Bring sources and feeds into line with the configuration; or True, when labels have to be made anew for it.

        That is so when its `digest` is not the applied one: then nothing is written, and an Applier has to do it. Where
        nothing is applied yet, and nothing to label is there, it is applied by this.
        """

    def known(self, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
        """What is stored under these record keys."""

    def alike(self, outlet: str, alternatives: Iterable[str]) -> Mapping[str, Known]:
        """What is stored of records with these alternative keys, but for those that stand for several articles."""

    def article(self, article: str) -> Article | None:
        """An article by id, withdrawn or not."""

    def commit(self, done: Pass) -> Changes:
        """Store a pass whole, or nothing of it.

        Nothing on any error, where the claim is not the newest, or where another source brought one of its articles
        meanwhile or the operator decided about one, and the pass did not know of that. Nothing either, and the changes
        say `outdated`, where it has articles whose labels are not those of the applied configuration (see
        `Pass.labelling`); the claim still holds then.
        """

    def decide(self, placed: Placed, before: tuple[Decision, ...], now: datetime, labelling: str = "") -> Changes:
        """Store the operator's decisions about an article, and the labels and feeds that follow from them.

        Nothing is stored, which is told (`Changes.stored`), where its text, its sources or its decisions, which were
        those `before`, are not what they were when this was made. Of one that is not live the decisions alone. So it
        is, and the changes say `outdated`, where `labelling` is not the digest of the applied configuration.
        """

    def unshown(self, pictures: Collection[str]) -> frozenset[str]:
        """The digests of those of these pictures that no article shows."""

    def purge(self, before: datetime, limit: int, now: datetime) -> int:
        """Take out the oldest `limit` articles that were published before a time; returns how many there were.

        They leave their feeds, and never come back under the same identity.
        """

    def shrink(self, most: int) -> int:
        """Give room on the disk that nothing needs back, so many pages at most; how many, 0 where no more is to give.

        Some stays for what comes next; nothing is given back where that is left to somebody else.
        """

    def release_late(self, before: datetime, now: datetime) -> Changes | None:
        """Show no more for having entered feeds of late what did before a time, and nothing younger before it.

        A step of it, after which there may be more; None where there is nothing, or another process was first. The
        feeds whose documents look different by that have changed.
        """

    def statuses(self) -> tuple[SourceStatus, ...]:
        """Every configured source, by id."""

    def verdict_changes(self, limit: int) -> tuple[VerdictChange, ...]:
        """The newest changes of verdicts, newest first, also of sources that are not configured any more."""

    def tally(self, due_before: datetime) -> Tally:
        """The numbers alone, cheaply; late is a source whose next poll was to be before that time."""
