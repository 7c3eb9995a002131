"""What feedgen gets wrong in RSS, put right through its extension API.

- Its RFC 822 dates set the locale of the whole process, so all dates are written here.
- An author without an e-mail address vanishes, and several become several elements: one dc:creator
  holds all names, since readers show the first or the last one only.
- It declares the prefix of content:encoded whether or not that is used, and names that of an item
  alone ns0.
- Of the links of the channel it writes the one to itself alone.
- It knows no correction date (dcterms:modified), no license and no via link, no rights and no xml:lang of an
  item, no georss, and no ungrouped media:content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..domain.feed import Entry, Feed, Related
from .attributed import whole_text
from .dates import rfc822, rfc3339
from .geography import geometry
from .media import media_content
from .media_types import MEDIA_TYPES
from .namespaces import LANG, declared, element

RSS_PREFIXES = frozenset(("atom", "content", "dc", "dcterms", "georss", "media"))
"""All that there are in any item."""


def rss_prefixes(entry: Entry) -> frozenset[str]:
    """The prefixes that the entry's fragment uses."""
    uses = {
        "atom": entry.licence or entry.via,
        "content": entry.summary and whole_text(entry),
        "dc": entry.authors or entry.rights,
        "dcterms": entry.updated != entry.published,
        "georss": entry.where,
        "media": entry.pictures,
    }
    return frozenset(prefix for prefix, used in uses.items() if used)


@dataclass(frozen=True, slots=True)
class RssShell:
    """Nothing but the prefixes, for items that are parted from it."""

    prefixes: frozenset[str]

    def extend_ns(self) -> dict[str, str]:
        """The declarations at the root."""
        return declared(self.prefixes)

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """Declare no others."""
        etree.cleanup_namespaces(rss, keep_ns_prefixes=sorted(self.prefixes))
        return rss


@dataclass(frozen=True, slots=True)
class RssHead:
    """The feed's half of the pair: the head of the feed, and the prefixes of the entries."""

    feed: Feed
    prefixes: frozenset[str]

    def extend_ns(self) -> dict[str, str]:
        """The declarations at the root."""
        return declared(self.prefixes)

    def extend_rss(self, rss: etree._Element) -> etree._Element:
        """Complete the channel, which has no items yet."""
        rss.set(LANG, self.feed.language)
        rss[0].append(element("lastBuildDate", rfc822(self.feed.updated)))
        rss[0].extend([_related(one) for one in self.feed.related])
        etree.cleanup_namespaces(rss, keep_ns_prefixes=sorted(self.prefixes))
        return rss


@dataclass(frozen=True, slots=True)
class RssEntry:
    """The entry's half of the pair."""

    entry: Entry

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Complete the finished element of `self.entry`."""
        item.set(LANG, self.entry.language)
        whole = whole_text(self.entry)
        if self.entry.summary and whole:
            # Readers that take the last of the two they meet expect the whole article there.
            item.insert(_place(item, "description") + 1, element("content:encoded", whole))
        item.extend(list(_additions(self.entry)))
        return item


def _place(item: etree._Element, name: str) -> int:
    return [child.tag for child in item].index(name)


def _related(feed: Related) -> etree._Element:
    attributes = {"rel": "related", "type": MEDIA_TYPES["rss"], "href": f"{feed.address}.rss", "title": feed.title}
    return element("atom:link", attributes=attributes)


def _additions(entry: Entry) -> Iterator[etree._Element]:
    yield element("pubDate", rfc822(entry.published))
    if entry.updated != entry.published:
        yield element("dcterms:modified", rfc3339(entry.updated))
    if entry.authors:
        yield element("dc:creator", ", ".join(entry.authors))
    if entry.rights:
        yield element("dc:rights", entry.rights)
    if entry.via:
        yield element("atom:link", attributes={"rel": "via", "type": "text/html", "href": entry.via})
    if entry.licence:
        yield element("atom:link", attributes={"rel": "license", "href": entry.licence})
    if entry.where is not None:
        yield geometry(entry.where)
    yield from map(media_content, entry.pictures)
