"""What tells active markup from passive has an eye for every row, and none for what we publish."""

from __future__ import annotations

from html import unescape

import pytest

from feedsvc.markup.policy import ATTRIBUTES, TAGS

from .passive import ACTIVE, FORBIDDEN, active, active_in_page, text_alone
from .rows import ROWS, Row


def test_no_two_rows_are_alike() -> None:
    assert len({row.name for row in ROWS}) == len({row.markup for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_is_active_as_it_stands_or_once_it_is_decoded(row: Row) -> None:
    seen = [row.markup, unescape(row.markup), unescape(unescape(row.markup))]
    assert any(active(markup) for markup in seen)
    assert text_alone(row.markup) != row.markup or "&" in row.markup


@pytest.mark.parametrize(
    "html",
    [
        "một &lt;b&gt; hai",
        "<p>một <a href='https://bao.example/?a=b&amp;c' title='d' rel='nofollow'>hai</a></p>",
        "<figure><img src='http://bao.example/a.jpg' alt='' width='1' height='1'><figcaption>ba</figcaption></figure>",
        "<table><tbody><tr><td colspan='2'>bốn</td></tr></tbody></table>",
    ],
)
def test_passive_markup_is_passive(html: str) -> None:
    assert active(html) == []


@pytest.mark.parametrize(
    ("html", "text"), [("a &lt;b&gt; &amp; c", "a <b> & c"), ("a <b>c</b>", None), ("a<!---->", None), ("", "")]
)
def test_text_alone_is_text(html: str, text: str | None) -> None:
    assert text_alone(html) == text


def test_a_page_has_its_head_and_nothing_else_that_acts() -> None:
    head = "<!doctype html><html lang=vi><head><meta charset=utf-8><title>x</title><link rel=icon href='/a.svg'>"
    assert active_in_page(f"{head}</head><body><p>x</body>") == []
    for bad in (
        "<meta http-equiv=refresh content=x>",
        "<link rel=import href='/x'>",
        "<base href='/'>",
        "<body onload=x>",
    ):
        assert active_in_page(f"{head}{bad}") != []


def test_the_policy_and_the_eye_agree() -> None:
    assert not ACTIVE & TAGS
    assert not FORBIDDEN & set().union(*ATTRIBUTES.values())
