"""The one table of prefixes and namespaces, and elements in them.

Only prefixes in use are declared, and only at the head of a document, so that an entry's fragment
can be joined to any head that declares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "georss": "http://www.georss.org/georss",
    "media": "http://search.yahoo.com/mrss/",
}

LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def declared(prefixes: Iterable[str]) -> dict[str, str]:
    """The declarations that these prefixes need, in a fixed order."""
    return {prefix: NAMESPACES[prefix] for prefix in sorted(set(prefixes))}


def element(name: str, text: str | None = None, attributes: Mapping[str, str | None] | None = None) -> etree._Element:
    """An element called `name` or `prefix:name`; an attribute without a value is left out."""
    prefix, _, local = name.rpartition(":")
    made = (
        etree.Element(f"{{{NAMESPACES[prefix]}}}{local}", nsmap=declared([prefix])) if prefix else etree.Element(local)
    )
    made.text = text
    for key, value in (attributes or {}).items():
        if value is not None:
            made.set(key, value)
    return made
