"""Entries as finished pieces of documents, and what stands around them.

frame.head + fragment, fragment … + frame.tail = document, byte for byte what the format writes in one go
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fragment:
    """One entry in one format, whatever feed it stands in, and the prefixes that the head has to declare for it."""

    body: bytes
    prefixes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """A feed without its entries: what comes before the first, after the last, and between two of them."""

    head: bytes
    tail: bytes
    between: bytes = b""

    def joined(self, bodies: Iterable[bytes]) -> bytes:
        """The document that holds these fragments."""
        if self.between:
            return b"".join((self.head, self.between.join(bodies), self.tail))
        return b"".join((self.head, *bodies, self.tail))  # each byte is copied once
