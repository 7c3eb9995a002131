"""The media type of each format, without parameters, as links between the formats name it."""

from __future__ import annotations

MEDIA_TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}


def with_charset(name: str) -> str:
    """The Content-Type of a format."""
    return f"{MEDIA_TYPES[name]}; charset=utf-8"
