"""Hostile input takes no longer than its length allows."""

from __future__ import annotations

import time

import pytest

from feedsvc.markup.policy import http_address
from feedsvc.markup.reader import HtmlReader

LENGTH = 1_000_000
UNITS = [
    *("<", "&", "&#", "<!--", "</p>", "<img ", "<div>", "<p>", "<td>x", "<b><p>", "<a><p>x", "<font>x</p>", "<button>"),
    *("<figure><img src=a>", "<b><i><u><s>x</b></i></u></s>", "<b>x</b><img src=x>"),
]
"""Each of them took a parser or a pattern longer than in proportion once, here or elsewhere."""


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_repetition_takes_no_longer_than_its_length_allows(unit: str) -> None:
    html = unit * (LENGTH // 12 // len(unit))
    began = time.process_time()
    HtmlReader().read(html, "https://e.example/")
    HtmlReader().plain(html)
    assert time.process_time() - began < 6


@pytest.mark.parametrize("unit", [" ", "%", "/", ":", "\n", "é", "[", "a@", "\\"])
def test_an_address_takes_no_time(unit: str) -> None:
    began = time.process_time()
    http_address("http://" + unit * LENGTH)
    http_address("http://e.example/" + unit * LENGTH)
    assert time.process_time() - began < 4
