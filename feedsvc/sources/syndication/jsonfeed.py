"""JSON Feed 1.0 and 1.1 (https://jsonfeed.org/version/1.1), read as loosely as they are written."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...domain.record import Hypertext, RawFigure, RawRecord, Rejection
from .addresses import absolute
from .entries import Entries, encodable, paragraphs, person
from .newest import newest_of_items

Item = Mapping[str, Any]


def read_json_feed(body: bytes, base: str, most: int) -> Entries:
    """The newest `most` entries of a feed. Raises ValueError, with a sentence, for what is none."""
    feed = _loaded(body)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        raise ValueError("it is JSON, but no JSON Feed (it has no items)")
    taken = newest_of_items(items, [_date(item) for item in (items[:1] + items[-1:])], most)
    records = tuple(_record(item, feed, base) for item in taken if isinstance(item, dict))
    return Entries(records, tuple(_rejections(taken)), len(items))


def _date(item: object) -> str | None:
    return _text(item, "date_published") if isinstance(item, dict) else None


def _loaded(body: bytes) -> object:
    try:
        return json.loads(body.lstrip(b"\0 \t\r\n") if body[:1] == b"\0" else body)
    except RecursionError:
        raise ValueError("it is JSON that is nested too deep to be a feed") from None
    except json.JSONDecodeError as error:
        whole = error.pos < len(error.doc.rstrip())
        raise ValueError(f"it is no JSON: {error}" if whole else "it breaks off before its end, as JSON") from None
    except ValueError:
        raise ValueError("it is no JSON that can be read (its encoding or its numbers)") from None


def _rejections(items: Sequence[object]) -> Iterator[Rejection]:
    for place, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield Rejection(f"item {place}", "it is no JSON object, as an item of a JSON Feed is")


def _record(item: Item, feed: Item, base: str) -> RawRecord:
    link = absolute(_text(item, "url"), base) or absolute(_text(item, "external_url"), base)
    identifier = _text(item, "id") or ""
    return RawRecord(
        key=identifier,
        title=_text(item, "title") or "",
        content=Hypertext(_content(item), link or base),
        summary=_text(item, "summary"),
        link=link or (absolute(identifier, "") if identifier.startswith("http") else None),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        authors=_authors(item) or _authors(feed),
        categories=_strings(item.get("tags")),
        language=_text(item, "language") or _text(feed, "language"),
        figures=tuple(_figures(item, link or base)),
    )


def _text(item: Item, name: str) -> str | None:
    """A text, or a number in the place of one."""
    value = item.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return encodable(str(value)).strip() or None


def _content(item: Item) -> str:
    return _text(item, "content_html") or paragraphs(_text(item, "content_text") or "")


def _authors(item: Item) -> tuple[str, ...]:
    people = item.get("authors")
    people = people if isinstance(people, list) and people else [item.get("author")]
    named = (_text(one, "name") if isinstance(one, dict) else one for one in people)
    names = (person(encodable(name)) for name in named if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in names if name))


def _strings(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(encodable(one) for one in items if isinstance(one, str) and one.strip()))


def _figures(item: Item, base: str) -> Iterator[RawFigure]:
    addresses = (absolute(one, base) for one in _images(item))
    if found := next((one for one in addresses if one), None):
        yield RawFigure((found,), "")


def _images(item: Item) -> Iterator[str | None]:
    yield _text(item, "image")
    yield _text(item, "banner_image")
    attachments = item.get("attachments")
    for one in attachments if isinstance(attachments, list) else []:
        if isinstance(one, dict) and (_text(one, "mime_type") or "").lower().startswith("image/"):
            yield _text(one, "url")
