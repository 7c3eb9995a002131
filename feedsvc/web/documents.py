"""A feed's document: joined of finished pieces, and packed when a coding is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ..pipeline.joining import Joined
from .codings import AT_ONCE, CODINGS, LASTING, packed
from .negotiation import IDENTITY

OVERHEAD = 3000
"""Bytes that are kept of a document beside its head and its bodies: the answers without bodies, and what finds it."""


class LetGo(Exception):
    """A piece of a document is not kept any more: the document has to be made anew."""


class FeedDocument:
    """A Representation whose bodies are made when asked for; `bytes_of` gives those of a joined document, or None.

    What is packed at once, when a feed has changed, may be packed `densely` later: those are other bytes, under another
    tag.
    """

    __slots__ = ("_bytes_of", "_dense", "_etags", "dated_apart", "joined", "modified")

    codings = CODINGS

    def __init__(
        self, joined: Joined, bytes_of: Callable[[Joined], bytes | None], modified: datetime, dated_apart: bool
    ) -> None:
        self.joined = joined
        self.modified = modified
        self.dated_apart = dated_apart
        self._bytes_of = bytes_of
        self._dense: frozenset[str] = frozenset()
        self._etags: dict[str, tuple[str, ...]] = {}

    @property
    def media_type(self) -> str:
        return self.joined.media_type

    @property
    def tag(self) -> str:
        return self.joined.tag

    @property
    def size(self) -> int:
        """Bytes that it takes, without bodies."""
        frame = self.joined.frame
        return OVERHEAD + len(frame.head) + len(frame.tail) + self.joined.pieces.itemsize * len(self.joined.pieces)

    def packed(self, coding: str, plain: bytes | None = None) -> tuple[bytes, str]:
        """See Representation."""
        body = self._bytes_of(self.joined) if plain is None else plain
        if body is None:
            raise LetGo
        dense = coding in self._dense
        return packed(body, coding, LASTING if dense else AT_ONCE), self._etag(coding, dense)

    def etags(self, coding: str) -> tuple[str, ...]:
        """See Representation."""
        known = self._etags.get(coding)
        if known is None:
            every = (True, False) if coding in self._dense else (False,)
            known = self._etags[coding] = tuple(self._etag(coding, dense) for dense in every)
        return known

    def densely(self, coding: str) -> bool:
        """Pack one coding densely from now on; whether that is new."""
        if coding == IDENTITY or coding in self._dense:
            return False
        self._dense |= {coding}
        self._etags.pop(coding, None)
        return True

    def _etag(self, coding: str, dense: bool) -> str:
        if coding == IDENTITY:
            return f'"{self.tag}"'
        return f'"{self.tag}-{coding}.dense"' if dense else f'"{self.tag}-{coding}"'
