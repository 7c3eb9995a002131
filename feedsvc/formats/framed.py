"""Feeds as frames and fragments: feedgen writes entries many at once, and heads once for all dates.

What it writes in one go is parted where its elements begin, and joined again the same, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from ..domain.feed import Document, Entry, Feed
from ..domain.fragment import Fragment, Frame
from ..ports import Format

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in a head for the time of the last change, until that is known."""
HEADS = 1024
"""Heads that a format remembers, some kilobytes each: a feed that changes has the same head but for its date."""


def undated(feed: Feed) -> Feed:
    """What a head is made of."""
    return replace(feed, entries=(), updated=UNDATED)


def parted(document: bytes, element: bytes, end: bytes) -> list[bytes]:
    """The elements of a document that stand one after the other before its `end`.

    Where `<` stands in a document, an element begins or ends: in texts and attributes it is always escaped.
    """
    begun = [found.start() for found in re.finditer(rb"<%b[ >]" % element, document)]
    return [document[one:other] for one, other in pairwise([*begun, len(document.removesuffix(end))])]


def fragments_of(
    entries: Sequence[Entry], bodies: Sequence[bytes], prefixes: Callable[[Entry], frozenset[str]]
) -> list[Fragment]:
    """The fragments of entries, from their bodies. Raises ValueError where there are more of these, or fewer."""
    return [Fragment(body, prefixes(entry)) for entry, body in zip(entries, bodies, strict=True)]


def whole(form: Format, feed: Feed) -> Document:
    """A feed's document, of its frame and the fragments of those of its entries that can be written."""
    found = [one for one in form.fragments(feed.entries) if one is not None]
    frame = form.frame(feed, frozenset[str]().union(*(one.prefixes for one in found)))
    body = frame.joined(one.body for one in found)
    return Document(format=form.name, media_type=form.media_type, body=body, updated=feed.updated)


def around(document: bytes, element: bytes, date: str, tail: bytes) -> Frame:
    """A frame that lacks a date, of a document without entries: `head` ends where the element of the date has begun.

    What comes after that is the `tail`.
    """
    begun = b"<%b>" % element
    before, _, after = document.removesuffix(tail).partition(begun + date.encode())
    return Frame(before + begun, after)


def dated(head: Frame, date: str, tail: bytes) -> Frame:
    """The frame of a head that lacks its date."""
    return Frame(b"".join((head.head, date.encode(), head.tail)), tail)
