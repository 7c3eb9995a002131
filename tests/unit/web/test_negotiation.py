"""RFC 9110 section 12.5.3, case by case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.negotiation import choose_coding

OFFERED = ("br", "gzip", "identity")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (None, "identity"),
        ("", "identity"),
        ("identity", "identity"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZip ; Q=0.5", "gzip"),
        ("gzip, deflate", "gzip"),
        ("br,gzip", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("deflate, zstd", "identity"),
        ("*", "br"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0.0", "identity"),
        ("gzip;q=0, *", "br"),
        ("br;q=0, gzip;q=0, *", "identity"),
        ("gzip;q=0.5, identity", "identity"),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("gzip;q=0.001", "gzip"),
        ("identity;q=0", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("*;q=0", "identity"),
        ("*;q=0, gzip", "gzip"),
        ("gzip;q=soon", "identity"),
        ("gzip;q=2", "identity"),
        (",,;q=1,", "identity"),
    ],
)
def test_the_coding_follows_the_weights(accepted: str | None, chosen: str) -> None:
    assert choose_coding(accepted, OFFERED) == chosen


@given(st.text())
def test_any_field_value_gives_a_coding_that_is_offered(accepted: str) -> None:
    assert choose_coding(accepted, OFFERED) in OFFERED


def test_a_resource_with_one_coding_is_sent_in_it() -> None:
    assert choose_coding("gzip", ("identity",)) == "identity"
