"""The feeds of places that others took over, and of those that took others over: what they say, and of which day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from feedsvc.domain.feed import Feed, FeedKey, Related
from feedsvc.domain.site import Site
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, WhenEnded
from feedsvc.pipeline.assemble import Assembler
from feedsvc.pipeline.sentences import sentences_for
from feedsvc.pipeline.setup import setup_of
from tests.fakes.shelf import FakeShelf

from .newsroom import MERGED, SITE, TAXONOMY, TOPICS, place, taxonomy_of

NEXT = date(2025, 7, 1)
AFTER = datetime(2026, 6, 1, tzinfo=UTC)
FEEDS = "https://tin.example.org/feeds"
NAMED = {"vi": "Lúa Thành", "en": "Rice City"}
FIELDS = (
    place("dong-mot", "Đồng Một", None, until=MERGED, successors=("lua",)),
    place("dong-hai", "Đồng Hai", None, until=MERGED, successors=("lua", "ngo")),
    place("xua", "Xưa", None, until=date(2008, 7, 31), successors=("dong-mot",)),
    place("ngo", "Ngô", None),
    Region(
        id="lua",
        rows=(
            RegionRow(title={"vi": "Lúa"}, type="tinh", end=MERGED, successors=("lua",)),
            RegionRow(title={"vi": "Lúa"}, type="tinh", start=NEXT, end=date(2026, 4, 29)),
            RegionRow(title=NAMED, type="thanh-pho", start=date(2026, 4, 30)),
        ),
    ),
)


def feed(region: str, at: datetime = AFTER, *, site: Site = SITE, topic: str | None = None, sent: str = "") -> Feed:
    """The feed of a place as it is when it changed last at that time; those `sent` elsewhere are not kept."""
    fields = (replace(one, when_ended=WhenEnded.REDIRECT) if one.id == sent else one for one in FIELDS)
    taxonomy = taxonomy_of(TOPICS, tuple(fields))
    shelf = FakeShelf()
    shelf.open(*setup_of(site, [], taxonomy, {}).feeds, at=at)
    return Assembler(site, taxonomy, {}, shelf).feed(FeedKey(topic=topic, region=region))


def test_a_place_that_goes_on_says_since_when_it_includes_others_and_which() -> None:
    assert feed("lua").subtitle == "Lúa Thành. Từ 1/7/2025, Lúa Thành gồm cả Đồng Một và Đồng Hai."
    assert feed("ngo").subtitle == "Ngô. Từ 1/7/2025, Ngô gồm cả Đồng Hai."


def test_a_place_that_ended_says_since_when_others_have_it_and_leads_to_their_feeds() -> None:
    ended = feed("dong-hai")
    assert ended.subtitle == (
        "Đồng Hai. Từ 1/7/2025, Đồng Hai thuộc Lúa Thành và Ngô. Nguồn tin này tiếp tục với những tin về địa bàn cũ."
    )
    assert ended.related == (
        Related(f"{FEEDS}/regions/lua", "Tin Ba Sông – Lúa Thành"),
        Related(f"{FEEDS}/regions/ngo", "Tin Ba Sông – Ngô"),
    )


def test_the_feed_of_a_topic_there_leads_to_that_topic_at_its_successor() -> None:
    related = Related(f"{FEEDS}/topics/sport/regions/lua", "Tin Ba Sông – Về sport, Lúa Thành")
    assert feed("dong-mot", topic="sport").related == (related,)


def test_a_feed_leads_to_none_that_is_not_kept() -> None:
    assert feed("xua").related[0].address == f"{FEEDS}/regions/dong-mot"
    assert feed("xua", sent="dong-mot").related[0].address == f"{FEEDS}/regions/lua"


@pytest.mark.parametrize(
    ("at", "title", "subtitle", "related"),
    [
        (datetime(2025, 6, 30, 16, 59, tzinfo=UTC), "Lúa", "Lúa", 0),
        (datetime(2025, 6, 30, 17, 0, tzinfo=UTC), "Lúa", "Lúa. Từ 1/7/2025, Lúa gồm cả Đồng Một và Đồng Hai.", 1),
        (datetime(2026, 4, 29, 17, 0, tzinfo=UTC), "Lúa Thành", None, 1),
    ],
    ids=["the last second", "the first second", "under another name"],
)
def test_a_feed_speaks_as_of_the_day_on_which_it_changed_where_the_site_is(
    at: datetime, title: str, subtitle: str | None, related: int
) -> None:
    made = feed("lua", at)
    assert made.title == f"Tin Ba Sông – {title}"
    assert subtitle is None or made.subtitle == subtitle
    assert len(feed("dong-mot", at).related) == related


def test_the_sentences_are_in_the_language_of_the_site() -> None:
    english = replace(SITE, language="en-GB")
    assert (
        feed("lua", site=english).subtitle
        == "Rice City. Since 1 July 2025, Rice City has included Đồng Một and Đồng Hai."
    )
    assert feed("dong-mot", site=english).subtitle.endswith(
        "Since 1 August 2008, Đồng Một has included Xưa. Since 1 July 2025, Đồng Một has been part of Rice City. "
        "This feed goes on with news of the old place."
    )
    assert feed("lua", site=replace(SITE, language="km")).subtitle.startswith("Lúa Thành. Since 1 July 2025")


def test_names_are_joined_as_people_read_them_out() -> None:
    assert sentences_for("en").listed(["A"]) == "A"
    assert sentences_for("vi-VN").listed(["A", "B", "C"]) == "A, B và C"


def test_other_feeds_lead_nowhere_and_say_nothing_of_places() -> None:
    shelf = FakeShelf()
    shelf.open(*setup_of(SITE, [], TAXONOMY, {}).feeds, at=AFTER)
    maker = Assembler(SITE, TAXONOMY, {}, shelf)
    for key in (FeedKey(), FeedKey(topic="sport"), FeedKey(region="hue"), FeedKey(region="toan-quoc")):
        made = maker.feed(key)
        assert (made.related, made.subtitle.count(".")) == ((), 0)


class TestThePresentation:
    def of(self, day: date, taxonomy: Taxonomy | None = None) -> str:
        return setup_of(SITE, [], taxonomy or taxonomy_of(TOPICS, FIELDS), {}, day).presentation

    def test_is_another_only_from_a_day_on_which_a_place_changes(self) -> None:
        assert self.of(date(2025, 6, 1)) == self.of(MERGED) != self.of(NEXT) == self.of(date(2026, 4, 29))
        assert self.of(date(2026, 4, 29)) != self.of(date(2026, 4, 30)) == self.of(date.max)

    def test_is_another_where_a_feed_is_no_longer_kept_and_labels_stay(self) -> None:
        sent = taxonomy_of(TOPICS, (replace(FIELDS[0], when_ended=WhenEnded.REDIRECT), *FIELDS[1:]))
        assert self.of(NEXT) != self.of(NEXT, sent)
        before, after = (setup_of(SITE, [], one, {}) for one in (taxonomy_of(TOPICS, FIELDS), sent))
        assert before.digest == after.digest
