"""Any heap of pieces of the rows, read and published, is passive."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.article import Html
from feedsvc.markup.reader import HtmlReader

from .passive import active, text_alone
from .rows import ROWS

PIECES = sorted({piece for row in ROWS for piece in (row.markup, *row.markup.split(">"), *row.markup.split("<"))})
HEAPS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@given(HEAPS)
def test_no_block_of_a_heap_is_active(html: str) -> None:
    for block in HtmlReader().read(html, "https://bao.example/"):
        assert not isinstance(block, Html) or active(block.markup) == []


@given(HEAPS)
def test_the_plain_text_of_a_heap_is_text_where_it_is_escaped(html: str) -> None:
    plain = HtmlReader().plain(html)
    assert text_alone(escape(plain)) == plain
