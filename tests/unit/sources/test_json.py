"""Items of JSON Feed, hostile ones too."""

from __future__ import annotations

import json
import time

import pytest

from feedsvc.domain.record import Line, PlainText, RawRecord

from .desk import read_document
from .reading import html, reason, record


def test_html_goes_before_plain_text() -> None:
    item = {"title": "T", "content_html": "<p>a</p>", "content_text": "b"}
    assert html("a.json", json.dumps(item)) == "<p>a</p>"


def test_plain_text_is_read_line_by_line() -> None:
    item = {"title": "T", "content_html": "  ", "content_text": "a\n\nb"}
    assert record("a.json", json.dumps(item)).content == PlainText((Line("a"), Line("b")))


def test_the_picture_of_an_item_stands_first_unless_it_stands_in_it() -> None:
    image = 'https://e.example/a.jpg?x=1&y="2'
    shown = html("a.json", json.dumps({"title": "T", "content_html": "<p>a</p>", "image": image}))
    assert shown == '<figure><img src="https://e.example/a.jpg?x=1&amp;y=&quot;2"></figure><p>a</p>'
    within = json.dumps({"title": "T", "content_html": "<img src='b.jpg'>", "image": "b.jpg"})
    assert html("a.json", within) == "<img src='b.jpg'>"


@pytest.mark.parametrize("text", ["", "{", "nul", "[1]", "1", '"a"', "null", "{'a': 1}", '{"a": 1,}', "\ufeff\ufeff{}"])
def test_what_is_no_item_is_rejected(text: str) -> None:
    assert reason("a.json", text.encode() or b" ").startswith("it is ")


@pytest.mark.parametrize("bomb", ["[" * 100_000, '{"a":' * 100_000, '{"title": ' + "9" * 100_000 + "}"])
def test_a_bomb_is_rejected_at_once(bomb: str) -> None:
    began = time.monotonic()
    assert reason("a.json", bomb.encode())
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("value", [None, True, [], {}, [[]], [None], {"name": 1}, "", float("nan"), float("-inf")])
def test_a_field_of_a_wrong_type_is_as_if_it_were_not_there(value: object) -> None:
    names = "title url summary date_published date_modified authors tags language image content_text".split()
    found = read_document("a.json", json.dumps(dict.fromkeys(names, value) | {"content_html": "x"}).encode())
    assert isinstance(found, RawRecord)
    assert (found.title, found.link, found.summary, found.published, found.authors, found.categories) == (
        ("", None, None, None, (), ())
    )


def test_the_next_name_counts_where_the_first_has_a_wrong_type() -> None:
    found = record("a.json", '{"title": "T", "authors": {}, "author": "A", "tags": 1, "categories": ["c"]}')
    assert (found.authors, found.categories) == (("A",), ("c",))


def test_fields_are_bounded() -> None:
    long = "dài " * 2_000
    names = "title url summary date_published language".split()
    item = dict.fromkeys(names, long) | {"authors": [long] * 200, "tags": [f"{n}" for n in range(10_000)]}
    found = record("a.json", json.dumps(item))
    assert (found.link, found.published, found.language) == (None, None, None)
    assert (len(str(found.title)) <= 1000, len(found.summary or "") <= 8000) == (True, True)
    assert (len(found.authors), len(found.categories)) == (1, 100)


@pytest.mark.parametrize(("tag", "language"), [("vi", "vi"), ("vi_VN", "vi-VN"), ("zh-Hant-TW", "zh-Hant-TW")])
def test_a_language_is_a_tag(tag: str, language: str) -> None:
    assert record("a.json", json.dumps({"title": "T", "language": tag})).language == language


@pytest.mark.parametrize("tag", ["v", 'vi" onload="x', "vi\ud800", "vi\n", "tiếng Việt", "a-" * 50])
def test_what_is_no_tag_is_no_language(tag: str) -> None:
    found = record("a.json", json.dumps({"title": "T", "language": tag}))
    assert found.language == ("vi" if tag == "vi\n" else None)
