"""A small newsroom to fill stores with: two sources, a few feeds, articles named by letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from feedsvc.domain.applied import Effect
from feedsvc.domain.article import Article, Draft, Evidence, Label, LabelKind, Origin, Paragraph, Role
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.history import History
from feedsvc.domain.identity import article_id, article_uri
from feedsvc.domain.passes import Changes, Claim, Outcome, Pass, Placed
from feedsvc.domain.record import Rejection
from feedsvc.domain.rhythm import Verdict, VerdictKind
from feedsvc.domain.setup import Asked, Setup
from feedsvc.domain.source import Cursor
from feedsvc.ports import Applier, FeedShelf, Herald, Ledger, Survey
from feedsvc.storage.database import Database

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
LEASE = timedelta(seconds=30)
A_DAY = timedelta(hours=24)
WINDOW = 3

ALL = FeedKey()
SPORT = FeedKey(topic="sport")
HUE = FeedKey(region="hue")
SPORT_IN_HUE = FeedKey(topic="sport", region="hue")
DAY = FeedKey(source="day")

SETUP = Setup(
    sources={"day": Asked("day"), "night": Asked("night")},
    feeds=frozenset({ALL, SPORT, HUE, SPORT_IN_HUE, DAY}),
    presentation="first",
    digest="digest one",
    text="topics: []",
    window=WINDOW,
)


class Store(FeedShelf, Ledger, Herald, Applier, Protocol):
    """All sides of a store, and what it stands on."""

    @property
    def database(self) -> Database: ...

    def close(self) -> None: ...


def topic(slug: str, *, why: str = "đá bóng", derived: bool = False) -> Label:
    """A topic label with its reason."""
    reason = (Evidence(f"topics: {slug}", "title", why),)
    return Label(kind=LabelKind.TOPIC, slug=slug, origin=Origin.RULE, reason=reason, derived=derived)


def ident(name: str) -> str:
    """The id of the article of that name."""
    return article_id("day", name)


def placed(
    name: str,
    *feeds: FeedKey,
    at: int = 0,
    words: str = "as first told",
    labels: Iterable[Label] = (),
    source: str = "day",
) -> Placed:
    """The article of that name, published `at` minutes after NOW, in these feeds (default: all, and its source)."""
    draft = Draft(
        key=name,
        title=f"Tin {name}",
        summary=words,
        content=(Paragraph(words, Role.LEAD),),
        published=NOW + timedelta(minutes=at),
        dated_by="the test",
        language="vi",
    )
    article = Article(
        id=ident(name),
        uri=article_uri("example.org,2026", ident(name)),
        source=source,
        outlet="day",
        draft=draft,
        updated=draft.published,
        fingerprint=words,
        labels=tuple(labels),
    )
    return Placed(article, frozenset(feeds or (ALL, DAY)))


def nothing(articles: tuple[Article, ...]) -> tuple[Placed, ...]:
    """Rules that say nothing of any article."""
    return ()


def live(store: Survey) -> list[Article]:
    """Every live article, in the order of ids."""
    return [seen.article for seen in store.look("", 10_000).articles]


def applied(store: Store, setup: Setup, now: datetime, *all_placed: Placed) -> Effect:
    """Apply a setup, under which these articles have these labels and feeds."""
    one = store.begin_apply("the test", now, LEASE)
    store.stage(one, all_placed, one.seq, now + LEASE)
    effect = store.take_effect(one, setup, nothing, now)
    assert effect is not None
    return effect


@dataclass
class Desk:
    """Works on a store as the scheduler does; each pass is a minute after the one before."""

    store: Store
    now: datetime = NOW
    cursor: Cursor = field(default_factory=Cursor)

    def claim(self, source: str = "day") -> Claim:
        """Claim one source, due or not."""
        [claim] = self.store.claim(holder="desk", now=self.now, lease=LEASE, limit=1, only=frozenset({source}))
        return claim

    def done(self, *articles: Placed, gone: Iterable[str] = (), rejections: Iterable[Rejection] = ()) -> Pass:
        """A pass over the day's source under a new claim, not stored yet."""
        claim = self.claim()
        return Pass(
            claim=claim,
            outlet="day",
            started=self.now,
            outcome=Outcome.CHANGED,
            cursor=claim.cursor.advanced({"n": claim.token}),
            next_poll=self.now + timedelta(minutes=10),
            articles=articles,
            gone=tuple(gone),
            rejections=tuple(rejections),
            seen=len(articles),
        )

    def run(self, *articles: Placed, gone: Iterable[str] = (), rejections: Iterable[Rejection] = ()) -> Changes:
        """A whole pass over the day's source."""
        self.now += timedelta(minutes=1)
        return self.store.commit(self.done(*articles, gone=gone, rejections=rejections))

    def judge(self, kind: VerdictKind, source: str = "day") -> None:
        """A whole pass over a source, which comes to this verdict."""
        self.now += timedelta(minutes=1)
        claim = self.claim(source)
        done = Pass(
            claim=claim,
            outlet=source,
            started=self.now,
            outcome=Outcome.CHANGED,
            cursor=claim.cursor,
            next_poll=self.now,
            history=History(verdict=Verdict(kind, NOW, f"{kind} it is")),
        )
        assert self.store.commit(done).stored

    def let_go(self, after: timedelta = timedelta(hours=25)) -> frozenset[FeedKey]:
        """Time goes on, and what entered feeds a day ago or longer is late no more; the feeds that moved."""
        self.now += after
        moved = frozenset[FeedKey]()
        while (changes := self.store.release_late(self.now - A_DAY, self.now)) is not None:
            moved |= changes.feeds
        return moved

    def names(self, key: FeedKey = ALL, limit: int = 50) -> list[str]:
        """The keys of what a feed holds, newest first."""
        return [article.draft.key for article in self.store.newest(key, limit)]
