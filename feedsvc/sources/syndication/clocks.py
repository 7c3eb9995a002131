"""Feeds that say when they were built: such words alone make no other feed."""

from __future__ import annotations

import re

LONGEST_HEAD = 64 * 1024
LONGEST_TAIL = 4 * 1024
"""Bytes before the first entry, and at the end, in which a clock is looked for."""
ENTRY = re.compile(rb"<(?:[^\s<>:]{1,64}:)?(?:item|entry)[\s>/]", re.I)
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
ODD = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|<!(?:DOCTYPE|ENTITY)", re.I)
"""What may hide an entry in front of the first one that is seen."""
CLOCK = re.compile(rb"<(lastBuildDate|pubDate|updated|modified|dc:date)>[^<]{0,200}</\1>")
"""Of the feed itself: entries have dates of their own, and take none from it."""
REMARKS = re.compile(rb"(?<=>)\s*(?:<!--(?:[^-]|-(?!->)){0,1000}-->\s*)+\Z")
"""Comments after the last element: what made the feed, and in how many milliseconds."""


def without_clocks(body: bytes) -> bytes:
    """An XML feed without the dates that it bears itself, and without comments at its end; any other body as it is."""
    first = ENTRY.search(body, 0, LONGEST_HEAD) if XML.match(body) else None
    if first is None or ODD.search(body, 0, first.start()):
        return body
    head = CLOCK.sub(rb"<\1/>", body[: first.start()])
    end = max(first.start(), len(body) - LONGEST_TAIL)
    return head + body[first.start() : end] + REMARKS.sub(b"", body[end:])
