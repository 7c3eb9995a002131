"""Finished fragments, so that an article costs its writing once, however many feeds hold it; bounded in bytes.

young ─► full? it becomes old, and what was old is let go of ─► asked for again, it is young again
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple

OVERHEAD = 600
"""Bytes that are kept of a fragment beside its body: names, digest, and the table that they stand in."""


class Piece(NamedTuple):
    """A fragment under its name; that of an entry which cannot be written has an empty body.

    `digest` stands for its bytes, `weight` is that of its entry (see fitting), `short` what that weighs in short. What
    is kept has a `number`, by which documents know it: a name is as long as a number is short.
    """

    name: str
    body: bytes
    digest: bytes
    prefixes: frozenset[str]
    weight: int
    short: int
    number: int = 0


class _Generation:
    """Pieces by name and by number, and how many bytes they take."""

    def __init__(self) -> None:
        self.names: dict[str, Piece] = {}
        self.numbers: dict[int, Piece] = {}
        self.size = 0

    def put(self, piece: Piece) -> None:
        if piece.number not in self.numbers:
            self.size += len(piece.body) + OVERHEAD
        self.names[piece.name] = self.numbers[piece.number] = piece


class Fragments:
    """Pieces by name and by number, for many threads."""

    def __init__(self, budget: int) -> None:
        self._half = budget // 2
        self._young, self._old = _Generation(), _Generation()
        self._count = 0
        self._lock = Lock()

    def find(self, names: Iterable[str]) -> list[Piece | None]:
        """The piece of each name, None where it was let go of or never was there."""
        return [self._young.names.get(name) or self._again(self._old.names.get(name)) for name in names]

    def numbered(self, numbers: Iterable[int]) -> list[Piece | None]:
        """The piece of each number, None where it was let go of."""
        found: list[Piece | None] = list(map(self._young.numbers.get, numbers))
        if None in found:
            old = self._old.numbers
            found = [one or self._again(old.get(number)) for one, number in zip(found, numbers, strict=True)]
        return found

    def keep(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Keep pieces, which have numbers by that; what was asked for least of late goes first."""
        kept = []
        with self._lock:
            for piece in pieces:
                self._count += 1
                kept.append(piece._replace(number=self._count))
                self._put(kept[-1])
        return kept

    def forget(self) -> None:
        """Let go of all."""
        with self._lock:
            self._young, self._old = _Generation(), _Generation()

    def _again(self, piece: Piece | None) -> Piece | None:
        if piece is not None:
            with self._lock:
                self._put(piece)
        return piece

    def _put(self, piece: Piece) -> None:
        self._young.put(piece)
        if self._young.size > self._half:
            self._old, self._young = self._young, _Generation()
