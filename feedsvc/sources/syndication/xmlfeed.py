"""RSS 0.9x to 2.0, RSS 1.0 and Atom, read by feedparser from bytes that cannot make it stumble.

What is free of doubt takes the fast path, to the same end (strict).
"""

from __future__ import annotations

import io
import re
from typing import Any

from ...domain.record import RawRecord, Rejection
from .entries import Entries
from .strict import read_strictly
from .xmlentry import record_of

REFERENCE = re.compile(rb"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")
CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r"))
"""Controls that no XML may hold."""
MEDIA_DESCRIPTION = re.compile(rb"(</?)media:description(?=[\s/>])", re.I)
UTF_8 = "application/xml; charset=utf-8"
LONGEST_REFERENCE = 8
"""Digits of a character's number, leading zeros aside; U+10FFFF is 1114111."""


def read_xml_feed(body: bytes, base: str) -> Entries:
    """The entries of a feed in UTF-8.

    Raises ValueError, with a sentence, for what is none, and whatever feedparser raises.
    """
    body = cleaned(body)
    entries = read_strictly(body, base, UTF_8)
    return read_loosely(body, base) if entries is None else entries


def read_loosely(body: bytes, base: str, media_type: str | None = UTF_8) -> Entries:
    """The entries of a feed that may be written in any way; `body` is clean. Raises as `read_xml_feed` does."""
    feed = _parsed(body, media_type)
    version = str(dict.get(feed, "version") or "")
    entries = dict.get(feed, "entries") or []
    if not version and not entries:
        raise ValueError("it is XML, perhaps, but no feed: neither RSS nor Atom")
    channel = dict.get(feed, "feed") or {}
    records, rejections = list[RawRecord](), list[Rejection]()
    for place, entry in enumerate(entries, 1):
        try:
            records.append(record_of(entry, channel, base, version.startswith("atom")))
        except Exception as error:  # one bad entry costs one entry, whatever is bad about it
            reason = f"entry {place} of the feed cannot be read ({type(error).__name__})"
            rejections.append(Rejection(str(dict.get(entry, "id") or f"entry {place}"), reason))
    return Entries(tuple(records), tuple(rejections))


def cleaned(body: bytes) -> bytes:
    """The body without references to what is no character; media:description under a name of its own.

    feedparser takes that for the description of the entry itself.
    """
    body = body.translate(None, CONTROLS)
    if b"&#" in body:
        body = REFERENCE.sub(_character, body)
    may_have_one = b":d" in body or b":D" in body
    return MEDIA_DESCRIPTION.sub(rb"\1media:caption", body) if may_have_one else body


def _character(found: re.Match[bytes]) -> bytes:
    digits = (found["hex"] or found["decimal"]).lstrip(b"0")
    if not digits or len(digits) > LONGEST_REFERENCE:
        return b""
    code = int(digits, 16 if found["hex"] else 10)
    plain = code in {0x9, 0xA, 0xD} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found.group() if plain else b""


def _parsed(body: bytes, media_type: str | None) -> Any:
    # Most processes read no feeds, and start without feedparser.
    import feedparser  # noqa: PLC0415

    # Bytes by themselves might be taken for the name of a file, and be opened.
    return feedparser.parse(
        io.BytesIO(body),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": media_type or "application/xml"},
    )
