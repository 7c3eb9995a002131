"""Addresses: absolute, http or https."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

# RFC 3986 appendix A: the characters of a URI, and percent signs only where they encode something.
_URI = re.compile(r"(?:[\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_NOT_IN_IRI = re.compile(r"[\s<>\"{}|\\^`]")


def address(where: str, text: str | None, *, ascii_only: bool = False) -> Iterator[str]:
    """An absolute http(s) address: an IRI (RFC 3987), or a URI (RFC 3986) where only ASCII will do."""
    try:
        parts = urlsplit(text or "")
        absolute = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        absolute = False
    if not absolute:
        yield f"{where} is no absolute http(s) address: {text!r}"
    elif _NOT_IN_IRI.search(text or "") or (ascii_only and not _URI.fullmatch(text or "")):
        yield f"{where} has characters that no address may have: {text!r}"


def identifier(where: str, text: str | None) -> Iterator[str]:
    """An absolute IRI of any scheme (RFC 4287 section 4.2.6)."""
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", text or ""):
        yield f"{where} is no absolute IRI: {text!r}"
