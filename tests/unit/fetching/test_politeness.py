"""T22: how an upstream says when to come back, and how many come to it at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.fetched import Answer, Failure, Fetched, Request
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.later import retry_after
from feedsvc.fetching.turns import Turns
from feedsvc.fetching.unreached import Unreached
from feedsvc.fetching.web import WebFetcher
from tests.unit.fetching.server import Say, Server, answer

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def fetcher() -> WebFetcher:
    return WebFetcher(lambda: NOW, "tests/1", guard=Guard(("127.0.0.1:*",)))


def fetch(address: str, asking: WebFetcher | None = None, seconds: float = 10) -> Answer:
    return (asking or fetcher()).fetch(Request(address=address), timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 2 * MINUTE),
        (" 3600 ", 60 * MINUTE),
        ("1", MINUTE),
        ("0", MINUTE),
        ("86401", DAY),
        ("9" * 5000, DAY),
        ("Sun, 01 Mar 2026 09:00:00 GMT", 60 * MINUTE),
        ("Sun, 01 Mar 2026 07:00:00 GMT", MINUTE),
        ("Fri, 01 Mar 2999 07:00:00 GMT", DAY),
    ],
)
def test_the_time_to_come_back_is_taken_within_bounds(header: str, wait: timedelta) -> None:
    assert retry_after(header, NOW) == NOW + wait


@pytest.mark.parametrize("header", [None, "", "soon", "-1", "1.5", "१२०", "Sun, 99 Mar 2026 09:00:00 GMT", "\x00"])
def test_what_names_no_time_is_none(header: str | None) -> None:
    assert retry_after(header, NOW) is None


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_it_comes_with_the_failure(status: str) -> None:
    with Server(lambda path: answer(status, retry_after="600")) as server:
        found = fetch(server.at())
    assert isinstance(found, Failure)
    assert found.not_before == NOW + 10 * MINUTE


def test_nobody_sleeps_because_an_upstream_says_so() -> None:
    with Server(lambda path: answer("503 Service Unavailable", retry_after="999999999999")) as server:
        started = time.monotonic()
        fetch(server.at())
        assert time.monotonic() - started < 3
        assert len(server.asked) == 1


def test_one_place_is_asked_twice_at_once_and_not_more_often() -> None:
    lock, now, most = threading.Lock(), 0, 0

    def says(path: str) -> Say:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        yield 0.05
        with lock:
            now -= 1
        yield from answer(body=b"tin")

    asking = fetcher()
    with Server(says) as server, ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: fetch(server.at(f"/{number}"), asking), range(12)))
    assert all(isinstance(one, Fetched) for one in found)
    assert most == 2


def test_a_turn_is_waited_for_no_longer_than_the_deadline() -> None:
    turns = Turns(most=1)
    with (
        turns.taken("a.example", 1),
        turns.taken("b.example", 1),
        pytest.raises(Unreached, match=r"a\.example is being asked"),
        turns.taken("a.example", 0.05),
    ):
        pass
    with turns.taken("a.example", 0):
        assert dict(turns._under_way) == {"a.example": 1}
    assert not turns._under_way
