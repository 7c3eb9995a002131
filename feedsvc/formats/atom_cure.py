"""What feedgen gets wrong in Atom, put right through its extension API.

- Entry links lose rel, type and length (feedgen's issue 135), so every enclosure looks like one
  more alternate: they are written anew.
- atom:source lacks its id, its date and what kind each link is, which RFC 4287 section 4.2.11 wants kept.
- Titles go out as text; readers that take every title for HTML would see markup in `a <b`. Said to be HTML they are
  what everybody takes them for.
- There is no license link (RFC 4946) among the relations that feedgen allows in an entry, no
  xml:lang, no georss, and no ungrouped media:content.

feedgen's Atom elements are in no namespace for lxml (xmlns is a plain attribute there), and so are these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from ..domain.feed import Entry, Origin
from .dates import rfc3339
from .geography import geometry
from .html_text import html_text
from .media import media_content
from .media_types import MEDIA_TYPES
from .namespaces import LANG, declared, element

ATOM_PREFIXES = frozenset(("georss", "media"))
"""All that there are in any entry."""


def atom_prefixes(entry: Entry) -> frozenset[str]:
    """The prefixes that the entry's fragment uses."""
    uses = {"georss": entry.where, "media": entry.pictures}
    return frozenset(prefix for prefix, used in uses.items() if used)


@dataclass(frozen=True, slots=True)
class AtomHead:
    """The feed's half of the pair: declares the prefixes of the entries."""

    prefixes: frozenset[str]

    def extend_ns(self) -> dict[str, str]:
        """The declarations at the root."""
        return declared(self.prefixes)

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """Complete the head, which has no entries yet."""
        _title_as_html(feed)
        return feed


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """The entry's half of the pair."""

    entry: Entry

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Rewrite the finished element of `self.entry`."""
        entry.set(LANG, self.entry.language)
        _title_as_html(entry)
        _replace(entry, "link", _links(self.entry))
        if self.entry.origin is not None:
            entry.append(_source(self.entry.origin))
        if self.entry.where is not None:
            entry.append(geometry(self.entry.where))
        entry.extend([media_content(picture) for picture in self.entry.pictures])
        return entry


def _title_as_html(parent: etree._Element) -> None:
    """RFC 4287 section 3.1.1.2."""
    title = parent.find("title")
    if title is not None:
        title.set("type", "html")
        title.text = html_text(title.text or "")


def _replace(parent: etree._Element, name: str, replacements: Iterable[etree._Element]) -> None:
    old = parent.findall(name)
    place = parent.index(old[0])
    for child in old:
        parent.remove(child)
    parent[place:place] = list(replacements)


def _links(entry: Entry) -> Iterator[etree._Element]:
    # The alternate comes first: some readers take whichever link they meet first.
    yield element("link", attributes={"rel": "alternate", "type": "text/html", "href": entry.address})
    if entry.via:
        yield element("link", attributes={"rel": "via", "type": "text/html", "href": entry.via})
    # One, as in RSS: many readers show the enclosures of an entry below its text, in which the pictures stand already.
    for picture in entry.pictures[:1]:
        attributes = {"rel": "enclosure", "type": picture.media_type, "length": str(picture.length)}
        yield element("link", attributes={**attributes, "href": picture.address})
    if entry.licence:
        yield element("link", attributes={"rel": "license", "href": entry.licence})


def _source(origin: Origin) -> etree._Element:
    source = element("source")
    source.append(element("id", origin.id))
    source.append(element("title", origin.title))
    _title_as_html(source)
    source.append(element("updated", rfc3339(origin.updated)))
    links = (("alternate", "text/html", origin.page), ("self", MEDIA_TYPES["atom"], f"{origin.address}.atom"))
    for relation, kind, address in links:
        source.append(element("link", attributes={"rel": relation, "type": kind, "href": address}))
    if origin.rights:
        source.append(element("rights", origin.rights))
    return source
