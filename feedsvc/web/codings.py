"""A document in every content coding (RFC 9110 section 8.4.1): packed once, when it is made, and not once a request."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass

import brotli
from isal import igzip

from .negotiation import BR, GZIP, IDENTITY

CODINGS = (BR, GZIP, IDENTITY)
"""That documents are offered in, the preferred one first."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to pack: the levels of Brotli (0 to 11) and of gzip (0 to 9), this one by ISA-L where it is `quick`."""

    brotli: int
    gzip: int
    quick: bool = False


# Beyond 8 Brotli takes five times as long for a thousandth, and at 11 forty times for six hundredths.
LASTING = Effort(brotli=8, gzip=9)
"""For what is served again and again."""
FLEETING = Effort(brotli=4, gzip=4)
"""For what lives for seconds, and may be megabytes."""
AT_ONCE = Effort(brotli=4, gzip=1, quick=True)
"""For what has just changed: gzip takes a twentieth of the time, and the bytes are a tenth more."""


def packed(body: bytes, coding: str, effort: Effort = LASTING) -> bytes:
    """The body in one coding: Brotli (RFC 7932), gzip (RFC 1952) without a time, or as it is."""
    if coding == BR:
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=effort.brotli))
    if coding == GZIP:
        return igzip.compress(body, effort.gzip, mtime=0) if effort.quick else gzip.compress(body, effort.gzip, mtime=0)
    return body


def coded(body: bytes, effort: Effort = LASTING) -> Mapping[str, bytes]:
    """The body by coding: the same body always gives the same bytes."""
    return {coding: packed(body, coding, effort) for coding in CODINGS}
