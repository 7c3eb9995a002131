"""A bad entry costs itself, in every format alike, and never the feed."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from feedsvc.domain.feed import Category, Picture
from feedsvc.ports import Format
from tests.rules import check, ids_of

from .samples import FULL, NOW, PLAIN, SOURCE, feed_of

BAD: dict[str, dict[str, Any]] = {
    "no title": {"title": "\x00 \ufffe"},
    "no id": {"id": ""},
    "a title that is no text": {"title": None},
    "a relative address": {"address": "/articles/1"},
    "a picture without a host": {"pictures": (Picture(address="https:///a", media_type="image/png", length=1),)},
    "a source elsewhere": {"origin": replace(SOURCE, address="ftp://example.org/")},
    "a host that is none": {"licence": f"https://{'ữ' * 70}.org/"},
    "a date without a zone": {"published": datetime.fromisoformat("2017-01-01")},
    "categories that are none": {"categories": (Category(scheme="https://example.org/", term="", label=""), 7)},
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_entry_costs_itself_alone(each: Format, fault: str, caplog: pytest.LogCaptureFixture) -> None:
    bad = replace(FULL, **{"id": "tag:example.org,2026:a/bad"} | BAD[fault])
    with caplog.at_level(logging.WARNING):
        body = each.render(feed_of(FULL, bad, PLAIN)).body
    assert body == each.render(feed_of(FULL, PLAIN)).body
    (record,) = caplog.records
    assert repr(bad.id) in record.getMessage()


def test_a_feed_that_is_bad_itself_raises(each: Format) -> None:
    with pytest.raises(ValueError, match="not an absolute"):
        each.render(replace(feed_of(FULL), page="tel:1"))


def test_a_feed_without_a_title_raises(each: Format) -> None:
    with pytest.raises(ValueError, match="no title"):
        each.render(replace(feed_of(FULL), title="\x00"))


def test_forbidden_characters_are_taken_out(each: Format) -> None:
    texts: dict[str, Any] = {
        "title": "Hà\x00 \ud800Nội\x85",
        "authors": ("Lê\x1fAn", "\ufdd0"),
        "content": "<p>a\x0bb\r\nc\U0001ffff</p>",
    }
    document = each.render(feed_of(replace(PLAIN, **texts)))
    assert check(each.name, document.body, now=NOW) == []
    clean: dict[str, Any] = {"title": "Hà Nội", "authors": ("Lê An",), "content": "<p>a b\nc</p>"}
    assert document.body == each.render(feed_of(replace(PLAIN, **clean))).body
    assert ids_of(each.name, document.body) == [PLAIN.id]
