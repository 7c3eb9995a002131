"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .addresses import address, identifier
from .characters import forbidden
from .dates import dated, newest_first, rfc3339
from .html import html

_TOP = frozenset(
    "version title home_page_url feed_url description user_comment next_url icon favicon authors language expired hubs "
    "items".split()
)
_ITEM = frozenset(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified "
    "authors tags language attachments".split()
)
_ADDRESSES = ("url", "external_url", "image", "banner_image")


def check_json(body: bytes, *, now: datetime) -> list[str]:
    """The violations of a JSON Feed document."""
    try:
        feed = json.loads(body.decode("utf-8"), object_pairs_hook=_once)
    except ValueError as error:
        return [f"the document is not JSON in UTF-8: {error}"]
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return ["the document is no object with items"]
    items = feed["items"]
    dates = [(rfc3339(str(item.get("date_published"))), str(item.get("id"))) for item in items]
    found = [*_feed(feed), *_characters("feed", feed), *newest_first(dates)]
    return found + [problem for item in items for problem in _item(item, now)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _feed(feed: dict[str, Any]) -> Iterator[str]:
    """The top level, with the addresses, the language and an author required."""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield f"the version is {feed.get('version')!r}"
    yield from _texts("the feed", feed, "title", "language")
    yield from _known("the feed", feed, _TOP)
    yield from address("home_page_url", feed.get("home_page_url"))
    yield from address("feed_url", feed.get("feed_url"))
    yield from _authors("the feed", feed.get("authors"))
    for key in ("icon", "favicon", "next_url"):
        if key in feed:
            yield from address(key, feed[key])
    if not isinstance(feed.get("expired", False), bool):
        yield "expired is neither true nor false"
    yield from _nothing("the feed", feed)


def _item(item: dict[str, Any], now: datetime) -> Iterator[str]:
    """An item with id, url, title, dates and content."""
    where = f"item {item.get('id')}"
    yield from _texts(where, item, "id", "title")
    yield from identifier(f"the id of {where}", item.get("id"))
    yield from _known(where, item, _ITEM)
    if not isinstance(item.get("content_html", item.get("content_text")), str):
        yield f"{where} has no content"
    yield from html(f"the content of {where}", item.get("content_html", ""))
    for key in ("date_published", "date_modified"):
        yield from dated(f"{key} of {where}", item.get(key), rfc3339(str(item.get(key))), now)
    for key in _ADDRESSES:
        if key == "url" or key in item:
            yield from address(f"{key} of {where}", item.get(key))
    if "authors" in item:
        yield from _authors(where, item["authors"])
    if not all(isinstance(tag, str) and tag for tag in item.get("tags", [])):
        yield f"{where} has a tag that is no text"
    for attachment in item.get("attachments", []):
        yield from address(f"an attachment of {where}", attachment.get("url"))
        yield from _texts(f"an attachment of {where}", attachment, "mime_type")
        if not isinstance(attachment.get("size_in_bytes", 0), int):
            yield f"an attachment of {where} is of no size"


def _texts(where: str, values: dict[str, Any], *keys: str) -> Iterator[str]:
    for key in keys:
        if not isinstance(values.get(key), str) or not values[key].strip():
            yield f"{where} has no {key}"


def _known(where: str, values: dict[str, Any], keys: frozenset[str]) -> Iterator[str]:
    """Extensions begin with an underscore; what else is unknown is a mistake."""
    yield from (f"{where} has {key}" for key in values if key not in keys and not key.startswith("_"))


def _authors(where: str, authors: Any) -> Iterator[str]:
    if not isinstance(authors, list) or not authors or not all(author.get("name") for author in authors):
        yield f"{where} has no authors with names"


def _nothing(where: str, value: Any) -> Iterator[str]:
    """What has no value is left out, wherever it stands; `items` may be empty."""
    if value is None or value in ("", {}):
        yield f"{where} is there and says nothing"
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _nothing(f"{key} of {where}", part)
    elif isinstance(value, list):
        for part in value:
            yield from _nothing(f"a part of {where}", part)


def _characters(where: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from forbidden(where, value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _characters(f"{where}.{key}", part)
    elif isinstance(value, list):
        for part in value:
            yield from _characters(where, part)
