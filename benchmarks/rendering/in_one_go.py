"""Feeds that feedgen writes in one go, its cures in place: what is joined of fragments has to be the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from feedgen.feed import FeedGenerator

from feedsvc.domain.feed import Entry, Feed
from feedsvc.formats.atom import atom_entry, atom_head
from feedsvc.formats.atom_cure import atom_prefixes
from feedsvc.formats.rss import in_hexadecimal, rss_head, rss_item
from feedsvc.formats.rss_cure import rss_prefixes
from feedsvc.formats.soundness import sound_entry, sound_head


def atom_in_one_go(feed: Feed) -> bytes:
    """The Atom document of a feed whose entries can all be written."""
    body: bytes = _filled(feed, atom_head, atom_prefixes, atom_entry).atom_str()
    return body


def rss_in_one_go(feed: Feed) -> bytes:
    """The same in RSS."""
    return in_hexadecimal(_filled(feed, rss_head, rss_prefixes, rss_item).rss_str())


IN_ONE_GO: Mapping[str, Callable[[Feed], bytes]] = {"atom": atom_in_one_go, "rss": rss_in_one_go}


def _filled(
    feed: Feed,
    head: Callable[[Feed, frozenset[str]], FeedGenerator],
    prefixes: Callable[[Entry], frozenset[str]],
    entry: Callable[[Entry], FeedGenerator],
) -> FeedGenerator:
    sound = [sound_entry(one) for one in feed.entries]
    generator = head(sound_head(feed), frozenset[str]().union(*map(prefixes, sound)))
    for one in sound:
        generator.add_entry(entry(one), order="append")
    return generator
