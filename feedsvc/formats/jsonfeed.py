"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

What the format has no word for stands under `_feedsvc`, only where there is something to say: of an item contributors,
categories with scheme and term, source, the address there, license, rights and place; of the feed its rights and those
that are related.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Union

from ..domain.feed import Document, Entry, Feed, Image, Picture
from ..domain.fragment import Fragment, Frame
from ..domain.geometry import Box, Geometry, Point
from .attributed import whole_text
from .dates import rfc3339
from .framed import HEADS, undated, whole
from .media_types import with_charset
from .soundness import sound_head, soundly

Value = Union[str, int, float, None, "list[Value]", "Object"]
Object = dict[str, Value]


class JsonFeed:
    """Writes JSON Feed: UTF-8, keys in the order of the specification, one line."""

    name = "json"
    media_type = with_charset("json")

    def render(self, feed: Feed) -> Document:
        """The feed as a JSON Feed document."""
        return whole(self, feed)

    def fragments(self, entries: Sequence[Entry]) -> tuple[Fragment | None, ...]:
        """Each entry as an object of `items`."""
        return soundly(entries, _items)

    def frame(self, feed: Feed, prefixes: frozenset[str]) -> Frame:
        """The object of the feed; it names no prefixes, and no time."""
        return _frame(undated(feed))


def json_item(entry: Entry) -> Object:
    """One entry alone, whatever feed it stands in."""
    text = whole_text(entry)
    return _filled(
        {
            "id": entry.id,
            "url": entry.address,
            "title": entry.title,
            "content_html": text,
            # An item without content_html must have content_text.
            "content_text": None if text else entry.summary or entry.title,
            "summary": entry.summary,
            "image": entry.pictures[0].address if entry.pictures else None,
            "date_published": rfc3339(entry.published),
            "date_modified": rfc3339(entry.updated),
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(dict.fromkeys(category.label for category in entry.categories)),
            "language": entry.language,
            "attachments": [_attachment(picture) for picture in entry.pictures],
            "_feedsvc": _own(entry),
        }
    )


def _items(entries: Sequence[Entry]) -> list[Fragment]:
    return [Fragment(_text(json_item(entry)).encode()) for entry in entries]


@lru_cache(HEADS)
def _frame(feed: Feed) -> Frame:
    text = _text({**_filled(_head(sound_head(feed))), "items": []})
    return Frame(text.removesuffix("]}").encode(), b"]}\n", b",")


def _head(feed: Feed) -> Object:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": f"{feed.address}.json",
        "description": feed.subtitle,
        "icon": _address(feed.icon),
        "favicon": _address(feed.icon),
        "authors": [{"name": feed.author or feed.title}],
        "language": feed.language,
        "expired": True if feed.expired else None,
        "_feedsvc": _filled(
            {
                "rights": feed.rights,
                "related": [{"url": f"{one.address}.json", "title": one.title} for one in feed.related],
            }
        ),
    }


def _text(value: Object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _attachment(picture: Picture) -> Object:
    return _filled(
        {
            "url": picture.address,
            "mime_type": picture.media_type,
            "title": picture.caption,
            "size_in_bytes": picture.length,
        }
    )


def _own(entry: Entry) -> Object:
    origin = entry.origin
    return _filled(
        {
            "contributors": [{"name": name} for name in entry.contributors],
            "categories": [{"scheme": c.scheme, "term": c.term, "label": c.label} for c in entry.categories],
            "source": {"id": origin.id, "title": origin.title, "url": f"{origin.address}.json"} if origin else None,
            "via": entry.via,
            "license": entry.licence,
            "rights": entry.rights,
            **(_place(entry.where) if entry.where is not None else {}),
        }
    )


def _place(where: Geometry) -> Object:
    """Degrees, the latitude first; of a box the corner in the south and west first."""
    if isinstance(where, Box):
        return {"box": [*_degrees(where.lower), *_degrees(where.upper)]}
    return {"point": _degrees(where)}


def _degrees(point: Point) -> list[Value]:
    return [point.latitude, point.longitude]


def _address(image: Image | None) -> str | None:
    return None if image is None else image.address


def _filled(values: Object) -> Object:
    """What has a value; an empty text, list or object says nothing, a zero does."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
