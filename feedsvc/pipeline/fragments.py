"""Finished fragments, so that an article costs its writing once, however many feeds hold it; bounded in bytes.

young ─► full? it becomes old, and what was old is let go of ─► asked for again, it is young again
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple

OVERHEAD = 400
"""Bytes that are kept of a fragment beside its body: names, digest, and the table that they stand in."""


class Piece(NamedTuple):
    """A fragment under its name; that of an entry which cannot be written has an empty body.

    `digest` stands for its bytes, `weight` is that of its entry (see fitting), `short` what that weighs in short.
    """

    name: str
    body: bytes
    digest: bytes
    prefixes: frozenset[str]
    weight: int
    short: int


class Fragments:
    """Pieces by name, for many threads."""

    def __init__(self, budget: int) -> None:
        self._half = budget // 2
        self._young: dict[str, Piece] = {}
        self._old: dict[str, Piece] = {}
        self._size = 0
        self._lock = Lock()

    def find(self, names: Iterable[str]) -> list[Piece | None]:
        """The piece of each name, None where it was let go of or never was there."""
        asked = tuple(names)
        found: list[Piece | None] = list(map(self._young.get, asked))
        if None in found:
            return [one or self._again(name) for one, name in zip(found, asked, strict=True)]
        return found

    def keep(self, pieces: Sequence[Piece]) -> None:
        """Keep pieces; what was asked for least of late goes first."""
        with self._lock:
            for piece in pieces:
                self._put(piece)

    def _again(self, name: str) -> Piece | None:
        with self._lock:
            piece = self._young.get(name) or self._old.get(name)
            if piece is not None and name not in self._young:
                self._put(piece)
        return piece

    def _put(self, piece: Piece) -> None:
        if piece.name not in self._young:
            self._size += len(piece.body) + OVERHEAD
        self._young[piece.name] = piece
        if self._size > self._half:
            self._old, self._young, self._size = self._young, {}, 0
