"""A document in every content coding (RFC 9110 section 8.4.1): packed once, when it is made, and not once a request."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass

import brotli

from .negotiation import BR, GZIP, IDENTITY


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to pack: the levels of Brotli (0 to 11) and of gzip (0 to 9)."""

    brotli: int
    gzip: int


# Beyond 8 Brotli takes five times as long for a thousandth, and at 11 forty times for six hundredths.
LASTING = Effort(brotli=8, gzip=9)
"""For what is served again and again: both together take a quarter of the time in which a feed is made."""
FLEETING = Effort(brotli=4, gzip=4)
"""For what lives for seconds, and may be megabytes."""


def coded(body: bytes, effort: Effort = LASTING) -> Mapping[str, bytes]:
    """The body by coding, the preferred one first: the same body always gives the same bytes.

    Brotli (RFC 7932), gzip (RFC 1952) without a time, and the body as it is.
    """
    return {
        BR: brotli.compress(body, mode=brotli.MODE_TEXT, quality=effort.brotli),
        GZIP: gzip.compress(body, effort.gzip, mtime=0),
        IDENTITY: body,
    }
