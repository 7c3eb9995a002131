"""The feeds as readers take them in: XML or JSON decoded once, and what is HTML left as HTML."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


@dataclass(frozen=True)
class Entry:
    """`titled` is the title as HTML, where the format says that it is HTML."""

    id: str
    title: str
    html: tuple[str, ...]
    addresses: tuple[str, ...]
    titled: str | None = None


def _atom(body: bytes) -> list[Entry]:
    return [
        Entry(
            id=entry.findtext("a:id", "", NAMES),
            title=entry.findtext("a:title", "", NAMES),
            html=tuple(_texts(entry, "a:content[@type='html'] | a:summary[@type='html'] | a:rights[@type='html']")),
            addresses=tuple(_texts(entry, ".//@href | .//@url | .//a:uri")),
            titled=entry.findtext("a:title[@type='html']", None, NAMES),
        )
        for entry in etree.fromstring(body).iterfind("a:entry", NAMES)
    ]


def _rss(body: bytes) -> list[Entry]:
    return [
        Entry(
            id=item.findtext("guid", ""),
            title=item.findtext("title", ""),
            html=tuple(_texts(item, "description | content:encoded")),
            addresses=tuple(_texts(item, "link | .//@url | .//@href")),
        )
        for item in etree.fromstring(body).iterfind("channel/item")
    ]


def _json(body: bytes) -> list[Entry]:
    return [
        Entry(
            id=item["id"],
            title=item["title"],
            html=(item.get("content_html", ""),),
            addresses=tuple(
                address
                for address in (
                    *(item.get(name) for name in ("url", "external_url", "image", "banner_image")),
                    *(attachment["url"] for attachment in item.get("attachments", ())),
                    *(author.get("url") for author in item.get("authors", ())),
                )
                if address
            ),
        )
        for item in json.loads(body)["items"]
    ]


def _texts(element: etree._Element, path: str) -> list[str]:
    found = element.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return [str(one) if isinstance(one, str) else str(one.text or "") for one in found]  # type: ignore[union-attr]


READ: Mapping[str, Callable[[bytes], list[Entry]]] = {"atom": _atom, "rss": _rss, "json": _json}
