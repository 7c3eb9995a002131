"""Addresses as they stand on the wire."""

from __future__ import annotations

import pytest
from requests import PreparedRequest

from feedsvc.errors import FeedsvcError
from feedsvc.fetching.redirects import Place, place_of
from feedsvc.fetching.unreached import Unreached
from feedsvc.fetching.web import PLAIN

PLAIN_ONES = (
    "http://a.example",
    "http://a.example/",
    "https://bao.example:8443/rss/thoi-su.rss",
    "https://a.example/feed?type=rss2&page=1",
    "http://a.example/~ba/tin.xml",
    "http://127.0.0.1:8080/s/1.xml",
    "http://a.example?x=1",
)
OTHERS = (
    "http://A.example/",
    "http://bào.example/",
    "http://a.example/Thời sự",
    "http://a.example/%7eba",
    "http://a.example/a/../b",
    "http://a.example/./b",
    "http://me:secret@a.example/",
    "http://[::1]/",
    "http://a.example/#top",
    "http://a.example/a?b=%20",
    "HTTP://a.example/",
    "http://a.example/a b",
    "http://a.example/a\nb",
)


def written(address: str) -> str:
    asking = PreparedRequest()
    asking.prepare_url(address, None)
    return asking.url or ""


@pytest.mark.parametrize("address", PLAIN_ONES)
def test_what_counts_as_plain_is_written_as_it_stands(address: str) -> None:
    assert PLAIN.fullmatch(address)
    assert written(address) in (address, address.replace(".example?", ".example/?"), f"{address}/")


@pytest.mark.parametrize("address", OTHERS)
def test_nothing_counts_as_plain_that_requests_may_write_otherwise(address: str) -> None:
    assert PLAIN.fullmatch(address) is None


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("http://a.example/x", Place("http", "a.example", 80)),
        ("https://A.example./", Place("https", "a.example.", 443)),
        ("https://a.example:444", Place("https", "a.example", 444)),
        ("http://[2001:DB8::1]:81/", Place("http", "2001:db8::1", 81)),
    ],
)
def test_the_place_of_an_address_is_whom_it_asks(address: str, place: Place) -> None:
    assert place_of(address) == place


def test_a_dot_at_the_end_of_a_host_is_no_part_of_its_name() -> None:
    dotted, plain = place_of("https://a.example./"), place_of("https://a.example/")
    assert dotted.name == plain.name == "a.example"
    assert dotted.same_origin(plain)


def test_what_may_not_be_asked_has_no_place() -> None:
    assert not issubclass(Unreached, FeedsvcError)
    for address in ("ftp://a.example/", "http:///x", "http://a.example:0/", f"http://a.example/{'a' * 9000}"):
        with pytest.raises(Unreached):
            place_of(address)
