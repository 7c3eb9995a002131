"""What may stand where in Atom: the content models of RFC 4287 (sections 3, 4.1, 4.2 and 6), as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .xml import ATOM, LANG, named

_METADATA = frozenset("author category contributor generator icon id link logo rights subtitle title updated".split())
_PERSON = frozenset({"name", "uri", "email"})
CHILDREN = {
    "feed": _METADATA | {"entry"},
    "source": _METADATA,
    "entry": frozenset(
        "author category content contributor id link published rights source summary title updated".split()
    ),
    "author": _PERSON,
    "contributor": _PERSON,
}
"""The elements of Atom's own that may stand in each; in all others none may, and in these nothing but elements."""
_TEXT = frozenset({"type"})
ATTRIBUTES = {
    "generator": frozenset({"uri", "version"}),
    "link": frozenset({"href", "rel", "type", "hreflang", "title", "length"}),
    "category": frozenset({"term", "scheme", "label"}),
    "content": frozenset({"type", "src"}),
    **dict.fromkeys(("title", "subtitle", "summary", "rights"), _TEXT),
}
_COMMON = frozenset({LANG, "{http://www.w3.org/XML/1998/namespace}base"})
_MEDIA_TYPE = re.compile(r".+/.+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_EMPTY = frozenset({"link", "category"})


def grammar(feed: etree._Element) -> Iterator[str]:
    """Where a document leaves the grammar; extensions may stand in feeds, entries, sources and persons (section 6)."""
    for element in feed.iter(etree.Element):
        name = _ours(element)
        if name is not None:
            yield from _attributes(element, name)
            yield from _model(element, name)
        elif (above := element.getparent()) is not None and _ours(above) not in {None, *CHILDREN}:
            yield f"{named(element)} stands in {named(above)}"
    entries = feed.findall(f"{ATOM}entry")
    if list(feed)[len(feed) - len(entries) :] != entries:
        yield "entries stand before other elements of the feed"


def _ours(element: etree._Element) -> str | None:
    tag = str(element.tag)
    return tag.removeprefix(ATOM) if tag.startswith(ATOM) else None


def _model(element: etree._Element, name: str) -> Iterator[str]:
    above = element.getparent()
    holder = None if above is None else _ours(above)
    if holder is not None and name not in CHILDREN.get(holder, frozenset()):
        yield f"{named(element)} stands in {holder}"
    loose = (element.text or "", *(child.tail or "" for child in element))
    if name in CHILDREN and "".join(loose).strip():
        yield f"{named(element)} holds text between its elements"
    if name in _EMPTY and (len(element) or (element.text or "").strip()):
        yield f"a {name} is not empty"


def _attributes(element: etree._Element, name: str) -> Iterator[str]:
    for key in map(str, element.attrib):
        if key not in _COMMON | ATTRIBUTES.get(name, frozenset()):
            yield f"{named(element)} has the attribute {key}"
    language = element.get(LANG)
    if language is not None and not _LANGUAGE.fullmatch(language):
        yield f"{named(element)} is in no language: {language}"
    if name == "link":
        yield from _link(element)


def _link(link: etree._Element) -> Iterator[str]:
    """RFC 4287 section 4.2.7."""
    if link.get("type") is not None and not _MEDIA_TYPE.fullmatch(str(link.get("type"))):
        yield f"a link has the type {link.get('type')}"
    if link.get("length") is not None and not str(link.get("length")).isdecimal():
        yield f"a link has the length {link.get('length')}"
