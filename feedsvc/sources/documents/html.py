"""A page of HTML: its article, its title, and what its head says of author and date."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from ...domain.clean import printable, without_giant_tags
from ...domain.record import Hypertext, RawRecord
from ...domain.source import Json
from .fields import record_of

META_NAMES = {
    "author": "author",
    "article:author": "author",
    "date": "date",
    "article:published_time": "date",
    "dc.date": "date",
    "dcterms.created": "date",
    "article:modified_time": "updated",
    "dcterms.modified": "updated",
    "description": "summary",
    "og:description": "summary",
    "og:title": "title",
    "keywords": "tags",
    "article:tag": "tags",
}
"""What a page's head calls things, and what we call them; the first that is there counts, and of tags all."""
PLACES = ("article", "main")
LOOKED_AT = 10
"""Elements of a kind among which the one that is looked for must be."""
BREAKS = ("br", "p", "div", "li", "h1", "h2", "h3")


def read_html(key: str, text: str) -> RawRecord:
    """The record of a page: what stands in its `article`, else in `main`, else all of it, without the headline."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(without_giant_tags(text).encode("utf-8", "ignore"), parser)
    if root is None:
        return RawRecord(key=key, title="", content=Hypertext(""))
    fields, base = _fields(root), _base(root)
    places = (found for place in PLACES for found in islice(root.iter(place), LOOKED_AT))
    body = next(filter(_says_something, places), root)
    headline = next(filter(_text, islice(body.iter("h1"), LOOKED_AT)), None)
    if headline is not None:
        fields["title"] = _text(headline)
        _remove(headline)
    elif "title" not in fields:
        fields["title"] = next(filter(None, map(_text, islice(root.iter("h1", "title"), LOOKED_AT))), "")
    if _broke_off(parser):
        # Nested too deep for a tree: the reader of the markup knows what to do with it.
        return record_of(key, fields, Hypertext(without_giant_tags(text), base))
    return record_of(key, fields, Hypertext(_source(body), base))


def _fields(root: etree._Element) -> dict[str, Json]:
    fields: dict[str, Json] = {}
    tags: list[Json] = []
    for name, value in _meta(root):
        if name == "tags":
            tags += value.split(",")
        elif name != "author" or "://" not in value:
            fields.setdefault(name, value)
    return {**fields, "tags": tags}


def _meta(root: etree._Element) -> Iterator[tuple[str, str]]:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name in META_NAMES and content:
            yield META_NAMES[name], content


def _base(root: etree._Element) -> str | None:
    """What the page's addresses are relative to, where it says so (HTML section 4.2.3)."""
    address = next((found for base in root.iter("base") if (found := (base.get("href") or "").strip())), "")
    return address if address.lower().startswith(("http://", "https://")) else None


def _says_something(place: etree._Element) -> bool:
    return any(text.strip() for text in place.itertext()) or next(place.iter("img"), None) is not None


def _text(element: etree._Element) -> str:
    """The text of an element; what stands in different lines of it does not run together."""
    pieces = (
        ("\n" if inner.tag in BREAKS and event == "start" else "")
        + ((inner.text if event == "start" else inner.tail if inner is not element else None) or "")
        for event, inner in etree.iterwalk(element, events=("start", "end"))
    )
    return " ".join("".join(pieces).split())


def _source(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _broke_off(parser: etree.HTMLParser) -> bool:
    """Whether libxml2 met a limit of its own, beyond which it reads nothing."""
    last = parser.error_log.last_error
    return last is not None and last.level >= etree.ErrorLevels.FATAL


def _remove(element: etree._Element) -> None:
    """Take an element out and leave what follows it, but for what a reference brought in that no tree can hold."""
    parent = element.getparent()
    if parent is None:
        return
    tail = printable(element.tail or "")
    before = element.getprevious()
    if before is not None:
        before.tail = printable(before.tail or "") + tail
    else:
        parent.text = printable(parent.text or "") + tail
    parent.remove(element)
