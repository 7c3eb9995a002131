"""Atom 1.0 (RFC 4287), built with feedgen and its cure."""

from __future__ import annotations

from functools import partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ..domain.feed import Document, Entry, Feed
from .atom_cure import AtomEntry, AtomHead, atom_prefixes
from .attributed import whole_text
from .html_text import html_text
from .media_types import MEDIA_TYPES, with_charset
from .soundness import write_soundly


class Atom:
    """Writes Atom: titles and content as escaped HTML, pictures as media:content, and the first one as enclosure."""

    name = "atom"
    media_type = with_charset("atom")

    def render(self, feed: Feed) -> Document:
        """The feed as an Atom document."""
        body = write_soundly(feed, _written)
        return Document(format=self.name, media_type=self.media_type, body=body, updated=feed.updated)


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


def _written(feed: Feed) -> bytes:
    generator = _head(feed)
    for entry in feed.entries:
        generator.add_entry(atom_entry(entry), order="append")
    body: bytes = generator.atom_str()
    return body


def _head(feed: Feed) -> FeedGenerator:
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
    prefixes = frozenset[str]().union(*map(atom_prefixes, feed.entries))
    head.register_extension("cure", partial(AtomHead, prefixes), rss=False)
    return head
