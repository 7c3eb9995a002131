"""Twenty fetches each of sources that misbehave, over sockets and through workers: what is stored, with what dates."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.bootstrap import Services
from feedsvc.domain.article import Article
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.identity import article_id

from .newsroom import LEASE, Newsroom
from .upstream import Item, Reply, Upstream, rss

pytestmark = pytest.mark.slow

BEGIN = datetime(2026, 4, 1, 8, tzinfo=UTC)
FETCHES = 20
TEN = [Item(f"tin-{number}", f"Tin số {number}", f"Đoạn văn của tin {number}.", day=number) for number in range(1, 11)]
SOURCE = """
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh}}
sources:
  - {{id: bao, kind: syndication, url: "{root}/rss", every: 1h, title: "Báo", outlet: bao-mau}}
"""


@dataclass
class Desk:
    """A newsroom with one source, polled when the test says so; an hour lies between two polls."""

    upstream: Upstream
    newsroom: Newsroom
    now: datetime = BEGIN
    messages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.services = Services(self.newsroom.settings, clock=lambda: self.now)

    def fetch(self, items: Sequence[Item]) -> dict[str, Article]:
        """A pass over a feed of these items; afterwards, all that is published, by title."""
        self.upstream.reply = Reply(rss(items))
        self.now += timedelta(hours=1)
        store = self.services.store
        (claim,) = store.claim(holder="desk", now=self.now, lease=LEASE, limit=1, only=frozenset({"bao"}))
        done, changes = self.services.ingest.run(claim, self.now)
        assert changes.stored
        assert done.outcome.success, done.message
        self.messages.append(done.message)
        newest = store.newest(FeedKey(), 1000)
        assert len({article.id for article in newest}) == len(newest)
        return {article.draft.title: article for article in newest}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Upstream() as upstream:
        newsroom = Newsroom(tmp_path, SOURCE.format(root=upstream.root), [upstream.place])
        newsroom.open(BEGIN).close()
        desk = Desk(upstream, newsroom)
        yield desk
        desk.services.close()


def dates(found: dict[str, Article]) -> set[tuple[str, str, datetime, datetime]]:
    return {(one.id, one.draft.title, one.published, one.updated) for one in found.values()}


def expected(items: Sequence[Item]) -> set[tuple[str, str, datetime, datetime]]:
    """By rule: the id from outlet and guid, the date from the feed, in UTC, and nothing updated."""
    at = {one.guid: datetime(2026, 3, one.day, 1, tzinfo=UTC) for one in items}
    return {(article_id("bao-mau", one.guid), one.title, at[one.guid], at[one.guid]) for one in items}


def test_guids_that_change_with_every_fetch(desk: Desk) -> None:
    """T14."""
    first = expected(TEN)
    for fetch in range(FETCHES):
        churned = [replace(one, guid=f"{one.guid}?v={fetch}" if fetch else one.guid, link=one.guid) for one in TEN]
        assert dates(desk.fetch(churned)) == first
    assert [message != "" for message in desk.messages] == [False, True] + [False] * (FETCHES - 2)


NOISE: dict[str, Callable[[Item, int], Item]] = {
    "counters": lambda one, fetch: replace(one, text=f"{one.text}</p><p>Lượt xem: {fetch * 7 + 3}"),
    "signed pictures": lambda one, fetch: replace(one, text=f"{one.text}<img src='https://a.example/a.jpg?sig={fetch}'>"),
    "advertising ids": lambda one, fetch: replace(one, text=f"<a href='https://a.example/?utm_id={fetch}'>{one.text}</a>"),
    "tracking pixels": lambda one, fetch: replace(one, text=f"{one.text}<img width=1 height=1 src='https://t.example/{fetch}'>"),
    "markup": lambda one, fetch: replace(one, text=f"<span data-n='{fetch}' class='c{fetch}'>{one.text}</span>"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NOISE)
def test_noise(desk: Desk, kind: str) -> None:
    """T14: noise moves no date."""
    for fetch in range(FETCHES):
        assert dates(desk.fetch([NOISE[kind](one, fetch) for one in TEN])) == expected(TEN)


def test_reordering(desk: Desk) -> None:
    """T13: the place in a feed is no part of an identity."""
    chance = random.Random(4)
    for _ in range(FETCHES):
        assert dates(desk.fetch(chance.sample(TEN, len(TEN)))) == expected(TEN)


def test_vanishing_and_returning(desk: Desk) -> None:
    """T16: what leaves the window of a feed stays, and what comes back is what it was."""
    chance = random.Random(4)
    assert dates(desk.fetch(TEN)) == expected(TEN)
    for _ in range(FETCHES - 1):
        assert dates(desk.fetch(chance.sample(TEN, chance.randrange(len(TEN))))) == expected(TEN)


def test_a_window_that_moves_on(desk: Desk) -> None:
    """T16: every item stays, though the feed never holds more than three."""
    many = [Item(f"tin-{number}", f"Tin số {number}", day=number) for number in range(1, FETCHES + 3)]
    for fetch in range(FETCHES):
        found = desk.fetch(many[fetch : fetch + 3])
        assert dates(found) == expected(many[: fetch + 3])


def test_corrections(desk: Desk) -> None:
    """T17: the date of publication is decided once; `updated` is that of the correction, and never goes back."""
    desk.fetch(TEN)
    for fetch in range(1, FETCHES):
        one = replace(TEN[0], text=f"Bản sửa thứ {fetch} của tin này.", day=TEN[0].day + fetch)
        found = desk.fetch([one, *TEN[1:]])
        assert (found[one.title].published, found[one.title].updated) == (datetime(2026, 3, 1, 1, tzinfo=UTC), desk.now)
        assert dates(found) - expected(TEN) == dates({one.title: found[one.title]})


def test_dates_that_lie(desk: Desk) -> None:
    """T17: a date in the future or of no calendar is none, the first one that was seen stays."""
    wrong = ["Fri, 01 Jan 2999 08:00:00 GMT", "1772345678", "tomorrow", "", "Thu, 01 Jan 1970 00:00:00 GMT"]
    first: datetime | None = None
    for fetch in range(FETCHES):
        (found,) = desk.fetch([replace(TEN[0], date=wrong[fetch % len(wrong)])]).values()
        first = first or found.published
        assert (found.published, found.updated) == (first, first)
    assert first is not None
    assert BEGIN - timedelta(days=2) < first <= BEGIN + timedelta(hours=1)
