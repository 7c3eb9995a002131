"""Feeds of topics and places that have ended, as of any day: kept, leading elsewhere, taking leave, or gone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.retirement import Retirement
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, Topic, WhenEnded

KEEP, REDIRECT, GONE = WhenEnded
LAST = date(2026, 6, 30)
FIRST = date(2026, 7, 1)
OVER = date(2026, 7, 11)
TEN_DAYS = timedelta(days=10)


def topic(slug: str, successor: str | None = None, when: WhenEnded = KEEP, end: date | None = LAST) -> Topic:
    return Topic(id=slug, title={"en": slug}, end=end, successor=successor, when_ended=when)


def place(slug: str, *successors: str, when: WhenEnded = KEEP, end: date | None = LAST) -> Region:
    row = RegionRow(title={"en": slug}, type="tinh", end=end, successors=successors)
    return Region(id=slug, rows=(row,), when_ended=when)


TOPICS = (
    topic("arts", end=None),
    topic("film", "culture", REDIRECT),
    topic("culture", "arts", REDIRECT),
    topic("opera", "film"),
    topic("radio", "arts", GONE),
    topic("wire", "radio", REDIRECT),
    topic("telex", when=GONE),
    topic("pigeon", "telex", REDIRECT),
    topic("future", "arts", GONE, end=date(2030, 1, 1)),
    topic("over", when=KEEP),
)
REGIONS = (
    place("delta", end=None),
    place("coast", end=None),
    place("north", "delta", when=REDIRECT),
    place("south", "delta", "coast", when=GONE),
    place("isle", when=GONE),
    place("reef", "isle", "coast"),
    place("cape", "delta", when=GONE, end=date(2026, 6, 20)),
)
TAXONOMY = Taxonomy({one.id: one for one in TOPICS}, {one.id: one for one in REGIONS})


def on(day: date) -> Retirement:
    return Retirement(TAXONOMY, day, TEN_DAYS)


def key(path: str) -> FeedKey:
    found = FeedKey.of(path)
    assert found is not None
    return found


def paths(keys: tuple[FeedKey, ...]) -> list[str]:
    return [one.path for one in keys]


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("topics/film", "topics/arts"),
        ("regions/north", "regions/delta"),
        ("topics/film/regions/coast", "topics/arts/regions/coast"),
        ("topics/arts/regions/north", "topics/arts/regions/delta"),
        ("topics/film/regions/north", "topics/arts/regions/delta"),
        ("topics/wire", "topics/arts"),
        ("topics/pigeon", "topics/telex"),
    ],
)
def test_what_is_not_kept_leads_in_one_step_to_where_its_topic_and_its_place_are_now(path: str, there: str) -> None:
    assert on(LAST).now_at(key(path)) is None
    assert on(FIRST).now_at(key(path)) == key(there)


@pytest.mark.parametrize(
    "path", ["all", "topics/arts", "topics/opera", "topics/over", "regions/reef", "sources/north", "topics/radio"]
)
def test_what_is_kept_leads_nowhere(path: str) -> None:
    assert on(OVER).now_at(key(path)) is None


@pytest.mark.parametrize("path", ["topics/nope", "regions/nope", "topics/nope/regions/isle", "topics/telex/regions/no"])
def test_of_what_is_not_configured_nothing_is_known(path: str) -> None:
    one = on(OVER)
    assert (one.now_at(key(path)), one.ended(key(path)), one.is_gone(key(path)), one.heirs(key(path))) == (
        None,
        None,
        False,
        (),
    )


def test_a_feed_takes_leave_from_the_day_after_the_last_and_is_gone_when_it_has_said_so_long_enough() -> None:
    radio = key("topics/radio")
    assert [on(day).ended(radio) for day in (LAST, FIRST, OVER)] == [None, FIRST, FIRST]
    days = (LAST, FIRST, OVER - timedelta(days=1), OVER, date.max)
    assert [on(day).is_gone(radio) for day in days] == [False, False, False, True, True]
    assert [on(day).goes_on(radio) for day in days] == [True, False, False, False, False]


def test_a_feed_of_a_topic_in_a_place_ends_with_whichever_ends_first() -> None:
    assert on(OVER).ended(key("topics/radio/regions/delta")) == FIRST
    assert on(OVER).ended(key("topics/radio/regions/cape")) == date(2026, 6, 21)
    assert on(FIRST).is_gone(key("topics/radio/regions/cape"))
    assert not on(FIRST).is_gone(key("topics/radio/regions/delta"))


def test_what_leads_to_a_feed_that_is_gone_is_gone_with_it() -> None:
    assert [on(day).is_gone(key("topics/pigeon")) for day in (FIRST, OVER)] == [False, True]
    assert on(OVER).is_gone(key("topics/film/regions/isle"))


@pytest.mark.parametrize("path", ["all", "topics/arts", "topics/over", "regions/reef", "topics/future", "topics/film"])
def test_what_is_kept_or_led_to_is_never_gone(path: str) -> None:
    assert not on(date(2029, 1, 1)).is_gone(key(path))


@pytest.mark.parametrize(
    ("path", "heirs"),
    [
        ("topics/arts", []),
        ("topics/over", []),
        ("topics/opera", ["topics/arts"]),
        ("topics/radio", ["topics/arts"]),
        ("topics/telex", ["all"]),
        ("topics/pigeon", ["all"]),
        ("topics/wire", ["topics/arts"]),
        ("regions/isle", ["all"]),
        ("regions/south", ["regions/delta", "regions/coast"]),
        ("regions/reef", ["regions/coast"]),
        ("topics/telex/regions/delta", ["regions/delta"]),
        ("topics/arts/regions/isle", ["topics/arts"]),
        ("topics/telex/regions/isle", ["all"]),
        ("topics/radio/regions/south", ["topics/arts/regions/delta", "topics/arts/regions/coast"]),
        ("topics/opera/regions/south", ["topics/arts/regions/delta", "topics/arts/regions/coast"]),
    ],
)
def test_the_feeds_to_follow_are_those_that_stand_where_what_ended_is_now(path: str, heirs: list[str]) -> None:
    assert paths(on(FIRST).heirs(key(path))) == heirs
    assert on(LAST).heirs(key(path)) == ()


def test_a_circle_of_successors_ends() -> None:
    circle = Taxonomy({"a": topic("a", "b", GONE), "b": topic("b", "a", GONE)}, {})
    assert Retirement(circle, FIRST).heirs(FeedKey(topic="a")) == (FeedKey(),)


def test_the_farewells_that_are_over_grow_on_the_days_on_which_feeds_are_gone() -> None:
    cape_over = date(2026, 7, 1)
    assert [on(day).farewells() for day in (LAST, cape_over, OVER - timedelta(days=1), OVER)] == [0, 1, 1, 5]


def test_the_end_of_the_calendar_ends_nothing() -> None:
    forever = Taxonomy({"a": topic("a", when=GONE, end=date.max)}, {})
    assert Retirement(forever, date.max).ended(FeedKey(topic="a")) is None
    assert forever.turning_days == (date.max,)
