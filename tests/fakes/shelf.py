"""The reading side of the store, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from feedsvc.domain.article import Article
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import FeedState
from feedsvc.domain.shown import FeedChanges, Shown
from feedsvc.errors import StoreError


class FakeShelf:
    """A FeedShelf that holds what is put into it; with `fail` set, every question raises StoreError.

    `lists` counts how often the articles of a feed were asked for.
    """

    def __init__(self) -> None:
        self.fail = False
        self.lists = 0
        self._seq = self._fresh = 0
        self._entered: dict[tuple[FeedKey, str], int] = {}
        self._states: dict[FeedKey, FeedState] = {}
        self._held: dict[FeedKey, dict[str, Article]] = {}
        self._withdrawn: set[str] = set()
        self._articles: dict[str, Article] = {}
        self._versions: dict[str, int] = {}
        self._closed: dict[FeedKey, int] = {}

    def open(self, *keys: FeedKey, at: datetime) -> None:
        """Configure feeds; they are empty."""
        for key in keys:
            self._states[key] = FeedState(changed_at=at, changed_seq=0)
            self._held[key] = {}

    def close(self, key: FeedKey) -> None:
        """Take a feed out of the configuration."""
        del self._states[key]
        self._seq += 1
        self._closed[key] = self._seq

    def put(self, article: Article, *keys: FeedKey, at: datetime) -> None:
        """Store an article, new or changed, and place it in feeds."""
        self._articles[article.id] = article
        self._seq += 1
        self._versions[article.id] = self._seq
        for key in keys:
            self._held[key][article.id] = article
            self._entered[key, article.id] = self._seq
            self._states[key] = self._moved(key, at)

    def withdraw(self, article: str, at: datetime) -> None:
        """Take an article out of every feed."""
        self._withdrawn.add(article)
        self._seq += 1
        for key, held in self._held.items():
            if held.pop(article, None):
                self._states[key] = self._moved(key, at)

    def let_go(self) -> None:
        """Show what entered feeds so far for its date alone."""
        self._fresh = self._seq

    def _moved(self, key: FeedKey, at: datetime) -> FeedState:
        before = self._states.get(key)
        shared = before is not None and before.changed_at >= at
        return FeedState(changed_at=at, changed_seq=self._seq, shared_second=shared)

    def feed(self, key: FeedKey) -> FeedState | None:
        self.ping()
        return self._states.get(key)

    def newest(self, key: FeedKey, limit: int) -> tuple[Article, ...]:
        self.ping()
        self.lists += 1
        held = sorted(self._held.get(key, {}).values(), key=_by_date, reverse=True)
        late = [(self._entered[key, article.id], _by_date(article), article) for article in held[limit:]]
        late = sorted((one for one in late if one[0] > self._fresh), key=lambda one: one[:2], reverse=True)
        return tuple(sorted([*held[:limit], *(one[2] for one in late[:limit])], key=_by_date, reverse=True))

    def shown(self, key: FeedKey, limit: int) -> tuple[Shown, ...]:
        return tuple(Shown(one.id, self._versions[one.id]) for one in self.newest(key, limit))

    def articles(self, names: Collection[str]) -> Mapping[str, Article]:
        self.ping()
        return {name: self._articles[name] for name in names if name in self._articles}

    def changes_after(self, after: int) -> FeedChanges:
        self.ping()
        changed = {key: state for key, state in self._states.items() if state.changed_seq > after}
        closed = {key: None for key, seq in self._closed.items() if after >= 0 and seq > after}
        return FeedChanges(self._seq, {**changed, **closed})

    def article(self, article: str) -> Article | None:
        self.ping()
        return self._articles.get(article)

    def withdrawn(self, article: str) -> bool:
        self.ping()
        return article in self._withdrawn

    def ping(self) -> None:
        if self.fail:
            raise StoreError("the database is away")


def _by_date(article: Article) -> tuple[datetime, str]:
    return article.published, article.id
