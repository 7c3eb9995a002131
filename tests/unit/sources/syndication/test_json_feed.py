"""Records out of JSON Feed."""

from __future__ import annotations

import json

import pytest

from feedsvc.domain.record import RawFigure

from .desk import markup, one, parse

VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: object, **more: object) -> str:
    return json.dumps({"version": VERSION, "title": "N", "items": items, **more})


def test_an_item() -> None:
    item = {
        "id": 7,
        "url": "/7",
        "title": "T",
        "content_html": "<p>a</p>",
        "content_text": "b",
        "image": "/a.png",
        "tags": ["x", 1],
        "date_published": "2025-06-01T00:00:00Z",
    }
    record = one(feed(item, authors=[{"name": "An"}, {}], language="vi"))
    assert (record.key, record.link, markup(record)) == ("7", "https://news.example/7", "<p>a</p>")
    assert record.figures == (RawFigure(("https://news.example/a.png",), ""),)
    assert (record.authors, record.categories, record.language) == (("An",), ("x",), "vi")


def test_plain_text_is_escaped_in_paragraphs() -> None:
    assert markup(one(feed({"id": "1", "content_text": "1 < 2\n\nb"}))) == "<p>1 &lt; 2</p><p>b</p>"


def test_an_attached_picture_and_an_author_of_version_1() -> None:
    attached = [3, {"mime_type": "image/png", "url": "/b.png"}]
    record = one(feed({"id": "1", "attachments": attached, "author": {"name": "Bình"}}))
    assert (record.figures[0].addresses, record.authors) == (("https://news.example/b.png",), ("Bình",))


def test_what_is_no_item_is_rejected() -> None:
    parsed = parse(feed(1, {"id": "1"}))
    assert (len(parsed.records), parsed.rejections[0].key, parsed.held) == (1, "item 1", 2)


@pytest.mark.parametrize("value", [None, [], {}, 1, True, float("nan"), "\ud800"])
def test_any_type_anywhere(value: object) -> None:
    names = "id url title content_html content_text image tags authors author attachments date_published language"
    assert parse(feed(dict.fromkeys(names.split(), value))).held == 1


@pytest.mark.parametrize(
    "body", ["{}", "[]", "[1]", '{"items": 1}', '{"items": [', "[" * 100_000, '{"a": ' + "9" * 9999]
)
def test_what_is_no_feed(body: str) -> None:
    parsed = parse(body)
    assert "JSON" in (parsed.unreadable or "")
    assert parsed.cursor == {}
