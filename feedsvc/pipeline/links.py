"""Addresses of the web as records give them: absolute, and such that every format can write them down; or none."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from ..domain.clean import one_line

LONGEST = 2000
"""Characters of an address that browsers and readers can be trusted with."""
NOT_IN_IRI = re.compile(r"""[\s<>"{}|\\^`]""")
"""RFC 3987 section 2.2 leaves these out."""
HOST = re.compile(r"[^\s<>\"{}|\\^`%/?#@\[\]]+")
PLAIN = re.compile(r"https?://(?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{1,63}(?:[/?][A-Za-z0-9._~/%?=&;,:@!$()*+-]*)?")
"""What most addresses are, and nothing in which has to be looked at twice."""
SUFFIX = re.compile(r"https?://[a-z0-9.-]+/[A-Za-z0-9._~/-]*[A-Za-z0-9_~-](\.[A-Za-z0-9]+)")
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
    return written if PLAIN.fullmatch(written) else _tidied(written)


@lru_cache(maxsize=2048)
def _tidied(written: str) -> str | None:
    try:
        parts = urlsplit(written)
        valid = parts.scheme in {"http", "https"} and parts.port != 0 and _is_host(parts.hostname or "")
    except ValueError:
        return None
    return NOT_IN_IRI.sub(lambda found: quote(found.group()), parts.geturl()) if valid else None


def image_type(address: str) -> str:
    """The media type of a picture by its address alone: most are JPEG."""
    if (found := SUFFIX.fullmatch(address)) is not None:
        return IMAGE_TYPES.get(found[1].lower(), "image/jpeg")
    return IMAGE_TYPES.get(PurePosixPath(urlsplit(address).path).suffix.lower(), "image/jpeg")


def _is_host(name: str) -> bool:
    """Whether a name can be looked up at all. Raises ValueError for one that IDNA (RFC 3490) refuses."""
    return HOST.fullmatch(name) is not None and len(name.encode("idna")) > 0
