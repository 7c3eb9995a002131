"""What a reader finds in a feed: the same few things in each of the formats."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
MODIFIED = "{http://purl.org/dc/terms/}modified"


@dataclass(frozen=True)
class Seen:
    """An entry: times as instants, `content` in HTML, `people` joined by commas."""

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    content: str
    people: str


def entries(form: str, body: bytes) -> list[Seen]:
    """The entries of a document in their order."""
    if form == "json":
        return [_of_json(item) for item in json.loads(body)["items"]]
    root = etree.fromstring(body)
    if form == "atom":
        return [_of_atom(entry) for entry in root.iterfind(f"{ATOM}entry")]
    return [_of_rss(item) for item in root.iterfind("channel/item")]


def called(form: str, body: bytes, title: str) -> Seen:
    """The entry with this title."""
    (found,) = (entry for entry in entries(form, body) if entry.title == title)
    return found


def text(parent: etree._Element, name: str) -> str:
    """The text of a child that is there once."""
    (found,) = parent.findall(name)
    return found.text or ""


def links(parent: etree._Element, relation: str) -> list[str]:
    """The addresses of Atom's links of a relation."""
    return [str(one.get("href")) for one in parent.iterfind(f"{ATOM}link") if one.get("rel") == relation]


def plain_title(entry: etree._Element) -> str:
    """An Atom title as people read it, whatever its type."""
    (title,) = entry.findall(f"{ATOM}title")
    if title.get("type") != "html":
        return title.text or ""
    return str(etree.fromstring(f"<p>{title.text}</p>").xpath("string()"))


def _of_atom(entry: etree._Element) -> Seen:
    return Seen(
        text(entry, f"{ATOM}id"),
        plain_title(entry),
        links(entry, "alternate")[0],
        datetime.fromisoformat(text(entry, f"{ATOM}published")),
        datetime.fromisoformat(text(entry, f"{ATOM}updated")),
        text(entry, f"{ATOM}content"),
        ", ".join(text(one, f"{ATOM}name") for one in entry.iterfind(f"{ATOM}author")),
    )


def _of_rss(item: etree._Element) -> Seen:
    published = text(item, "pubDate")
    whole = CONTENT if item.find(CONTENT) is not None else "description"
    modified = item.findtext(MODIFIED)
    return Seen(
        text(item, "guid"),
        text(item, "title"),
        text(item, "link"),
        parsedate_to_datetime(published),
        datetime.fromisoformat(modified) if modified else parsedate_to_datetime(published),
        text(item, whole),
        item.findtext(f"{DC}creator") or "",
    )


def _of_json(item: dict[str, Any]) -> Seen:
    return Seen(
        item["id"],
        item["title"],
        item["url"],
        datetime.fromisoformat(item["date_published"]),
        datetime.fromisoformat(item["date_modified"]),
        item["content_html"],
        ", ".join(author["name"] for author in item.get("authors", [])),
    )
