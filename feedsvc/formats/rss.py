"""RSS 2.0 with the RSS Advisory Board's Best Practices Profile, built with feedgen and its cure."""

from __future__ import annotations

import re
from functools import partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ..domain.feed import Document, Entry, Feed
from .attributed import whole_text
from .dates import UNWRITTEN
from .html_text import html_text
from .media_types import MEDIA_TYPES, with_charset
from .rss_cure import RssEntry, RssHead, rss_prefixes
from .soundness import write_soundly

SPECIFICATION = "https://www.rssboard.org/rss-specification"

_IN_HTML = (b"description", b"content:encoded")
# An unescaped tag is an element: in text and attributes `<` and `>` are always escaped.
_REFERRING = re.compile(rb"<([a-zA-Z:]+)(?: [^<>]*)?>[^<&]*&[^<]*</")
_HEXADECIMAL = {b"&amp;": b"&#x26;", b"&lt;": b"&#x3C;", b"&gt;": b"&#x3E;"}


class Rss:
    """Writes RSS: addresses in ASCII, the summary as description, the whole article as content:encoded."""

    name = "rss"
    media_type = with_charset("rss")

    def render(self, feed: Feed) -> Document:
        """The feed as an RSS document."""
        body = write_soundly(feed, _written)
        return Document(format=self.name, media_type=self.media_type, body=body, updated=feed.updated)


def rss_item(entry: Entry) -> FeedEntry:
    """One entry alone: its `rss_entry()` is the finished element, whatever feed it stands in."""
    made = FeedEntry()
    made.guid(entry.id, permalink=False)
    made.title(entry.title)
    made.link(href=entry.address, rel="alternate")
    # A category's label would become its text, and the term, by which it is known, would be lost.
    made.category([{"scheme": category.scheme, "term": category.term} for category in entry.categories])
    made.description(html_text(entry.summary) or whole_text(entry) or None)
    for picture in entry.pictures[:1]:
        made.enclosure(picture.address, str(picture.length), picture.media_type)
    if entry.origin is not None:
        made.source(f"{entry.origin.address}.rss", entry.origin.title)
    made.register_extension("cure", partial(RssEntry, entry), atom=False)
    return made


def _written(feed: Feed) -> bytes:
    generator = _head(feed)
    for entry in feed.entries:
        generator.add_entry(rss_item(entry), order="append")
    body: bytes = generator.rss_str()
    head, item, items = body.partition(b"<item")
    return _REFERRING.sub(_in_hexadecimal, head) + item + _REFERRING.sub(_hexadecimal, items)


def _head(feed: Feed) -> FeedGenerator:
    head = FeedGenerator()
    head.title(feed.title)
    head.description(feed.subtitle or feed.title)
    head.language(feed.language)
    head.copyright(feed.rights)
    head.generator(f"{feed.generator} {feed.version}")
    head.docs(SPECIFICATION)
    head.ttl(feed.max_age // 60)
    head.lastBuildDate(UNWRITTEN)
    if feed.logo is not None:
        head.image(feed.logo.address, feed.title, feed.page, str(feed.logo.width), str(feed.logo.height))
    head.link(rel="self", type=MEDIA_TYPES["rss"], href=f"{feed.address}.rss")
    # feedgen makes the last link the channel's own.
    head.link(rel="alternate", href=feed.page)
    prefixes = frozenset[str]().union(*map(rss_prefixes, feed.entries))
    head.register_extension("cure", partial(RssHead, feed, prefixes), atom=False)
    return head


def _in_hexadecimal(found: re.Match[bytes]) -> bytes:
    """A plain text with character references that most readers show right (Best Practices Profile, character data)."""
    text = found[0]
    for named, hexadecimal in _HEXADECIMAL.items():
        text = text.replace(named, hexadecimal)
    return text


def _hexadecimal(found: re.Match[bytes]) -> bytes:
    """The same of an item, two of whose elements are HTML."""
    return found[0] if found[1] in _IN_HTML else _in_hexadecimal(found)
