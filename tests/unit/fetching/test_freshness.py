"""For how long an answer is fresh, and how far permanent redirects led."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedsvc.domain.fetched import Answer, Fetched, NotModified, Request, Validators
from feedsvc.fetching.freshness import fresh_for
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.web import WebFetcher
from tests.unit.fetching.server import Say, Server, answer

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
LATER, EARLIER = "Sun, 01 Mar 2026 09:00:00 GMT", "Sun, 01 Mar 2026 07:00:00 GMT"


def fetch(address: str, validators: Validators = Validators()) -> Answer:  # noqa: B008
    fetcher = WebFetcher(lambda: NOW, "tests/1", guard=Guard(("127.0.0.1:*",)))
    return fetcher.fetch(Request(address=address, validators=validators), timedelta(seconds=10))


@pytest.mark.parametrize(
    ("control", "age", "expires", "seconds"),
    [
        ("max-age=600", None, None, 600),
        ("public, MAX-AGE = 600", None, None, 600),
        ('private,max-age="600", must-revalidate', None, None, 600),
        ("max-age=600", "100", None, 500),
        ("max-age=600", None, LATER, 600),
        (None, None, LATER, 3600),
        ("public", None, LATER, 3600),
        ("max-age=99999999999999999999", None, None, 10**8),
    ],
)
def test_it_is_what_the_headers_say(control: str | None, age: str | None, expires: str | None, seconds: int) -> None:
    assert fresh_for(control, age, expires, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("control", "age", "expires"),
    [
        (None, None, None),
        ("max-age=0", None, None),
        ("max-age=600", "600", None),
        ("max-age=600, no-cache", None, LATER),
        ("no-store", None, LATER),
        ("max-age=-1", None, None),
        ("max-age=soon", None, None),
        ("x-max-age=600", None, None),
        ("s-maxage=600", None, None),
        (None, None, EARLIER),
        (None, None, "0"),
    ],
)
def test_what_says_nothing_is_fresh_for_no_time(control: str | None, age: str | None, expires: str | None) -> None:
    assert fresh_for(control, age, expires, NOW) is None


def test_it_comes_with_a_body_and_with_not_modified() -> None:
    def says(path: str) -> Say:
        status = "304 Not Modified" if path == "/known" else "200 OK"
        return answer(status, cache_control="max-age=60", etag='"a"')

    with Server(says) as server:
        whole, known = fetch(server.at()), fetch(server.at("/known"), Validators(etag='"a"'))
    assert isinstance(whole, Fetched)
    assert isinstance(known, NotModified)
    assert whole.fresh_for == known.fresh_for == timedelta(minutes=1)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((301,), "/1"),
        ((308,), "/1"),
        ((302,), None),
        ((307,), None),
        ((301, 308), "/2"),
        ((301, 302), "/1"),
        ((302, 301), None),
        ((301, 302, 301), "/1"),
    ],
)
def test_a_move_is_as_far_as_permanent_redirects_alone_lead(statuses: tuple[int, ...], moved: str | None) -> None:
    def says(path: str) -> Say:
        step = int(path.strip("/"))
        return answer(f"{statuses[step]} Elsewhere", location=f"/{step + 1}") if step < len(statuses) else answer()

    with Server(says) as server:
        found = fetch(server.at("/0"))
        assert isinstance(found, Fetched)
        assert found.moved == (None if moved is None else server.at(moved))
        assert found.address == server.at(f"/{len(statuses)}")
