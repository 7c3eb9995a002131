"""RSS 2.0 with the RSS Advisory Board's Best Practices Profile, built with feedgen and its cure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ..domain.feed import Document, Entry, Feed
from ..domain.fragment import Fragment, Frame
from .attributed import whole_text
from .dates import UNWRITTEN, rfc822
from .framed import HEADS, UNDATED, around, dated, fragments_of, parted, undated, whole
from .html_text import html_text
from .media_types import MEDIA_TYPES, with_charset
from .rss_cure import RSS_PREFIXES, RssEntry, RssHead, RssShell, rss_prefixes
from .soundness import sound_head, soundly

SPECIFICATION = "https://www.rssboard.org/rss-specification"

_TAIL = b"</channel></rss>"
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
        return whole(self, feed)

    def fragments(self, entries: Sequence[Entry]) -> tuple[Fragment | None, ...]:
        """Each entry as an element `item`."""
        return soundly(entries, _items)

    def frame(self, feed: Feed, prefixes: frozenset[str]) -> Frame:
        """The element `rss` with its channel."""
        return dated(_template(undated(feed), prefixes), rfc822(feed.updated), _TAIL)


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


def in_hexadecimal(document: bytes) -> bytes:
    """A document whose plain texts have character references that most readers show right.

    See the Best Practices Profile, character data. Two elements of an item are HTML, and nothing is plain in these.
    """
    head, item, items = document.partition(b"<item")
    return _REFERRING.sub(_plain, head) + item + _REFERRING.sub(_of_an_item, items)


def rss_head(feed: Feed, prefixes: frozenset[str]) -> FeedGenerator:
    """A sound feed without its items; what is added to it may use these prefixes."""
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
    head.register_extension("cure", partial(RssHead, feed, prefixes), atom=False)
    return head


def _items(entries: Sequence[Entry]) -> list[Fragment]:
    shell = FeedGenerator()
    shell.title("x")
    shell.link(href="http://x")
    shell.description("x")
    shell.lastBuildDate(UNWRITTEN)
    shell.register_extension("cure", partial(RssShell, RSS_PREFIXES), atom=False)
    for entry in entries:
        shell.add_entry(rss_item(entry), order="append")
    return fragments_of(entries, parted(in_hexadecimal(shell.rss_str()), b"item", _TAIL), rss_prefixes)


@lru_cache(HEADS)
def _template(feed: Feed, prefixes: frozenset[str]) -> Frame:
    """The document of a feed without items, around its date."""
    return around(
        in_hexadecimal(rss_head(sound_head(feed), prefixes).rss_str()), b"lastBuildDate", rfc822(UNDATED), _TAIL
    )


def _plain(found: re.Match[bytes]) -> bytes:
    text = found[0]
    for named, hexadecimal in _HEXADECIMAL.items():
        text = text.replace(named, hexadecimal)
    return text


def _of_an_item(found: re.Match[bytes]) -> bytes:
    return found[0] if found[1] in _IN_HTML else _plain(found)
