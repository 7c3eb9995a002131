"""Plain text as HTML, which reads back as it was."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.formats.html_text import html_text

PIECES = [
    "&",
    "<",
    ">",
    "&amp;",
    "&lt",
    "&copy",
    "&#60;",
    "&#x3c",
    "<b>",
    "</b>",
    "<!--",
    "]]>",
    " ",
    "a",
    "ễ",
    "&&",
    "T",
]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Tom & Jerry > 2", "Tom &amp; Jerry > 2"),
        ("a < b", "a &lt; b"),
        ("AT&T", "AT&amp;T"),
        ("&lt;", "&amp;lt;"),
        ("&#60;", "&amp;#60;"),
        ("R&", "R&amp;"),
        ("&<b>", "&amp;&lt;b>"),
        ("", ""),
    ],
)
def test_only_what_would_be_read_otherwise_is_escaped(text: str, html: str) -> None:
    assert html_text(text) == html


class Told(HTMLParser):
    """What a parser meets beside text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
@example("&<")
def test_it_reads_back_as_it_was_and_holds_no_element(text: str) -> None:
    html = html_text(text)
    assert "<" not in html
    assert unescape(html) == text
    told = Told()
    told.feed(html)
    told.close()
    assert (told.text, told.tags) == (unescape(html), [])
