"""Strict XML 1.0, and counting children; what Atom and RSS share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from .characters import forbidden

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
DC = "{http://purl.org/dc/elements/1.1/}"
GEORSS = "{http://www.georss.org/georss}"
MEDIA = "{http://search.yahoo.com/mrss/}"
MODIFIED = "{http://purl.org/dc/terms/}modified"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(body: bytes) -> etree._Element:
    """The root. Raises etree.XMLSyntaxError for anything that is not well-formed (XML 1.0 section 2.1)."""
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, recover=False))


def document(body: bytes) -> Iterator[str]:
    """UTF-8 said and meant, no byte order mark, no document type, no forbidden character, prefixes at the root only."""
    if not body.startswith((b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>')):
        yield "the document does not begin with a declaration that says UTF-8"
    if b"<!DOCTYPE" in body:
        yield "the document has a document type"
    root, used = parsed(body), set()
    for element in root.iter(etree.Element):
        used.add(element.prefix)
        if element.nsmap != root.nsmap:
            yield f"{named(element)} declares a prefix of its own"
        for text in (element.text, element.tail, *map(str, element.attrib.values())):
            yield from forbidden(str(element.tag), text or "")
    yield from (f"the prefix {prefix} is declared and not used" for prefix in root.nsmap.keys() - used)


def counted(
    parent: etree._Element, *, one: Iterable[str] = (), most_one: Iterable[str] = (), namespace: str = ""
) -> Iterator[str]:
    """Children that must be there exactly once, with a text, and those that may be there once."""
    for name in one:
        found = parent.findall(f"{namespace}{name}")
        if len(found) != 1:
            yield f"{named(parent)} has {len(found)} {name}, not one"
        elif not (found[0].text or "").strip():
            yield f"{named(parent)} has an empty {name}"
    for name in most_one:
        if len(parent.findall(f"{namespace}{name}")) > 1:
            yield f"{named(parent)} has more than one {name}"


def named(element: etree._Element) -> str:
    """The element in words: its name, and its id where it has one."""
    key = element.findtext(f"{ATOM}id") or element.findtext("guid")
    local = etree.QName(element).localname
    return f"{local} {key}" if key else local
