"""The channel of a well-formed feed: whom and which language it names for all its entries, and the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .entry import AUTHORS, read_entry
from .names import ATOM_FEED, INERT, RDF_ROOT, Doubt, Names
from .people import People
from .record import Entry
from .texts import (
    DATED,
    GROUPS,
    LANGUAGE,
    LANGUAGES,
    LEAVES,
    MARKED_UP,
    attribute_names,
    attributes_of,
    check_attribute,
    language_of,
    pass_by,
    pass_group,
    pass_over,
    text_of,
    typed,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

OF_CHANNELS = (
    LEAVES
    | MARKED_UP
    | DATED
    | AUTHORS
    | frozenset("""link category docs id guid keywords cloud url uri homepage dc_subject itunes_keywords""".split())
)
"""Elements that hold nothing but a text, and say nothing of entries where they stand in a channel."""
SUMMARIES = frozenset({"summary", "itunes_summary"})


def read_feed(root: _Element, names: Names) -> Feed:
    """All that a feed holds. Raises Doubt."""
    feed = Feed(root.tag == ATOM_FEED, names)
    if root.tag == ATOM_FEED:
        feed.language = root.get(LANGUAGE, "").replace("_", "-")
        feed.take_channel(root, None)
    else:
        feed.language = root.get(LANGUAGE, "").replace("_", "-") if root.tag != RDF_ROOT else ""
        feed.take_root(root)
    return feed


class Feed:
    """What has been found of a feed so far."""

    __slots__ = ("_names", "_summarised", "entries", "is_atom", "language", "people")

    def __init__(self, is_atom: bool, names: Names) -> None:
        self.is_atom, self._names, self._summarised = is_atom, names, False
        self.entries: list[Entry] = []
        self.people = People()
        self.language = ""

    def take_root(self, root: _Element) -> None:
        """The root of RSS: its one channel and, in RSS 1.0, what stands beside that. Raises Doubt."""
        _check_attributes(root)
        channels = 0
        for child in root:
            name = self._names[child.tag]
            if name == "channel":
                channels += 1
                self.take_channel(child, language_of(root, None))
            elif root.tag != RDF_ROOT or name not in {"item", "image", "textinput"} or not channels:
                raise Doubt(name)
            else:
                self._take(child, name, language_of(root, None))
        if channels != 1:
            raise Doubt("not one channel")

    def take_channel(self, channel: _Element, around: str | None) -> None:
        """What is said of the feed, and its entries. Raises Doubt."""
        _check_attributes(channel)
        language = language_of(channel, around)
        entry = "entry" if self.is_atom else "item"
        for child in channel:
            name = self._names[child.tag]
            if name == entry:
                self._take_entry(child, language)
            else:
                self._take(child, name, language)

    def _take(self, child: _Element, name: str, language: str | None) -> None:
        if name is INERT or name == "items":
            pass_over(child, self._names)
        elif name == "item" and not self.is_atom:
            self._take_entry(child, language)
        elif name in LANGUAGES:
            self.language = text_of(child)
            attributes_of(child)
        elif name in AUTHORS and self.is_atom:
            self.people.take(child, self._names)
        elif name in GROUPS and not (name == "itunes_owner" and self.is_atom):
            pass_group(child, name, self._names)
        elif name in SUMMARIES or name == "description":
            self._take_summary(child, name)
        else:
            pass_by(child, name, OF_CHANNELS)

    def _take_entry(self, child: _Element, language: str | None) -> None:
        base = self.entries[-1].left_base if self.entries else ""
        self.entries.append(read_entry(child, self._names, self.is_atom, language, base))

    def _take_summary(self, child: _Element, name: str) -> None:
        """Behind a summary of the feed, feedparser takes a description for the content of an entry."""
        if self._summarised:
            raise Doubt(name)
        self._summarised = name in SUMMARIES
        typed(child, "text/html", True)


def _check_attributes(element: _Element) -> None:
    for name in attribute_names(element):
        check_attribute(name)
        if name != LANGUAGE and name.rpartition("}")[2].lower() in {"href", "lang", "lastmod"}:
            raise Doubt(name)
