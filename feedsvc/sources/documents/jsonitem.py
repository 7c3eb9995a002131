"""One article as JSON, in the shape of an item of JSON Feed 1.1 (https://jsonfeed.org/version/1.1, Items)."""

from __future__ import annotations

import html
import json

from ...domain.record import Hypertext, Line, PlainText, RawRecord
from ...domain.source import Json
from .fields import record_of

NAMES = {"date_published": "date", "date_modified": "updated", "url": "link"}


def read_json_item(key: str, text: str) -> RawRecord:
    """The record of an item. Raises ValueError, with the reason, for what is not one."""
    try:
        item = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deep to be an article") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error}") from None
    except ValueError:
        raise ValueError("it holds a number of more digits than are read") from None
    if not isinstance(item, dict):
        raise ValueError("it is not a JSON object with the keys of a JSON Feed item (title, content_html, …)")
    fields: dict[str, Json] = {NAMES.get(str(name), str(name)): value for name, value in item.items()}
    markup, plain = item.get("content_html"), item.get("content_text")
    if isinstance(markup, str) and markup.strip():
        image = item.get("image")
        return record_of(key, fields, Hypertext(_illustrated(markup, image if isinstance(image, str) else "")))
    lines = plain.splitlines() if isinstance(plain, str) else []
    return record_of(key, fields, PlainText(tuple(Line(line) for line in lines if line.strip())))


def _illustrated(markup: str, image: str) -> str:
    """The content with the item's image in front, unless it stands in it."""
    if not image or image in markup:
        return markup
    return f'<figure><img src="{html.escape(image)}"></figure>{markup}'
