"""Atom: RFC 4287 section 4, and what feedsvc promises beyond it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from .addresses import address, identifier
from .atom_grammar import grammar
from .dates import dated, newest_first, rfc3339
from .extensions import extensions
from .html import html
from .xml import ATOM, LANG, counted, document, named, parsed

_TEXTS = ("title", "subtitle", "summary", "rights")


def check_atom(body: bytes, *, now: datetime) -> list[str]:
    """The violations of an Atom document."""
    try:
        feed = parsed(body)
    except etree.XMLSyntaxError as error:
        return [f"the document is not well-formed: {error}"]
    if feed.tag != f"{ATOM}feed":
        return [f"the root is {feed.tag}, not feed"]
    return [*document(body), *grammar(feed), *_feed(feed, now), *_everywhere(feed, now), *extensions(feed)]


def _feed(feed: etree._Element, now: datetime) -> Iterator[str]:
    """RFC 4287 section 4.1.1, with self and language required."""
    singles = ("generator", "icon", "logo", "rights", "subtitle")
    yield from counted(feed, one=("id", "title", "updated"), most_one=singles, namespace=ATOM)
    yield from _links(feed)
    if len(_related(feed, "self")) != 1:
        yield f"the feed has {len(_related(feed, 'self'))} self links, not one"
    if not feed.get(LANG):
        yield "the feed says no language"
    entries = feed.findall(f"{ATOM}entry")
    authored = feed.find(f"{ATOM}author") is not None
    for entry in entries:
        yield from _entry(entry, authored)
    dates = [rfc3339(entry.findtext(f"{ATOM}published") or "") for entry in entries]
    yield from newest_first(list(zip(dates, [entry.findtext(f"{ATOM}id") or "" for entry in entries])))


def _entry(entry: etree._Element, authored: bool) -> Iterator[str]:
    """RFC 4287 section 4.1.2, with published and the alternate required, and 4.2.11 for its source."""
    singles = ("content", "rights", "source", "summary")
    yield from counted(entry, one=("id", "title", "updated", "published"), most_one=singles, namespace=ATOM)
    yield from _links(entry)
    source = entry.find(f"{ATOM}source")
    if source is not None:
        yield from counted(source, one=("id", "title", "updated"), namespace=ATOM)
        if [len(_related(source, relation)) for relation in ("alternate", "self")] != [1, 1]:
            yield f"the source of {named(entry)} does not lead to its page and to its feed"
    if len(_related(entry, "enclosure")) > 1:
        yield f"{named(entry)} has more than one enclosure"
    if not authored and entry.find(f"{ATOM}author") is None and entry.find(f"{ATOM}source/{ATOM}author") is None:
        yield f"{named(entry)} has no author, nor has the feed"
    content = entry.find(f"{ATOM}content")
    if content is not None:
        yield from _content(named(entry), content)


def _content(where: str, content: etree._Element) -> Iterator[str]:
    """RFC 4287 section 4.1.3: here always inline, text or escaped HTML."""
    kind = content.get("type", "text")
    if kind not in {"text", "html"}:
        yield f"{where} has content of type {kind}"
    if kind == "html":
        yield from html(f"the content of {where}", content.text or "")


def _links(parent: etree._Element) -> Iterator[str]:
    """RFC 4287 sections 4.1.1 and 4.2.7: an alternate, before all other links, and none twice of a kind."""
    links = parent.findall(f"{ATOM}link")
    alternates = _related(parent, "alternate")
    if not alternates:
        yield f"{named(parent)} has no alternate link"
    elif links[0] is not alternates[0]:
        yield f"the first link of {named(parent)} is no alternate"
    kinds = Counter((link.get("type"), link.get("hreflang")) for link in alternates)
    yield from (f"{named(parent)} has {count} alternates of {kind}" for kind, count in kinds.items() if count > 1)


def _related(parent: etree._Element, relation: str) -> list[etree._Element]:
    return [link for link in parent.findall(f"{ATOM}link") if link.get("rel", "alternate") == relation]


def _everywhere(feed: etree._Element, now: datetime) -> Iterator[str]:
    """The constructs of RFC 4287 section 3 and the attributes of 4.2, wherever they stand."""
    for element in feed.iter(etree.Element):
        where, name = named(element), str(element.tag).removeprefix(ATOM)
        if name == "id":
            yield from identifier(where, element.text)
        elif name in {"updated", "published"}:
            yield from dated(where, element.text, rfc3339(element.text or ""), now)
        elif name in {"author", "contributor"}:
            yield from counted(element, one=("name",), most_one=("uri", "email"), namespace=ATOM)
        elif name == "link":
            yield from address(f"a {element.get('rel')} link", element.get("href"))
        elif name in {"uri", "icon", "logo"}:
            yield from address(where, element.text)
        elif name == "category" and not element.get("term"):
            yield "a category has no term"
        elif name in _TEXTS:
            yield from _text(where, element)


def _text(where: str, element: etree._Element) -> Iterator[str]:
    """RFC 4287 section 3.1; titles are HTML that is plain text, so that nobody takes `a < b` for markup."""
    kind, title = element.get("type", "text"), element.tag == f"{ATOM}title"
    if kind not in {"text", "html"} or (title and kind != "html"):
        yield f"{where} is of type {kind}"
    elif title and re.search(r"<|&(?!amp;|lt;)", element.text or ""):
        yield f"{where} holds markup"
