"""What a body is before anything reads it, and whether it is whole."""

from __future__ import annotations

import re
from enum import Enum

TAG = re.compile(r"<(?:(?P<prefix>[\w.-]{1,64}):)?(?P<name>[A-Za-z_][\w.-]{0,64})")
HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
FEEDS = {"rss": ("rss", "channel"), "feed": ("feed",), "rdf": ("RDF",), "channel": ("channel",)}
"""The roots of feeds in lower case, and what closes them; all of an RSS stands in its channel."""
MARK = "\xef\xbb\xbf"
"""A byte order mark in UTF-8, read as Latin-1."""
LOOKED_AT = 4096
"""Characters at the start in which a page shows itself, and at the end in which a feed closes."""


class Shape(Enum):
    """How a body is read."""

    JSON = "json"
    XML = "xml"


def sniffed(body: bytes) -> Shape:
    """The shape of a body in UTF-8. Raises ValueError, with a sentence, for what is no feed at sight."""
    if not body.strip(b"\0 \t\r\n"):
        raise ValueError("it is empty and no feed")
    text = body.decode("latin-1")  # what is not ASCII in its markup may be anything
    start = text.lstrip(" \t\r\n\0")
    if start[:1] in {"{", "["}:
        return Shape.JSON
    _check(text, start)
    return Shape.XML


def _check(text: str, start: str) -> None:
    at = _root_at(text)
    root = TAG.match(text, at) if at >= 0 else None
    name = "" if root is None else root["name"].lower()
    if name in FEEDS:
        if not _ends(text, at, FEEDS[name]):
            raise ValueError(f"it breaks off before its end (no </{FEEDS[name][0]}>)")
    elif name == "opml":
        raise ValueError("it is an OPML list of feeds and no feed")
    elif name in {"urlset", "sitemapindex"}:
        raise ValueError("it is a sitemap and no feed")
    elif HTML.search(start, 0, LOOKED_AT):
        raise ValueError("it is an HTML page and no feed")
    elif not start.removeprefix(MARK).startswith("<"):
        raise ValueError("it is neither XML nor JSON")
    elif root is None:
        raise ValueError("it breaks off before its end")


def _root_at(text: str) -> int:
    """Where the first element begins, behind declarations and comments; -1 where there is none."""
    at = text.find("<")
    while at >= 0 and text[at + 1 : at + 2] in {"?", "!"}:
        end = _declared(text, at)
        at = text.find("<", end) if end > 0 else -1
    while at >= 0 and not TAG.match(text, at):
        at = text.find("<", at + 1)
    return at


def _declared(text: str, at: int) -> int:
    if text.startswith("<!--", at):
        return text.find("-->", at) + 1
    if text.startswith("<!DOCTYPE", at):
        closed, inner = text.find(">", at), text.find("[", at)
        if 0 <= inner < closed:
            closed = text.find(">", max(text.find("]", inner), inner))
        return closed + 1
    return text.find(">", at) + 1


def _ends(text: str, root: int, closing: tuple[str, ...]) -> bool:
    """Whether the root is closed and no entry begins behind that; comments at the very end do not count."""
    text = text.rstrip("\0 \t\r\n")
    while text.endswith("-->") and (comment := text.rfind("<!--")) > root:
        text = text[:comment].rstrip()
    if text.endswith("/>") and text.find(">", root) == len(text) - 1:
        return True
    tail = text[max(root, len(text) - LOOKED_AT) :]
    ends = [found.end() for found in re.finditer(rf"</\s*(?:[\w.-]+:)?(?:{'|'.join(closing)})\s*>", tail, re.I)]
    return bool(ends) and re.search(r"<(?:\w+:)?(?:item|entry)\b", tail[ends[-1] :], re.I) is None
