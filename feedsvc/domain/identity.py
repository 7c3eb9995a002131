"""Identities: minted once from what never changes, then stored."""

from __future__ import annotations

import base64
import hashlib


def article_id(outlet: str, key: str) -> str:
    """16 letters (base32 of SHA-256, RFC 4648 section 6, lower case) of the outlet and the record's own key."""
    digest = hashlib.sha256(f"{outlet}\0{key}".encode("utf-8", "backslashreplace")).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def article_uri(authority: str, article: str) -> str:
    """The tag URI (RFC 4151) of an article: the same in every feed and format."""
    return f"tag:{authority}:a/{article}"


def feed_uri(authority: str, path: str) -> str:
    """The tag URI of a feed, the same in every format."""
    return f"tag:{authority}:f/{path}"


def farewell_uri(authority: str, path: str) -> str:
    """The tag URI of the last entry of a feed that has ended."""
    return f"{feed_uri(authority, path)}/ended"


def health_uri(authority: str, change: int | None = None) -> str:
    """The tag URI of a change of a verdict, or of the feed of all of them."""
    return f"tag:{authority}:health" if change is None else f"tag:{authority}:health/{change}"
