"""RFC 9110 section 13, case by case."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.conditional import http_date, matches, not_modified

CHANGED = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
THEN = "Mon, 02 Mar 2026 05:00:00 GMT"


@pytest.mark.parametrize(
    "written",
    [
        '"h"',
        'W/"h"',
        'w/"h"',
        '"a", "h"',
        '"a,b" , W/"h"',
        "*",
        " * ",
        "h",
        '"h-gzip.dense"',
        '"h-gzip"',
        '"h--gzip"',
        '"h;gzip"',
        '"h-br"',
        '"h-zstd"',
        'W/"h-gzip-gzip"',
        '"h-gzip-br"',
    ],
)
def test_a_tag_that_names_the_document_matches(written: str) -> None:
    assert matches(written, "h")


@pytest.mark.parametrize("written", ["", '"a"', '"hh"', '"*"', '"a", "b"', '"h', "W/", '"h-deflate"', '""', "a, *"])
def test_any_other_does_not(written: str) -> None:
    assert not matches(written, "h")


@pytest.mark.parametrize("written", [THEN, "Monday, 02-Mar-26 05:00:00 GMT", "Mon Mar  2 05:00:00 2026"])
def test_all_three_forms_of_a_date_are_read(written: str) -> None:
    assert http_date(written) == CHANGED


@pytest.mark.parametrize(
    "written", ["", "yesterday", "0", "Mon, 99 Mar 2026 05:00:00 GMT", "1 Jan 2026 00:00:00 +999999"]
)
def test_anything_else_is_no_date(written: str) -> None:
    assert http_date(written) is None


def test_modified_since_decides_where_no_tag_is_sent() -> None:
    assert not_modified(None, THEN, "h", CHANGED)
    assert not not_modified(None, "Mon, 02 Mar 2026 04:59:59 GMT", "h", CHANGED)
    assert not not_modified(None, THEN, "h", None)
    assert not not_modified(None, "soon", "h", CHANGED)


def test_a_tag_decides_alone() -> None:
    assert not not_modified('"other"', THEN, "h", CHANGED)
    assert not_modified('"h"', "Thu, 01 Jan 1970 00:00:00 GMT", "h", CHANGED)


@given(st.text(), st.text())
def test_nothing_that_is_written_raises(none_match: str, since: str) -> None:
    not_modified(none_match, since, "h", CHANGED)
    not_modified(None, since, "h", CHANGED)


def test_a_field_that_nobody_sends_takes_no_time() -> None:
    """An endless tag of suffixes took the square of its length, and all threads with it."""
    assert not matches("-br" * 20_000 + "x", "a" * 32)
    assert matches(f'"{"-br" * 20_000}", "{"a" * 32}-br"', "a" * 32)
