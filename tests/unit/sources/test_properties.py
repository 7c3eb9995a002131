"""Whatever stands in a file, it is a record or a rejection, never an exception, and soon."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.record import RawRecord

from .desk import read_document

SUFFIXES = ("txt", "md", "html", "json")
PIECES = st.sampled_from(
    [
        *(
            "---\n",
            "title: ",
            "&a ",
            "*a",
            "[",
            "]",
            "{",
            "}",
            "- ",
            "? ",
            ": ",
            "\n",
            "!!set ",
            "!!binary ",
            "|\n",
            ">",
        ),
        *(
            "'",
            '"',
            "%TAG ! x\n",
            "%YAML 9.9\n",
            "#",
            "=\n",
            "```",
            "|-|\n",
            "<div>",
            "<h1>",
            "</h1>",
            "<img src=a.jpg>",
        ),
        *("<meta name=date content=", "<base href=", "<!--", "-->", "<![CDATA[", "<svg><style>", "&#0;", "&#xd800;"),
        *("\u0000", "\ufeff", "\u2028", "\u0301", "IMG_2018.jpg\n", "Chợ", "\t", "<article>", "<plaintext>", "\r"),
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text() | PIECES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    "title url content_html content_text summary date_published authors tags language image".split()
)


def check(name: str, body: bytes, encoding: str = "utf-8") -> None:
    """One outcome, within a second, whose texts the store can hold."""
    began = time.monotonic()
    found = read_document(name, body, ("a.jpg", "Chợ.png"), encoding)
    assert time.monotonic() - began < 2
    if isinstance(found, RawRecord):
        assert found.language is None or found.language.isascii()
    else:
        assert found.reason.encode()


@given(suffix=st.sampled_from(SUFFIXES), body=st.binary(min_size=1))
def test_any_bytes_give_a_record_or_a_rejection(suffix: str, body: bytes) -> None:
    check(f"a.{suffix}", body)


@given(
    suffix=st.sampled_from(SUFFIXES),
    body=st.binary(min_size=1),
    encoding=st.sampled_from(["cp1258", "utf-16", "utf-7"]),
)
def test_any_bytes_in_any_encoding_give_a_record_or_a_rejection(suffix: str, body: bytes, encoding: str) -> None:
    check(f"a.{suffix}", body, encoding)


@given(suffix=st.sampled_from(SUFFIXES), text=st.text(st.characters(codec="utf-8"), min_size=1))
def test_any_text_gives_a_record_or_a_rejection(suffix: str, text: str) -> None:
    check(f"a.{suffix}", text.encode())


@given(suffix=st.sampled_from(SUFFIXES), pieces=st.lists(PIECES, min_size=1, max_size=40))
def test_any_heap_of_markup_gives_a_record_or_a_rejection(suffix: str, pieces: list[str]) -> None:
    check(f"a.{suffix}", "".join(pieces).encode())


@given(pieces=st.lists(PIECES, min_size=1, max_size=40))
def test_any_front_matter_gives_a_record_or_a_rejection(pieces: list[str]) -> None:
    check("a.md", f"---\n{''.join(pieces)}\n---\nx".encode())


@given(item=st.dictionaries(FIELDS, JSON))
def test_any_item_gives_a_record_or_a_rejection(item: dict[str, object]) -> None:
    check("a.json", json.dumps(item).encode())


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(suffix=st.sampled_from(SUFFIXES), pieces=st.lists(PIECES, min_size=1, max_size=10), times=st.integers(1, 300))
def test_any_heap_of_markup_over_and_over_gives_one_soon(suffix: str, pieces: list[str], times: int) -> None:
    check(f"a.{suffix}", ("".join(pieces) * times).encode())
