"""HTML in, blocks out."""

from __future__ import annotations

import pytest

from feedsvc.domain.article import Html
from feedsvc.markup.reader import HtmlReader

from .reading import read, shown


@pytest.mark.parametrize(
    "html",
    [
        "<p>Một <strong>hai</strong> ba.</p>",
        "<ul><li>một</li><li>hai</li></ul>",
        '<ol start="3"><li>một</li></ol>',
        "<h2>Một</h2>",
        "<blockquote><p>Một</p></blockquote>",
        "<table><tbody><tr><td>một</td></tr></tbody></table>",
        "<pre>một\n  hai</pre>",
        "<dl><dt>một</dt><dd>hai</dd></dl>",
    ],
)
def test_an_allowed_block_stays_as_it_is(html: str) -> None:
    assert shown(html) == [html]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("một", ["<p>một</p>"]),
        ("<div>một</div><div>hai</div>", ["<p>một</p>", "<p>hai</p>"]),
        ("một<p>hai</p>ba", ["<p>một</p>", "<p>hai</p>", "<p>ba</p>"]),
        ("<section><div><p>một</p></div></section>", ["<p>một</p>"]),
        ("<form><p>một</p></form>", ["<p>một</p>"]),
        ("<details><summary>một</summary>hai</details>", ["<p>một</p>", "<p>hai</p>"]),
        ("<a>một<p>hai</p>ba</a>", ["<p>một</p>", "<p>hai</p>", "<p>ba</p>"]),
        ("<li>một</li>", ["<p>một</p>"]),
        ("<h1>một</h1>", ["<h2>một</h2>"]),
        ("<hr><p> </p><p>&nbsp;</p><div></div>", []),
    ],
)
def test_a_wrapping_is_gone_into_and_loose_text_is_a_paragraph(html: str, blocks: list[str]) -> None:
    assert shown(html) == blocks


@pytest.mark.parametrize("tag", ["span", "font", "o:p", "nobr", "label", "x-unknown"])
def test_what_stands_in_a_line_does_not_break_it(tag: str) -> None:
    html = f"<div>Sáng <{tag} style='color:red'>10/1</{tag}>, hội nghị.</div>"
    assert shown(html) == ["<p>Sáng 10/1, hội nghị.</p>"]
    assert HtmlReader().plain(html) == "Sáng 10/1, hội nghị."


def test_emphasis_in_a_line_is_kept() -> None:
    assert shown("<div>Sáng <em>nay</em>, <b>họp</b>.</div>") == ["<p>Sáng <em>nay</em>, <b>họp</b>.</p>"]


@pytest.mark.parametrize(
    "html",
    [
        "<style>s</style><section>một</section>",
        "<title>t</title><main>một</main>",
        "<body></body><p>một",
        "<html><head><meta charset=x></head><article>một</article></html>",
        "<link rel=x><aside>một",
    ],
)
def test_no_text_is_lost_by_where_a_parser_puts_it(html: str) -> None:
    assert shown(html) == ["<p>một</p>"]


def test_white_space_is_collapsed_but_in_preformatted_text() -> None:
    assert shown("<p>một\n   hai</p>") == ["<p>một hai</p>"]
    assert shown("<pre>một\n   hai</pre>") == ["<pre>một\n   hai</pre>"]


def test_every_block_has_its_text_beside_it() -> None:
    (block,) = read("<ul><li>một</li><li>hai <b>b</b>a</li></ul>")
    assert isinstance(block, Html)
    assert block.text == "một hai ba"


@pytest.mark.slow
def test_a_page_of_nothing_but_elements_is_read_up_to_a_limit() -> None:
    assert read("<i></i>" * 251_000 + "<p>một</p>") == ()
    assert len(read("<i></i>" * 20_000 + "<p>một</p>")) == 1


def test_letters_come_out_composed_and_printable() -> None:
    assert shown("<p>Tie\u0302\u0301ng\u200b Vi\u00ea\u0323t\x07</p>") == ["<p>Tiếng Việt</p>"]


@pytest.mark.parametrize("html", ["một&#1;", "<div>&#xFFFE;một</div>", "<p>m&#127;ột</p>", "<div>một<p></p>&#8;</div>"])
def test_a_reference_to_what_no_document_can_hold_costs_nothing_else(html: str) -> None:
    assert shown(html) == ["<p>một</p>"]


@pytest.mark.parametrize("html", ["", " \n", "<!-- một -->", "<script>một</script>", "<?php một ?>", "\x00\ufeff"])
def test_nothing_gives_nothing(html: str) -> None:
    assert (read(html), HtmlReader().plain(html)) == ((), "")


def test_markup_left_open_is_closed() -> None:
    assert shown("<p>một <b>hai") == ["<p>một <b>hai</b></p>"]


def test_a_block_as_long_as_a_book_is_published_as_its_text_and_cut() -> None:
    (block,) = read("<p>" + "<b>một</b> &amp; " * 20_000)
    assert isinstance(block, Html)
    assert block.markup.startswith("<p>một &amp; một &amp;")
    assert len(block.text) <= 128 * 1024


def test_a_page_without_end_is_read_up_to_a_limit() -> None:
    assert len(read("<p>một</p>" * 30_000)) == 10_000
    assert sum(map(len, shown(("<p>" + "một " * 5_000) * 100))) < 1024 * 1024 + 20_000


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("một", "một"),
        ("<p>một</p><p>hai</p>", "một hai"),
        ("một<br>hai", "một hai"),
        ("H<b>ộ</b>i<i></i>", "Hội"),
        ("H<span>ộ</span>i", "Hội"),
        ("<td>một</td><td>hai</td>", "một hai"),
        ("5 &lt; 6 &amp;&nbsp; 7", "5 < 6 & 7"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("một<script>hai < ba</script> bốn", "một bốn"),
        ("<script>a<b;c>d</script>", ""),
        ("<textarea>một</textarea><svg><text>hai</text></svg>", ""),
        ("<!-- a > b -->một", "một"),
        ("<form>một<input value=hai></form>", "một"),
        ("&#0;&#xD800;&#x110000;", "\ufffd\ufffd\ufffd"),
    ],
)
def test_the_text_of_html_in_one_line(html: str, text: str) -> None:
    assert HtmlReader().plain(html) == text
