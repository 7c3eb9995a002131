"""What a reader has of a document: the same of every entry, whichever format it is read in."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from lxml import etree

from .xml import ATOM, CONTENT, DC, MODIFIED, parsed


@dataclass(frozen=True)
class Read:
    """An entry as it was read: authors in one line, categories by scheme and term, and its content in HTML.

    An entry of a summary alone has it as its content in RSS, and none in the others.
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    authors: str
    categories: tuple[tuple[str, str], ...]
    content: str = field(compare=False)


def read(name: str, body: bytes) -> list[Read]:
    """The entries of a document in the format called `name`, in its order."""
    if name == "json":
        return [_item(item) for item in json.loads(body)["items"]]
    root = parsed(body)
    return [_entry(one) for one in root.iterfind(f"{ATOM}entry")] if name == "atom" else _rss(root)


def disagreements(bodies: dict[str, bytes]) -> list[str]:
    """Where documents of one feed in different formats differ, in words."""
    (first, entries), *others = ((name, read(name, body)) for name, body in bodies.items())
    found = []
    for name, theirs in others:
        if len(theirs) != len(entries):
            found.append(f"{first} has {len(entries)} entries and {name} {len(theirs)}")
        found += [f"{first} has {a} and {name} {b}" for a, b in zip(entries, theirs) if a != b]
    return found


def _entry(entry: etree._Element) -> Read:
    title = entry.find(f"{ATOM}title")
    assert title is not None
    text = title.text or ""
    return Read(
        id=entry.findtext(f"{ATOM}id") or "",
        title=unescape(text) if title.get("type") == "html" else text,
        link=next(one.get("href", "") for one in entry.iterfind(f"{ATOM}link") if one.get("rel") == "alternate"),
        published=datetime.fromisoformat(entry.findtext(f"{ATOM}published") or ""),
        updated=datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or ""),
        content=entry.findtext(f"{ATOM}content") or "",
        authors=", ".join(name.text or "" for name in entry.iterfind(f"{ATOM}author/{ATOM}name")),
        categories=tuple((one.get("scheme", ""), one.get("term", "")) for one in entry.iterfind(f"{ATOM}category")),
    )


def _rss(root: etree._Element) -> list[Read]:
    return [_rss_item(item) for item in root.iterfind("channel/item")]


def _rss_item(item: etree._Element) -> Read:
    published, modified = parsedate_to_datetime(item.findtext("pubDate") or ""), item.findtext(MODIFIED)
    return Read(
        id=item.findtext("guid") or "",
        title=item.findtext("title") or "",
        link=item.findtext("link") or "",
        published=published,
        updated=datetime.fromisoformat(modified) if modified else published,
        content=item.findtext(CONTENT) or item.findtext("description") or "",
        authors=item.findtext(f"{DC}creator") or "",
        categories=tuple((one.get("domain", ""), one.text or "") for one in item.iterfind("category")),
    )


def _item(item: dict[str, Any]) -> Read:
    told = item.get("_feedsvc", {}).get("categories", [])
    return Read(
        id=item["id"],
        title=item["title"],
        link=item["url"],
        published=datetime.fromisoformat(item["date_published"]),
        updated=datetime.fromisoformat(item["date_modified"]),
        content=item.get("content_html", ""),
        authors=", ".join(author["name"] for author in item.get("authors", [])),
        categories=tuple((one["scheme"], one["term"]) for one in told),
    )
