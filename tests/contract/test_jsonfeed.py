"""JSON Feed says what the others say, in its own words: items 38 and 39."""

from __future__ import annotations

import json
from typing import Any

import pytest

from . import newspapers
from .publisher import FEEDS, SITE, Publisher

pytestmark = pytest.mark.slow


def item(publisher: Publisher, source: str, title: str) -> dict[str, Any]:
    """The item of an article."""
    items: list[dict[str, Any]] = json.loads(publisher.document(f"sources/{source}", "json"))["items"]
    (found,) = (one for one in items if one["title"] == title)
    return found


def test_38_a_feed_says_what_it_is_whose_and_where(publisher: Publisher) -> None:
    for path in FEEDS:
        feed = json.loads(publisher.document(path, "json"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"].startswith("Tin <Thử> & Nghiệm")
        assert feed["feed_url"] == f"{SITE}/feeds/{path}.json"
        assert feed["home_page_url"].startswith(f"{SITE}/")
        assert (feed["language"], feed["authors"]) == ("vi", [{"name": "Tin <Thử> & Nghiệm"}])
        assert feed["description"]


def test_38_a_feed_has_its_icons(publisher: Publisher) -> None:
    for path in FEEDS:
        feed = json.loads(publisher.document(path, "json"))
        for name in ("icon", "favicon"):
            reply = publisher.ask(feed[name].removeprefix(SITE))
            assert (reply.status, reply["Content-Type"]) == (200, "image/png")


def test_38_an_item_has_its_summary_its_text_its_tags_and_its_rights(publisher: Publisher) -> None:
    found = item(publisher, "bao-mau", newspapers.COMPARED)
    assert found["summary"] == "Nông dân Tháp Mười bán lúa: 3 < 5 & hết."
    assert found["content_html"]
    assert found["tags"] == ["Thể thao"]
    assert found["language"] == "vi"
    assert found["_feedsvc"]["license"] == newspapers.LICENCE
    assert found["_feedsvc"]["rights"] == "© Báo <Mẫu> & bạn"
    assert found["_feedsvc"]["source"]["title"] == "Báo Mẫu"
    assert found["_feedsvc"]["categories"][0] == {
        "scheme": f"{SITE}/scheme/topic",
        "term": "the-thao",
        "label": "Thể thao",
    }


def test_38_pictures_are_attachments_with_type_and_size(publisher: Publisher) -> None:
    found = item(publisher, "dai-thu", newspapers.PICTURED)
    first, second = found["attachments"]
    assert found["image"] == first["url"]
    for one in (first, second):
        reply = publisher.ask(one["url"].removeprefix(SITE))
        assert (one["mime_type"], one["size_in_bytes"]) == ("image/png", len(reply.body))


def test_39_each_author_is_an_object_of_its_own(publisher: Publisher) -> None:
    assert item(publisher, "bao-mau", newspapers.COMPARED)["authors"] == [{"name": name} for name in newspapers.AUTHORS]
