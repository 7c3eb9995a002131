"""Hostile input takes no longer than its length allows."""

from __future__ import annotations

import time

import pytest

from feedsvc.markup.policy import http_address
from feedsvc.markup.reader import HtmlReader

LENGTH = 1_000_000
UNITS = [
    *("<", "<<", "&", "&#", "&amp;", "<!--", "<!", "<?", "</", "</p>", "<a <a ", "<img ", "<div x=", "<svg/onload=x>"),
    *("<div>", "<b>", "<p>", "<a>", "<li>", "<td>x", "<h1>x", "<pre>x", "<br>", "<b><p>", "<p><b>x", "<a><p>x"),
    *("<font>x</p>", "<table><tr><td>", "<ul><li>", "<form>", "<figure>", "<figure><img src=a>", "<figcaption>x"),
    *("<script>", "<style>a", "<button>", "<select><option>", "<plaintext>", "<dd><dt>", "x ", "\n", "a\u0301", "\x00"),
    *("<b><i><u><s>x</b></i></u></s>", "<a href='http://e.example/'>x</a>", "<b>x</b><img src=x>", "a='b' "),
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", ["", "<b><p><img "])
def test_a_million_characters_take_seconds_at_most(unit: str, before: str) -> None:
    html = before + unit * (LENGTH // 4 // len(unit))
    began = time.process_time()
    HtmlReader().read(html, "https://e.example/")
    HtmlReader().plain(html)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("unit", [" ", "%", "/", ":", "\n", "é", "[", "a@", "\\"])
def test_an_address_takes_no_time(unit: str) -> None:
    began = time.process_time()
    http_address("http://" + unit * LENGTH)
    http_address("http://e.example/" + unit * LENGTH)
    assert time.process_time() - began < 1
