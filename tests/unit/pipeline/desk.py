"""A pass after another over one source, into a store in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedsvc.domain.applied import Look
from feedsvc.domain.article import Article
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Changes, Outcome, Pass, Placed
from feedsvc.domain.record import Line, Parsed, PlainText, RawRecord
from feedsvc.domain.source import Json, Source
from feedsvc.markup.reader import HtmlReader
from feedsvc.pipeline.classify import Classifier
from feedsvc.pipeline.harvest import World
from feedsvc.pipeline.ingest import Ingest
from feedsvc.pipeline.motions import Motions
from feedsvc.pipeline.reader import PlainReader
from feedsvc.pipeline.relabel import Placing, surveyed
from feedsvc.pipeline.setup import setup_of
from feedsvc.storage.store import Store
from tests.fakes.kind import FakeFetcher, FakeKind
from tests.fakes.media import FakeMedia

from .newsroom import CLASSIFIER, LANGUAGES, NOW, SITE, SOURCE, TAXONOMY

MINUTE = timedelta(minutes=1)
LEASE = timedelta(seconds=30)


@dataclass
class Desk:
    """Each pass is a minute after the one before."""

    store: Store
    sources: Mapping[str, Source] = field(default_factory=lambda: {SOURCE.id: SOURCE})
    kind: FakeKind = field(default_factory=FakeKind)
    fetcher: FakeFetcher = field(default_factory=FakeFetcher)
    media: FakeMedia = field(default_factory=FakeMedia)
    classifier: Classifier = CLASSIFIER
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.store.configure(setup_of(SITE, self.sources.values(), TAXONOMY, {"fake": self.kind}), self.now)

    def run(self, first: Parsed | Exception, source: str = SOURCE.id, *, accept: bool = False) -> tuple[Pass, Changes]:
        """A whole pass in which the source answers so."""
        self.kind.first = first
        self.now += MINUTE
        [claim] = self.store.claim(holder="desk", now=self.now, lease=LEASE, limit=1, only=frozenset({source}))
        ingest = Ingest(
            self.sources,
            {"fake": self.kind},
            World(self.fetcher, PlainReader({"fake": self.kind}, LANGUAGES, HtmlReader()), self.media),
            self.classifier,
            self.store,
            SITE.tag_authority,
            lambda: self.now,
        )
        return ingest.run(claim, self.now, accept)

    def bring(self, *records: RawRecord) -> Outcome:
        """A pass that brings these records; its outcome."""
        return self.run(answer(*records))[0].outcome

    def apply(self, classifier: Classifier | None = None) -> Motions:
        """Put the rules of a classifier, and the sources as they are now, in force; what was looked at for it."""
        placing, found = Placing(classifier or self.classifier, self.sources), Motions()
        one = self.store.begin_apply("desk", self.now, LEASE)

        def stage(placed: tuple[Placed, ...], look: Look) -> None:
            self.store.stage(one, placed, look.seq, self.now + LEASE)

        surveyed(self.store, placing, found, ("", None), differing=stage)
        setup = setup_of(SITE, self.sources.values(), placing.classifier.taxonomy, {"fake": self.kind})
        assert self.store.take_effect(one, setup, placing, self.now) is not None
        return found

    def newest(self, **key: str) -> tuple[Article, ...]:
        """What the feed of a key holds."""
        return self.store.newest(FeedKey(**key), 50)

    def only(self) -> Article:
        """The one article that there is, with the reasons of its labels."""
        [shown] = self.newest()
        article = self.store.article(shown.id)
        assert article is not None
        return article


def answer(*records: RawRecord, gone: tuple[str, ...] = (), cursor: Mapping[str, Json] | None = None) -> Parsed:
    """What a listing of these records gives."""
    return Parsed(records=records, held=len(records), gone=gone, cursor=cursor or {})


def told(
    key: str, *lines: str, title: str = "Bàn về dân vận", published: str | None = "2026-02-01T00:00:00Z"
) -> RawRecord:
    """A record under a key."""
    return RawRecord(key=key, title=title, content=PlainText(tuple(map(Line, lines))), published=published)


def retitled(record: RawRecord, title: str) -> RawRecord:
    """The record under another title."""
    return replace(record, title=title)
