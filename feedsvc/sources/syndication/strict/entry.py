"""One entry of a well-formed feed, read as feedparser reads it: what it keeps, what it overwrites, what it guesses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..addresses import PLAIN
from .media import read_category, read_keywords, read_media, read_text, read_title
from .names import INERT, RDF, Doubt, Names
from .record import Entry
from .texts import (
    LANGUAGE,
    LANGUAGES,
    LEAVES,
    attribute_names,
    attributes_of,
    check_attribute,
    date_of,
    language_of,
    pass_by,
    pass_group,
    pass_over,
    text_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

ABOUT = f"{{{RDF}}}about"
PAGES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
NAMED_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
AUTHORS = frozenset({"author", "managingeditor", "dc_creator", "dc_author", "itunes_author"})
OF_ENTRIES = LEAVES | LANGUAGES | {"url", "uri", "homepage"}
"""Elements that hold nothing but a text, and say nothing where they stand in an entry."""


def read_entry(element: _Element, names: Names, is_atom: bool, language: str | None, base: str) -> Entry:
    """What an entry holds; `base` is the one that feedparser kept of those before. Raises Doubt."""
    entry = Entry(is_atom, language, base)
    if element.keys():
        _own(entry, element)
    for child in element:
        name = names[child.tag]
        if name is INERT:
            pass_over(child, names)
        elif (reader := READERS.get(name)) is not None:
            reader(entry, child)
        else:
            _read_rest(entry, child, name, names)
    return entry


def _read_rest(entry: Entry, child: _Element, name: str, names: Names) -> None:
    """The elements that hold others, or change nothing."""
    if name in AUTHORS:
        entry.people.take(child, names)
    elif name.startswith("media_"):
        read_media(entry, child, name, names)
    elif name == "contributor":
        pass_group(child, name, names)
    else:
        pass_by(child, name, OF_ENTRIES)


def _own(entry: Entry, element: _Element) -> None:
    entry.language = language_of(element, entry.language)
    entry.id = element.get(ABOUT) or ""
    for name in attribute_names(element):
        if name not in {LANGUAGE, ABOUT}:
            check_attribute(name)
            if name.rpartition("}")[2].lower() in {"about", "href", "lang", "lastmod"}:
                raise Doubt(name)


def _link(entry: Entry, element: _Element) -> None:
    given = attributes_of(element)
    if "url" in given or "uri" in given:
        raise Doubt("a link")
    rel = given.get("rel", "alternate").lower()
    kind = given.get("type", "application/atom+xml" if rel == "self" else "text/html").lower()
    address = given.get("href")
    if address is None:
        address = entry.link = _as_address(text_of(element))
    elif rel == "alternate" and kind in PAGES:
        entry.link = address
    entry.links.append((rel.strip(), kind.strip(), _checked(entry, address)))
    if len(element):
        raise Doubt("a link")


def _as_address(text: str) -> str:
    return NAMED_REFERENCE.sub(r"&\1", text.replace("&amp;", "&")) if "&" in text else text


def _checked(entry: Entry, address: str) -> str:
    """The address, which feedparser joins to the base. Raises Doubt where that would change it."""
    joined = entry.left_base and not PLAIN.fullmatch(address) and not address.startswith(("tag:", "urn:"))
    if joined or ":///" in address:
        raise Doubt(address)
    return address


def _guid(entry: Entry, element: _Element) -> None:
    is_link = not element.keys() or attributes_of(element).get("ispermalink", "true") == "true"
    entry.id = text_of(element)
    if entry.id_is_link is None:
        entry.id_is_link = is_link and entry.link is None
    if is_link:
        _checked(entry, entry.id)
        if entry.link is None:
            entry.link = entry.id


def _description(entry: Entry, element: _Element) -> None:
    if entry.summary is not None and not entry.has_content:
        _content(entry, element)
    else:
        entry.summary_type, entry.summary, entry.summary_base = read_text(entry, element, "text/html")


def _summary(entry: Entry, element: _Element) -> None:
    if entry.summary is not None and not entry.has_content:
        _content(entry, element)
    else:
        entry.summary_type, entry.summary, entry.summary_base = read_text(entry, element, "text/plain")


def _content(entry: Entry, element: _Element, default: str = "text/plain") -> None:
    entry.has_content = True
    kind, text, base = read_text(entry, element, default)
    entry.content.append((kind, text, base))
    if entry.summary is None:
        entry.summary = text


def _encoded(entry: Entry, element: _Element) -> None:
    _content(entry, element, "text/html")


def _published(entry: Entry, element: _Element) -> None:
    entry.published = date_of(element)


def _updated(entry: Entry, element: _Element) -> None:
    entry.updated = date_of(element)


def _created(entry: Entry, element: _Element) -> None:
    entry.created = date_of(element)


def _enclosure(entry: Entry, element: _Element) -> None:
    given = attributes_of(element)
    if len(element) or "uri" in given or "href" in given:
        raise Doubt("an enclosure")
    entry.links.append(("enclosure", given.get("type", "").strip().lower(), given.get("url", "").strip()))


def _aside(entry: Entry, element: _Element) -> None:
    """Where another thing with a title may begin, titles count anew."""
    text_of(element)
    attributes_of(element)
    entry.title_until = -1


Reader = Callable[[Entry, "_Element"], None]
READERS: Mapping[str, Reader] = {
    "title": read_title,
    "dc_title": read_title,
    "link": _link,
    "guid": _guid,
    "id": _guid,
    "description": _description,
    "dc_description": _description,
    "summary": _summary,
    "itunes_summary": _summary,
    "content": _content,
    "content_encoded": _encoded,
    "published": _published,
    "issued": _published,
    "pubdate": _published,
    "dcterms_issued": _published,
    "updated": _updated,
    "modified": _updated,
    "lastbuilddate": _updated,
    "dc_date": _updated,
    "dcterms_modified": _updated,
    "created": _created,
    "dcterms_created": _created,
    "category": read_category,
    "dc_subject": read_category,
    "keywords": read_category,
    "itunes_keywords": read_keywords,
    "enclosure": _enclosure,
    "image": _aside,
    "source": _aside,
}
"""What reads the elements of an entry that hold nothing but text."""
