"""What feedgen gets wrong in Atom, put right through its extension API.

- Entry links lose rel, type and length (feedgen's issue 135), so every enclosure looks like one
  more alternate: they are written anew.
- atom:source lacks its id and its date, which RFC 4287 section 4.2.11 wants kept.
- There is no license link (RFC 4946) among the relations that feedgen allows in an entry, no
  xml:lang, and no ungrouped media:content.

feedgen's Atom elements are in no namespace for lxml (xmlns is a plain attribute there), and so are these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from ..domain.feed import Entry, Origin
from .dates import rfc3339
from .media import media_content
from .namespaces import LANG, declared, element


def atom_prefixes(entry: Entry) -> frozenset[str]:
    """The prefixes that the entry's fragment uses."""
    return frozenset({"media"} if entry.pictures else ())


@dataclass(frozen=True, slots=True)
class AtomHead:
    """The feed's half of the pair: declares the prefixes of the entries."""

    prefixes: frozenset[str]

    def extend_ns(self) -> dict[str, str]:
        """The declarations at the root."""
        return declared(self.prefixes)

    def extend_atom(self, feed: etree._Element) -> etree._Element:
        """The head is right as it is."""
        return feed


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """The entry's half of the pair."""

    entry: Entry

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Rewrite the finished element of `self.entry`."""
        entry.set(LANG, self.entry.language)
        _replace(entry, "link", _links(self.entry))
        if self.entry.origin is not None:
            entry.append(_source(self.entry.origin))
        entry.extend([media_content(picture) for picture in self.entry.pictures])
        return entry


def _replace(parent: etree._Element, name: str, replacements: Iterable[etree._Element]) -> None:
    old = parent.findall(name)
    place = parent.index(old[0])
    for child in old:
        parent.remove(child)
    parent[place:place] = list(replacements)


def _links(entry: Entry) -> Iterator[etree._Element]:
    # The alternate comes first: some readers take whichever link they meet first.
    yield element("link", attributes={"rel": "alternate", "type": "text/html", "href": entry.address})
    for picture in entry.pictures:
        attributes = {"rel": "enclosure", "type": picture.media_type, "length": str(picture.length)}
        yield element("link", attributes={**attributes, "href": picture.address})
    if entry.licence:
        yield element("link", attributes={"rel": "license", "href": entry.licence})


def _source(origin: Origin) -> etree._Element:
    source = element("source")
    source.append(element("id", origin.id))
    source.append(element("title", origin.title))
    source.append(element("updated", rfc3339(origin.updated)))
    source.append(element("link", attributes={"rel": "self", "type": "application/atom+xml", "href": origin.address}))
    return source
