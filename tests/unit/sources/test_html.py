"""Pages of HTML: which part of them is the article, and what its title is."""

from __future__ import annotations

import pytest

from feedsvc.domain.record import Hypertext, RawRecord

from .desk import read_document
from .reading import html, reason, record


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<article>a</article><main>b</main>c", "<article>a</article>"),
        ("<main>b</main>c", "<main>b</main>"),
        ("<body>b</body><main>c</main>", "<main>c</main>"),
        ("<article> </article><main><p></p></main><article>c</article>", "<article>c</article>"),
        ("<article> </article><main><img></main>", "<main><img></main>"),
    ],
)
def test_the_text_is_the_article_else_the_main_part(page: str, expected: str) -> None:
    assert html("a.html", f"<title>T</title>{page}") == expected


@pytest.mark.parametrize(
    "page",
    [
        "<p>c",
        "<article> </article><p>c",
        "<section>c",
        "<title>T</title><section>c",
        "<body></body><p>c",
        "<style>s</style>c",
    ],
)
def test_without_either_the_text_is_the_whole_page_however_it_is_built(page: str) -> None:
    assert ">c<" in html("a.html", page)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>D</title><meta property=og:title content=C><h1>B</h1><article><h1>A</h1>x</article>", "A"),
        ("<title>D</title><meta property=og:title content=C><h1>B</h1><article>x</article>", "C"),
        ("<title>D</title><h1>B</h1><article>x</article>", "D"),
        ("<h1>B</h1><article>x</article>", "B"),
        ("<title> </title><article>x</article>", ""),
        ("<title>D</title><article><h1><img src=logo.png></h1>x</article>", "D"),
        ("<article><h1>Hội nghị<br>toàn <b>qu</b>ốc\n  năm</h1>x</article>", "Hội nghị toàn quốc năm"),
    ],
)
def test_the_title_is_the_headline_of_the_article_else_of_the_page(page: str, title: str) -> None:
    assert record("a.html", page).title == title


def test_what_follows_the_headline_stays() -> None:
    assert html("a.html", "<article><p>a</p><h1>T</h1>b</article>") == "<article><p>a</p>b</article>"
    assert html("a.html", "<article>a<h1>T</h1>b<p>c</p></article>") == "<article>ab<p>c</p></article>"


def test_only_an_http_base_counts() -> None:
    for base, expected in (("https://e.example/x/", "https://e.example/x/"), ("javascript:x", None), ("/x", None)):
        content = record("a.html", f"<base href='{base}'><h1>T</h1>x").content
        assert isinstance(content, Hypertext)
        assert content.base == expected


def test_a_page_nested_too_deep_for_a_tree_is_handed_on_whole() -> None:
    page = "<title>T</title>" + "<div>" * 5000 + "Lời cuối"
    assert (record("a.html", page).title, html("a.html", page)) == ("T", page)


@pytest.mark.parametrize(
    "page", ["<", "<>", "</p>x", "<!doctype html>x", "&#0;", "&#xd800;", "<?xml encoding='utf-16'?>x"]
)
def test_fragments_of_any_kind_give_a_record(page: str) -> None:
    assert isinstance(read_document("a.html", page.encode()), RawRecord)


@pytest.mark.parametrize("page", ["<!-- a -->", "<?php x ?>", "</p>"])
def test_a_page_without_anything_is_rejected(page: str) -> None:
    assert reason("a.html", page.encode()) == "it has neither a title nor a text"


@pytest.mark.parametrize("before", ["", "<p>a</p>", "b&#1;", "<p>a</p>b&#xFFFE;"])
def test_a_reference_to_what_no_tree_can_hold_beside_the_headline_costs_nothing_else(before: str) -> None:
    found = html("a.html", f"<article>{before}<h1>T</h1>&#1;c</article>")
    assert found == f"<article>{before.partition('&')[0]}c</article>"
