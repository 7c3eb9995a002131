"""Addresses in feeds, made absolute."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.address import is_web_address
from feedsvc.domain.clean import one_line
from feedsvc.sources.syndication.addresses import PLAIN, absolute

from .desk import URL


@given(st.from_regex(PLAIN, fullmatch=True), st.sampled_from(["", URL, "http://n.example", "https://n.example/a/?b#c"]))
def test_a_plain_address_is_absolute_as_it_stands(address: str, base: str) -> None:
    assert urljoin(base, one_line(address)) == address
    assert is_web_address(address)
    assert absolute(address, base) == address


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("https://n.example/a;", "https://n.example/a"),
        ("https://n.example/?", "https://n.example/"),
        ("HTTPS://n.example/", "https://n.example/"),
        (" https://n.example/1\n", "https://n.example/1"),
        ("https://n.example:0/", None),
        ("https:///a", "https://news.example/a"),
        ("../2.html", "https://news.example/2.html"),
        ("ftp://n.example/", None),
    ],
)
def test_any_other_is_joined_to_the_base_and_checked(written: str, found: str | None) -> None:
    assert PLAIN.fullmatch(written) is None
    assert absolute(written, URL) == found
