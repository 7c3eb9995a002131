"""The bytes of an answer: decoded, whole, and no more than are wanted."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from ..domain.fetched import FailureKind
from .unreached import Unreached

CHUNK = 64 * 1024
GZIP = zlib.MAX_WBITS + 16
GZIP_MAGIC = b"\x1f\x8b"
_NOT_CODED = frozenset({"", "identity"})
_GZIP = frozenset({"gzip", "x-gzip"})

Read = Callable[[int], bytes]
"""Up to so many bytes, none at the end."""


def read_body(read: Read, coding: str, most: int) -> bytes:
    """The whole body in at most `most` bytes. Raises Unreached for one that is larger, damaged or not whole."""
    coding = coding.strip().lower()
    if coding in _NOT_CODED:
        return _plain(read, most)
    if coding in _GZIP:
        try:
            return _inflated(read, most)
        except zlib.error:
            raise Unreached("its compression is damaged") from None
    raise Unreached(f"it is compressed in a way that was not asked for: {coding[:40]!r}", FailureKind.REFUSED)


def too_large(most: int) -> Unreached:
    """The refusal of a body of more than `most` bytes."""
    return Unreached(f"it is over {most // 1024 // 1024} MiB", FailureKind.REFUSED)


def _plain(read: Read, most: int) -> bytes:
    body = bytearray()
    while chunk := read(CHUNK):
        body += chunk
        if len(body) > most:
            raise too_large(most)
    return bytes(body)


def _inflated(read: Read, most: int) -> bytes:
    """Every member of a gzip stream (RFC 1952 section 2.2); what follows the last one is padding."""
    body, member, whole = bytearray(), zlib.decompressobj(GZIP), True
    while chunk := read(CHUNK):
        while chunk:
            if member.eof:
                if not chunk.startswith(GZIP_MAGIC):
                    break
                member = zlib.decompressobj(GZIP)
            body += member.decompress(chunk, most + 1 - len(body))
            if len(body) > most:
                raise too_large(most)
            chunk = member.unused_data if member.eof else member.unconsumed_tail
        whole = member.eof
    if not whole:
        raise Unreached("it is cut short")
    return bytes(body)
