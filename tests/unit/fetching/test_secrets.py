"""T06: a secret goes to the origin that it was given for, and to nobody else, whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.fetched import Failure, Fetched, Request
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.redirects import place_of
from feedsvc.fetching.web import WebFetcher
from tests.unit.fetching.server import Say, Server, answer


def fetch(address: str) -> object:
    fetcher = WebFetcher(lambda: datetime(2026, 3, 1, tzinfo=UTC), "tests/1", guard=Guard(("127.0.0.1:*",)))
    request = Request(address=address, secrets={"Authorization": "Bearer s3cret", "X-Api-Key": "s3cret"})
    return fetcher.fetch(request, timedelta(seconds=10))


def shown(heads: list[str]) -> list[bool]:
    return ["s3cret" in head for head in heads]


def test_the_first_origin_gets_it_again_after_its_own_redirect() -> None:
    def says(path: str) -> Say:
        return answer(body=b"tin") if path == "/there" else answer("302 Found", location="/there")

    with Server(says) as server:
        assert isinstance(fetch(server.at()), Fetched)
        assert shown(server.asked) == [True, True]
        assert "\r\nAuthorization: Bearer s3cret\r\n" in server.asked[0]
        assert "\r\nX-Api-Key: s3cret\r\n" in server.asked[0]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_another_origin_does_not(status: str) -> None:
    with Server(lambda path: answer(body=b"tin")) as there:
        to = there.at()
        with Server(lambda path: answer(status, location=to)) as server:
            assert isinstance(fetch(server.at()), Fetched)
            assert shown(server.asked) == [True]
        assert shown(there.asked) == [False]


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("https://a.example/x", True),
        ("https://A.example:443/", True),
        ("http://a.example/", False),
        ("https://b.a.example/", False),
        ("https://a.example:444/", False),
        ("http://a.example:443/", False),
    ],
)
def test_an_origin_is_scheme_host_and_port(address: str, same: bool) -> None:
    assert place_of(address).same_origin(place_of("https://a.example/feed")) is same


def test_nothing_that_is_printed_holds_it() -> None:
    request = Request(address="https://a.example/", secrets={"X-Api-Key": "s3cret"})
    assert "s3cret" not in repr(request)
    with Server(lambda path: answer("500 s3cret failed")) as server:
        failed = fetch(server.at())
    assert isinstance(failed, Failure)
    assert "s3cret" not in repr(failed.request)
