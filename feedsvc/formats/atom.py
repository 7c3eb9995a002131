"""Atom 1.0 (RFC 4287), built with feedgen and its cure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ..domain.feed import Document, Entry, Feed
from ..domain.fragment import Fragment, Frame
from .atom_cure import ATOM_PREFIXES, AtomEntry, AtomHead, atom_prefixes
from .attributed import whole_text
from .dates import rfc3339
from .framed import HEADS, UNDATED, around, dated, fragments_of, parted, undated, whole
from .html_text import html_text
from .media_types import MEDIA_TYPES, with_charset
from .soundness import sound_head, soundly

_TAIL = b"</feed>"


class Atom:
    """Writes Atom: titles and content as escaped HTML, pictures as media:content, and the first one as enclosure."""

    name = "atom"
    media_type = with_charset("atom")

    def render(self, feed: Feed) -> Document:
        """The feed as an Atom document."""
        return whole(self, feed)

    def fragments(self, entries: Sequence[Entry]) -> tuple[Fragment | None, ...]:
        """Each entry as an element `entry`."""
        return soundly(entries, _entries)

    def frame(self, feed: Feed, prefixes: frozenset[str]) -> Frame:
        """The element `feed`."""
        return dated(_template(undated(feed), prefixes), rfc3339(feed.updated), _TAIL)


def atom_entry(entry: Entry) -> FeedEntry:
    """One entry alone: its `atom_entry()` is the finished element, whatever feed it stands in."""
    made = FeedEntry()
    made.id(entry.id)
    made.title(entry.title)
    made.published(entry.published)
    made.updated(entry.updated)
    made.link(href=entry.address, rel="alternate")
    made.author([{"name": name} for name in entry.authors])
    made.contributor([{"name": name} for name in entry.contributors])
    made.category([{"scheme": c.scheme, "term": c.term, "label": c.label} for c in entry.categories])
    made.summary(html_text(entry.summary) or None, type="html")
    made.content(whole_text(entry) or None, type="html")
    made.rights(entry.rights)
    made.register_extension("cure", partial(AtomEntry, entry), rss=False)
    return made


def atom_head(feed: Feed, prefixes: frozenset[str]) -> FeedGenerator:
    """A sound feed without its entries; what is added to it may use these prefixes."""
    head = FeedGenerator()
    head.id(feed.id)
    head.title(feed.title)
    head.subtitle(feed.subtitle or None)
    head.updated(feed.updated)
    head.author(name=feed.author or feed.title)
    head.language(feed.language)
    head.rights(feed.rights)
    head.logo(feed.logo.address if feed.logo else None)
    head.icon(feed.icon.address if feed.icon else None)
    head.generator(feed.generator, version=feed.version)
    # The alternate for people comes first: some readers take whichever link they meet first.
    head.link(rel="alternate", type="text/html", href=feed.page)
    head.link(rel="self", type=MEDIA_TYPES["atom"], href=f"{feed.address}.atom")
    for name in ("rss", "json"):
        head.link(rel="alternate", type=MEDIA_TYPES[name], href=f"{feed.address}.{name}")
    for one in feed.related:
        head.link(rel="related", type=MEDIA_TYPES["atom"], href=f"{one.address}.atom", title=one.title)
    head.register_extension("cure", partial(AtomHead, prefixes), rss=False)
    return head


def _entries(entries: Sequence[Entry]) -> list[Fragment]:
    shell = FeedGenerator()
    shell.id("urn:x")
    shell.title("x")
    shell.updated(UNDATED)
    shell.register_extension("cure", partial(AtomHead, ATOM_PREFIXES), rss=False)
    for entry in entries:
        shell.add_entry(atom_entry(entry), order="append")
    return fragments_of(entries, parted(shell.atom_str(), b"entry", _TAIL), atom_prefixes)


@lru_cache(HEADS)
def _template(feed: Feed, prefixes: frozenset[str]) -> Frame:
    """The document of a feed without entries, around its date."""
    return around(atom_head(sound_head(feed), prefixes).atom_str(), b"updated", rfc3339(UNDATED), _TAIL)
