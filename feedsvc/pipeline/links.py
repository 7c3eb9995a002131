"""Addresses of the web as records give them: absolute, and such that every format can write them down; or none."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from ..domain.clean import one_line

LONGEST = 2000
"""Characters of an address that browsers and readers can be trusted with."""
NOT_IN_IRI = re.compile(r"""[\s<>"{}|\\^`]""")
"""RFC 3987 section 2.2 leaves these out."""
HOST = re.compile(r"[^\s<>\"{}|\\^`%/?#@\[\]]+")
IMAGE_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
}


def http(address: str | None) -> str | None:
    """An absolute http(s) address with its stray characters encoded, else None."""
    written = one_line(address or "")
    if not written or len(written) > LONGEST:
        return None
    try:
        parts = urlsplit(written)
        valid = parts.scheme in {"http", "https"} and parts.port != 0 and _is_host(parts.hostname or "")
    except ValueError:
        return None
    return NOT_IN_IRI.sub(lambda found: quote(found.group()), parts.geturl()) if valid else None


def image_type(address: str) -> str:
    """The media type of a picture by its address alone: most are JPEG."""
    return IMAGE_TYPES.get(PurePosixPath(urlsplit(address).path).suffix.lower(), "image/jpeg")


def _is_host(name: str) -> bool:
    """Whether a name can be looked up at all. Raises ValueError for one that IDNA (RFC 3490) refuses."""
    return HOST.fullmatch(name) is not None and len(name.encode("idna")) > 0
