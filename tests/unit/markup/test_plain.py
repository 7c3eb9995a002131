"""The short way through plain HTML ends where the long way does."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.domain.clean import printable
from feedsvc.markup.plain import read_plainly
from feedsvc.markup.reader import HtmlReader

BASE = "https://bao.example/tin/1.html"
PIECES = [
    *("<p>", "</p>", "<p>Một đoạn văn.</p>", "<p> hai \n ba </p>", "<p></p>", "<p> </p>", "<p class=a>x</p>"),
    *(
        "\n",
        " ",
        "\t",
        "\r\n",
        "\x0c",
        "\xa0",
        "\u200b",
        "\x01",
        "chữ",
        "Tiê\u0300n",
        "'",
        '"',
        ".",
        "<",
        ">",
        "&amp;",
        "&",
    ),
    *('<a href="https://a.example/b.html">', '<a href="https://a.example/b/../c">', '<a href="https://a.example/./c">'),
    *('<a href="https://a.example">x</a>', '<a href="/tương-đối">x</a>', '<a href="javascript:x">x</a>', "</a>"),
    *('<a href="https://a.example/%20">x</a>', '<a href="https://a.example/..">x</a>'),
    '<a href="https://a.example//x">x</a>',
    *(
        "<b>",
        "</b>",
        "<strong>đậm</strong>",
        "<em>",
        "</em>",
        "<i>nghiêng</i>",
        "<br>",
        "<div>",
        "</div>",
        "<!-- x -->",
    ),
    '<p><img src="https://a.example/1.jpg"></p>',
    '<p>\n<img src="https://a.example/2.jpg" alt=" hai  ba "/> </p>',
    '<img src="https://a.example/3.jpg">',
    '<p>x<img src="https://a.example/4.jpg"></p>',
    '<p class="lead x" id="a">Đầu.</p>',
    '<a href="https://a.example/b" target="_blank" rel="noopener">x</a>',
    '<a class="c" href="https://a.example/b">x</a>',
    '<a href="https://a.example/b" title="x">x</a>',
    '<p><img class="aligncenter" src="https://a.example/5.jpg" alt="" width="800" height="533" /></p>',
    '<p><img src="https://a.example/6.jpg" width="1" height="1"></p>',
    '<p><img src="https://a.example/7.jpg" style="display: none"></p>',
]
PLAIN = [
    '<p class="a b">Một <a class="c" href="https://a.example/b" target="_blank" rel="noopener">liên kết</a>.</p>',
    '<p><img class="x" src="https://a.example/1.jpg" alt="" width="800" height="533" loading="lazy" /></p>',
    "<p>Một đoạn văn.</p>",
    "<p>Một</p>\n<p>hai 'ba' \"bốn\"</p>",
    '<p>Theo <a href="https://a.example/b.html">báo A</a>, sáng <strong>10/1</strong>.</p>',
    '<p>Một.</p><p><img src="https://a.example/1.jpg" alt="Hai người"></p><p>Hai.</p>',
    "<p><em>Nghiêng</em> <b>đậm</b><i>x</i></p>",
    "",
]


def long(html: str) -> object:
    return HtmlReader().read_long(html, BASE)


@pytest.mark.parametrize("html", PLAIN)
def test_plain_html_takes_the_short_way(html: str) -> None:
    assert read_plainly(html) == long(html)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_takes_the_short_way_ends_where_the_long_one_does(html: str) -> None:
    clean = printable(html)
    found = read_plainly(clean)
    assert found is None or found == long(clean)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=4))
def test_any_words_in_paragraphs_are_read_alike(words: list[str]) -> None:
    clean = printable("".join(f"<p>{one}</p>" for one in words))
    found = read_plainly(clean)
    assert found is None or found == long(clean)


@given(st.text(max_size=40))
def test_any_text_is_read_alike(text: str) -> None:
    clean = printable(text)
    found = read_plainly(clean)
    assert found is None or found == long(clean)


@given(st.text(max_size=40))
@example("</")
def test_text_without_markup_is_its_own_text(text: str) -> None:
    # Not behind it: after `</` a comment is a part of that one (HTML section 13.2.5.7).
    assert HtmlReader().plain(text) == HtmlReader().plain(f"<!---->{text}")
