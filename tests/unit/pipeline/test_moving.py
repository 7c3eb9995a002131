"""T05: a permanent redirect is followed for good only after it has proved itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedsvc.domain.fetched import Request
from feedsvc.domain.source import Cursor
from feedsvc.pipeline.moving import DOUBT, followed, moving_of, unanswered, witnessed

from .newsroom import NOW

OLD, NEW, OTHER = "https://bao.example.org/rss", "https://bao.example.vn/rss", "https://cho.example.net/"
ASKED = Request(address=OLD)
HOUR = timedelta(hours=1)


def passes(*told: tuple[int, str | None, bool], asked: Request = ASKED) -> Cursor:
    """The cursor after passes: the hour of each, where it was sent for good, and whether it gave what was known."""
    cursor = Cursor()
    for hour, moved, known in told:
        cursor = witnessed(asked, OLD, moved, known, cursor, NOW + hour * HOUR)
    return cursor


def target(cursor: Cursor, failures: int = 0, hours: int = 24) -> str:
    return followed(ASKED, cursor, failures, NOW + hours * HOUR).address


PROVED = passes((0, NEW, True), (12, NEW, False), (24, NEW, False))
WEEK = 7 * 24


def test_three_passes_over_a_day_that_gave_known_articles_prove_it() -> None:
    assert target(PROVED) == NEW


def test_neither_many_passes_in_an_hour_nor_two_in_a_week_are_enough() -> None:
    assert target(passes(*((0, NEW, True),) * 50)) == OLD
    assert target(passes((0, NEW, True), (200, NEW, True))) == OLD


def test_a_place_that_never_gave_anything_known_is_no_new_home() -> None:
    assert target(passes(*((hour, NEW, False) for hour in range(100)))) == OLD
    own = [(hour, NEW, hour > 0) for hour in range(100)]
    assert target(passes(*own)) == OLD, "its own articles are known from its second pass on"


def test_a_redirect_that_changes_or_ends_begins_anew() -> None:
    portal = [(hour, OTHER if hour == 20 else NEW, True) for hour in range(30)]
    assert target(passes(*portal)) == OLD
    ended = [(hour, None if hour == 20 else NEW, True) for hour in range(30)]
    assert target(passes(*ended)) == OLD
    assert moving_of(passes((0, NEW, True), (1, None, True))) is None


def test_a_source_with_a_secret_stays_where_it_was_configured() -> None:
    secret = replace(ASKED, secrets={"Authorization": "Bearer x"})
    assert target(passes((0, NEW, True), (12, NEW, True), (24, NEW, True), asked=secret)) == OLD
    assert followed(secret, PROVED, 0, NOW + 24 * HOUR) == secret, "it may have got its secret later"


def test_nobody_is_led_away_from_tls() -> None:
    plain = NEW.replace("https:", "http:")
    assert target(passes((0, plain, True), (12, plain, True), (24, plain, True))) == OLD


def test_the_old_address_is_asked_once_a_week_however_well_the_new_one_does() -> None:
    assert [target(PROVED, hours=24 + hours) for hours in (WEEK - 1, WEEK)] == [NEW, OLD]
    again = witnessed(ASKED, OLD, NEW, True, PROVED, NOW + (24 + WEEK) * HOUR)
    assert target(again, hours=25 + WEEK) == NEW


def test_an_old_address_that_does_not_answer_is_asked_again_a_week_later() -> None:
    at = 24 + WEEK
    failed = unanswered(ASKED, PROVED, NOW + at * HOUR)
    assert [target(failed, 1, hours=at + hours) for hours in (1, WEEK - 1, WEEK)] == [NEW, NEW, OLD]


def test_while_the_new_address_fails_the_old_one_is_asked_in_every_second_pass() -> None:
    assert [target(PROVED, failures) for failures in range(DOUBT + 3)] == [NEW, NEW, NEW, OLD, NEW, OLD]


def test_an_old_address_that_gives_the_feed_again_is_home_again() -> None:
    back = witnessed(ASKED, OLD, None, True, PROVED, NEW_DAY)
    assert target(back) == OLD


def test_another_configured_address_knows_nothing_of_the_move() -> None:
    elsewhere = Request(address="https://moi.example.org/rss")
    assert followed(elsewhere, PROVED, 0, NOW) == elsewhere


NEW_DAY: datetime = NOW + timedelta(days=9)
