"""A draft as JSON, versioned, so that a later release reads what an earlier one stored."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import PydanticSerializationError, to_json
from pydantic_core import from_json as _read

from ..domain.article import Block, Draft, Figure, Html, Medium, Paragraph, Role
from ..errors import SchemaError
from .moments import moment, moment_or_none, seconds, seconds_or_none

CODEC = 1
_ROLES = {role.value: role for role in Role}
"""Told in a fraction of the time that the enumeration takes to be asked."""


def as_json(value: object) -> str:
    """A value as JSON text that UTF-8 can hold."""
    try:
        return to_json(value).decode()
    except PydanticSerializationError:  # a lone surrogate
        return json.dumps(value, separators=(",", ":"))


def from_json(text: str) -> Any:
    """What a JSON text says, those of `as_json` among them."""
    try:
        return _read(text)
    except ValueError:  # a lone surrogate
        return json.loads(text)


def encode(draft: Draft) -> str:
    """The draft as JSON text that UTF-8 can hold, times in whole seconds."""
    stored = {
        "v": CODEC,
        "key": draft.key,
        "title": draft.title,
        "summary": draft.summary,
        "content": [_block(block) for block in draft.content],
        "published": seconds(draft.published),
        "dated_by": draft.dated_by,
        "language": draft.language,
        "updated": seconds_or_none(draft.updated),
        "link": draft.link,
        "authors": draft.authors,
        "contributors": draft.contributors,
        "categories": draft.categories,
        "dateline": draft.dateline,
        "policy": draft.policy,
        "mended": draft.mended,
    }
    return as_json(stored)


def decode(text: str) -> Draft:
    """The draft that was encoded. Raises SchemaError for what another release wrote."""
    stored = from_json(text)
    if stored["v"] != CODEC:
        raise SchemaError(f"an article is stored in form {stored['v']}, and this release reads form {CODEC}")
    return Draft(
        key=stored["key"],
        title=stored["title"],
        summary=stored["summary"],
        content=tuple(_read_block(block) for block in stored["content"]),
        published=moment(stored["published"]),
        dated_by=stored["dated_by"],
        language=stored["language"],
        updated=moment_or_none(stored["updated"]),
        link=stored["link"],
        authors=tuple(stored["authors"]),
        contributors=tuple(stored["contributors"]),
        categories=tuple(stored["categories"]),
        dateline=stored["dateline"],
        policy=stored.get("policy", 0),
        mended=stored.get("mended", ""),
    )


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text, role):
            return {"is": "paragraph", "text": text, "role": role}
        case Html(markup, text, role):
            return {"is": "html", "markup": markup, "text": text, "role": role}
        case Figure(pictures, caption, credits_, alternative):
            held = {"pictures": [_medium(medium) for medium in pictures], "alternative": alternative}
            return {"is": "figure", "caption": caption, "credits": credits_, **held}


def _read_block(stored: dict[str, Any]) -> Block:
    match stored["is"]:
        case "paragraph":
            return Paragraph(stored["text"], _ROLES[stored["role"]])
        case "html":
            return Html(stored["markup"], stored["text"], _ROLES[stored["role"]])
        case "figure":
            pictures = tuple(Medium(**medium) for medium in stored["pictures"])
            return Figure(pictures, stored["caption"], tuple(stored["credits"]), stored["alternative"])
    raise SchemaError(f"an article holds a block of the kind {stored['is']!r}, which this release does not know")


def _medium(medium: Medium) -> dict[str, Any]:
    return {
        "address": medium.address,
        "media_type": medium.media_type,
        "length": medium.length,
        "width": medium.width,
        "height": medium.height,
    }
