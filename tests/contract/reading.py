"""What a reader finds in a feed: the same few things in each of the formats."""

from __future__ import annotations

from lxml import etree

from tests.rules.reading import Read, read
from tests.rules.xml import ATOM


def called(form: str, body: bytes, title: str) -> Read:
    """The entry with this title."""
    (found,) = (entry for entry in read(form, body) if entry.title == title)
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
