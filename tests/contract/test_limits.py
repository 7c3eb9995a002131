"""What becomes of a client that asks for the whole again and again: item 23."""

from __future__ import annotations

import re

import pytest

from .publisher import FORMS, WHOLE, Publisher

pytestmark = pytest.mark.slow

FEED = "/feeds/topics/politics.rss"
GREEDY = "9.9.9.9"


@pytest.fixture(scope="module")
def refused(publisher: Publisher) -> str:
    """A client of the internet that has had the feed as often as it may, in every coding and way of asking."""
    ways: list[dict[str, str]] = [{}, {"Accept_Encoding": "gzip"}, {"If_None_Match": '"made-up"'}]
    assert [publisher.ask(FEED, X_Forwarded_For=GREEDY, **way).status for way in ways] == [200] * WHOLE
    return GREEDY


def test_23_whoever_had_a_feed_whole_so_often_is_told_when_to_come_back(publisher: Publisher, refused: str) -> None:
    reply = publisher.ask(FEED, X_Forwarded_For=refused)
    assert reply.status == 429
    assert re.fullmatch("[0-9]+", reply["Retry-After"])
    assert 0 < int(reply["Retry-After"]) <= 3600
    assert reply["Content-Type"] == "text/plain; charset=utf-8"
    assert reply["Cache-Control"] == "no-store"
    assert not any(reply.has(name) for name in ("ETag", "Last-Modified"))
    assert len(reply.body) < 200


def test_23_only_the_last_address_that_is_no_proxys_counts(publisher: Publisher, refused: str) -> None:
    assert publisher.ask(FEED, X_Forwarded_For=f"1.1.1.1, {refused}").status == 429
    assert publisher.ask(FEED, X_Forwarded_For=f"8.8.8.8, {refused}, 127.0.0.1").status == 429
    assert publisher.ask(FEED, X_Forwarded_For=f"{refused}, 1.1.1.1").status == 200


def test_23_requests_that_cost_little_are_never_refused(publisher: Publisher, refused: str) -> None:
    known = publisher.ask(FEED)
    for _ in range(2 * WHOLE):
        assert publisher.ask(FEED, "HEAD", X_Forwarded_For=refused).status == 200
        assert publisher.ask(FEED, X_Forwarded_For=refused, If_None_Match=known["ETag"]).status == 304


def test_23_whoever_has_an_older_version_is_given_the_new_one(publisher: Publisher, refused: str) -> None:
    older = publisher.ask("/feeds/topics/politics.atom")["ETag"]
    assert publisher.ask(FEED, X_Forwarded_For=refused, If_None_Match=older).status == 200
    assert publisher.ask(FEED, X_Forwarded_For=refused, If_Modified_Since="Thu, 01 Jan 2026 00:00:00 GMT").status == 200


def test_23_many_feeds_at_once_are_no_offence(publisher: Publisher, refused: str) -> None:
    for form in FORMS:
        for path in ("all", "topics/dan-van", "regions/lai-chau", "sources/tap-chi"):
            assert publisher.ask(f"/feeds/{path}.{form}", X_Forwarded_For=refused).status == 200


def test_23_other_programs_and_other_clients_are_not_meant(publisher: Publisher, refused: str) -> None:
    assert publisher.ask(FEED, X_Forwarded_For=refused, User_Agent="newsboat/2.36").status == 200
    assert publisher.ask(FEED, X_Forwarded_For="1.0.0.1").status == 200


def test_23_an_ipv6_client_is_all_of_its_network(publisher: Publisher) -> None:
    for number in range(WHOLE):
        assert publisher.ask(FEED, X_Forwarded_For=f"2606:4700:1:2::{number}").status == 200
    assert publisher.ask(FEED, X_Forwarded_For="2606:4700:1:2:ffff::1").status == 429
    assert publisher.ask(FEED, X_Forwarded_For="2606:4700:1:3::1").status == 200


@pytest.mark.parametrize("forwarded", [None, "10.0.0.7", "192.168.1.1", "unknown", ""])
def test_23_the_newsrooms_own_network_has_no_limit(publisher: Publisher, forwarded: str | None) -> None:
    told = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert {publisher.ask(FEED, **told).status for _ in range(WHOLE + 2)} == {200}
