"""The feed of what has ended and is given up: its last entry, what stands below it, and what else it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from feedsvc.domain.article import Article
from feedsvc.domain.feed import Feed, FeedKey, Related
from feedsvc.domain.site import Site
from feedsvc.domain.taxonomy import Taxonomy, WhenEnded
from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.assemble import Assembler
from feedsvc.pipeline.setup import setup_of
from tests.fakes.shelf import FakeShelf
from tests.rules import check

from .newsroom import MERGED, SITE, draft, place, taxonomy_of, topic

MIDNIGHT = datetime(2025, 6, 30, 17, 0, tzinfo=UTC)
"""The first second of 1 July where the site is."""
LATER = MIDNIGHT + timedelta(days=3)
FEEDS = "https://tin.example.org/feeds"
GONE = WhenEnded.GONE
REGIONS = (
    replace(place("go-cong", "Gò <Công>", None, until=MERGED, successors=("lua",)), when_ended=GONE),
    replace(place("cu-lao", "Cù Lao", None, until=MERGED), when_ended=GONE),
    place("lua", "Lúa & Gạo", None),
)
TOPICS = (
    replace(topic("opera"), end=MERGED, successor="arts", when_ended=GONE),
    replace(topic("film"), end=MERGED, successor="arts"),
    topic("arts"),
)
TAXONOMY = taxonomy_of(TOPICS, REGIONS)
PLACE = FeedKey(region="go-cong")


def article(name: str, at: datetime) -> Article:
    one = replace(draft(f"Tin {name}", "Lời đầu.", at=at), key=name)
    return Article(
        id=name * 16,
        uri=f"tag:example.org,2026:a/{name * 16}",
        source="dai-ba-song",
        outlet="dai-ba-song",
        draft=one,
        updated=at,
        fingerprint="1",
        labels=(),
    )


class Desk:
    """Feeds of this taxonomy as they are when they changed last at a time."""

    def __init__(self, at: datetime, taxonomy: Taxonomy = TAXONOMY, site: Site = SITE) -> None:
        self.at = at
        self.shelf = FakeShelf()
        self.shelf.open(*setup_of(site, [], taxonomy, {}).feeds, at=at)
        self._maker = Assembler(site, taxonomy, {}, self.shelf)

    def put(self, name: str, at: datetime, key: FeedKey = PLACE) -> None:
        self.shelf.put(article(name, at), key, at=self.at)

    def feed(self, key: FeedKey = PLACE) -> Feed:
        return self._maker.feed(key)

    def titles(self, key: FeedKey = PLACE) -> list[str]:
        return [entry.title for entry in self.feed(key).entries]


def test_on_its_last_day_a_feed_is_as_it_always_was() -> None:
    feed = Desk(MIDNIGHT - timedelta(seconds=1)).feed()
    assert (feed.entries, feed.expired, feed.subtitle, feed.related) == ((), False, "Gò <Công>", ())


def test_from_the_next_day_on_its_newest_entry_says_that_it_has_ended_and_what_to_follow() -> None:
    desk = Desk(MIDNIGHT)
    desk.put("a", MIDNIGHT - timedelta(hours=1))
    feed = desk.feed()
    last, below = feed.entries
    assert (feed.expired, below.title) == (True, "Tin a")
    assert last.id == "tag:example.org,2026:f/regions/go-cong/ended"
    assert (last.published, last.updated, last.language) == (MIDNIGHT, MIDNIGHT, "vi")
    assert last.title == "Nguồn tin “Gò <Công>” đã kết thúc"
    assert last.address == "https://tin.example.org/regions/lua"
    assert last.summary == (
        "Từ 1/7/2025, Gò <Công> thuộc Lúa & Gạo. Nguồn tin này không có tin mới nữa. "
        "Mời bạn theo dõi thay vào đó: Tin Ba Sông – Lúa & Gạo."
    )
    assert last.content == (
        "<p>Từ 1/7/2025, Gò &lt;Công&gt; thuộc Lúa &amp; Gạo. Nguồn tin này không có tin mới nữa.</p>\n"
        "<p>Mời bạn theo dõi thay vào đó: "
        '<a href="https://tin.example.org/regions/lua">Tin Ba Sông – Lúa &amp; Gạo</a> '
        "(https://tin.example.org/feeds/regions/lua.atom).</p>\n"
        '<p>Nguồn: <a href="https://tin.example.org/">Tin Ba Sông</a></p>'
    )
    assert feed.related == (Related(f"{FEEDS}/regions/lua", "Tin Ba Sông – Lúa & Gạo"),)


def test_it_says_the_same_as_long_as_it_is_there() -> None:
    assert Desk(MIDNIGHT).feed().entries == Desk(LATER).feed().entries


def test_it_stands_at_its_date_whatever_is_published_since() -> None:
    desk = Desk(LATER, site=replace(SITE, entries=2))
    for number, name in enumerate("abcd"):
        desk.put(name, MIDNIGHT + timedelta(hours=number - 2.5))
    desk.shelf.let_go()
    assert desk.titles() == ["Tin d", "Nguồn tin “Gò <Công>” đã kết thúc", "Tin c"]


def test_where_nothing_took_it_over_the_feed_of_everything_is_to_be_followed() -> None:
    last = Desk(LATER).feed(FeedKey(region="cu-lao")).entries[0]
    assert last.address == "https://tin.example.org/"
    assert last.summary == "Từ 1/7/2025, nguồn tin này không có tin mới nữa. Mời bạn theo dõi thay vào đó: Tin Ba Sông."
    assert f"({FEEDS}/all.atom)" in last.content


def test_the_feed_of_a_topic_in_a_place_ends_with_either() -> None:
    desk = Desk(LATER)
    for key, name, heir in (
        (FeedKey(topic="arts", region="go-cong"), "Về arts, Gò <Công>", "topics/arts/regions/lua"),
        (FeedKey(topic="opera", region="lua"), "Về opera, Lúa & Gạo", "topics/arts/regions/lua"),
        (FeedKey(topic="opera", region="cu-lao"), "Về opera, Cù Lao", "topics/arts"),
    ):
        feed = desk.feed(key)
        assert desk.titles(key) == [f"Nguồn tin “{name}” đã kết thúc"]
        assert feed.entries[0].id == f"tag:example.org,2026:f/{key.path}/ended"
        assert [one.address for one in feed.related] == [f"{FEEDS}/{heir}"]


def test_the_words_are_those_of_the_site() -> None:
    last = Desk(LATER, site=replace(SITE, language="en")).feed(FeedKey(topic="opera")).entries[0]
    assert last.title == "The feed “On opera” has ended"
    assert last.summary == (
        "Since 1 July 2025, On opera has been part of On arts. Nothing new comes to this feed any more. "
        "Please follow instead: Tin Ba Sông – On arts."
    )


class TestATopicThatIsKept:
    def test_says_what_it_was_merged_into_and_leads_there(self) -> None:
        feed = Desk(LATER).feed(FeedKey(topic="film"))
        assert feed.subtitle == (
            "Về film. Từ 1/7/2025, chủ đề Về film được gộp vào Về arts. "
            "Nguồn tin này tiếp tục với những tin thuộc chủ đề cũ."
        )
        assert (feed.related, feed.expired) == ((Related(f"{FEEDS}/topics/arts", "Tin Ba Sông – Về arts"),), False)

    def test_and_so_does_its_feed_in_a_place(self) -> None:
        feed = Desk(LATER).feed(FeedKey(topic="film", region="lua"))
        assert "chủ đề Về film được gộp vào Về arts" in feed.subtitle
        assert [one.address for one in feed.related] == [f"{FEEDS}/topics/arts/regions/lua"]

    def test_what_took_it_over_says_so(self) -> None:
        assert Desk(LATER).feed(FeedKey(topic="arts")).subtitle == (
            "Về arts. Từ 1/7/2025, chủ đề Về arts gồm cả Về opera và Về film."
        )

    def test_before_it_ends_nothing_is_said(self) -> None:
        early = Desk(MIDNIGHT - timedelta(days=1))
        assert early.feed(FeedKey(topic="film")).subtitle == "Về film"
        assert early.feed(FeedKey(topic="arts")).subtitle == "Về arts"


@pytest.mark.parametrize("key", [PLACE, FeedKey(topic="opera"), FeedKey(topic="arts", region="cu-lao")])
def test_the_farewell_is_valid_in_every_format(key: FeedKey) -> None:
    desk = Desk(LATER)
    desk.put("a", MIDNIGHT - timedelta(days=1), key)
    bodies = {each.name: each.render(desk.feed(key)).body for each in (Atom(), Rss(), JsonFeed())}
    assert {name: check(name, body, now=LATER) for name, body in bodies.items()} == {"atom": [], "rss": [], "json": []}
    assert b'"expired":true' in bodies["json"]
    assert all(f"f/{key.path}/ended".encode() in body for body in bodies.values())


def test_a_feed_that_goes_on_says_nothing_of_expiring() -> None:
    assert b"expired" not in JsonFeed().render(Desk(LATER).feed(FeedKey(topic="arts"))).body


class TestThePresentation:
    def of(self, day: date = date.max, site: Site = SITE, taxonomy: Taxonomy = TAXONOMY) -> str:
        return setup_of(site, [], taxonomy, {}, day).presentation

    def test_is_another_on_the_day_on_which_a_topic_ends(self) -> None:
        topics = Taxonomy(TAXONOMY.topics, {})
        assert (
            self.of(MERGED, taxonomy=topics) != self.of(date(2025, 7, 1), taxonomy=topics) == self.of(taxonomy=topics)
        )

    def test_is_another_for_another_end_of_a_topic(self) -> None:
        film = TAXONOMY.topics["film"]
        for other in (
            replace(film, when_ended=GONE),
            replace(film, successor="opera"),
            replace(film, end=date(2025, 6, 1)),
        ):
            assert self.of(taxonomy=replace(TAXONOMY, topics={**TAXONOMY.topics, "film": other})) != self.of()

    def test_is_the_same_however_long_a_farewell_is(self) -> None:
        assert self.of(site=replace(SITE, farewell=timedelta(days=1))) == self.of()

    def test_labels_are_made_with_the_successor_and_not_with_the_end(self) -> None:
        def digest(**other: object) -> str:
            film = replace(TAXONOMY.topics["film"], **other)  # type: ignore[arg-type]
            return setup_of(SITE, [], replace(TAXONOMY, topics={**TAXONOMY.topics, "film": film}), {}).digest

        assert digest() == digest(end=date(2025, 6, 1)) == digest(when_ended=GONE) != digest(successor="opera")
