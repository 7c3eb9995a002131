"""Finished fragments, so that an article costs its writing once, however many feeds hold it; bounded in bytes.

young ─► nearly full? all are old ─► asked for again, it is young again
                                └─► full? the eldest of the old are let go of, one by one
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple

OVERHEAD = 800
"""Bytes that are kept of a fragment beside its body: names, digest, and the table that they stand in."""
NEARLY_FULL = 15 / 16
"""The part of the budget from which what is asked for is told from what is not."""


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


class Fragments:
    """Pieces by name and by number, for many threads."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._names: dict[str, int] = {}
        self._young, self._old = dict[int, Piece](), dict[int, Piece]()
        self._line: list[int] = []  # what was old at first, the eldest last
        self._count = 0
        self._lock = Lock()

    def find(self, names: Iterable[str]) -> list[Piece | None]:
        """The piece of each name, None where it was let go of or never was there."""
        with self._lock:
            return [self._again(self._names.get(name, 0)) for name in names]

    def numbered(self, numbers: Sequence[int]) -> list[Piece | None]:
        """The piece of each number, None where it was let go of."""
        found: list[Piece | None] = list(map(self._young.get, numbers))
        if None in found:
            with self._lock:
                found = list(map(self._again, numbers))
        return found

    def keep(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Keep pieces, which have numbers by that; of the others goes first what was asked for least of late.

        These themselves are kept, however large they are, until there are others.
        """
        with self._lock:
            kept = list(map(self._put, pieces))
            while self._size > self._budget and len(self._old) + len(self._young) > len(kept):
                self._let_go()
            if not self._old and self._size > self._budget * NEARLY_FULL:
                self._turn()
        return kept

    def forget(self) -> None:
        """Let go of all."""
        with self._lock:
            self._names.clear()
            self._young, self._old, self._line = {}, {}, []
            self._size = 0

    def _again(self, number: int) -> Piece | None:
        piece = self._old.pop(number, None)
        if piece is None:
            return self._young.get(number)
        self._young[number] = piece
        return piece

    def _put(self, piece: Piece) -> Piece:
        self._count += 1
        numbered = piece._replace(number=self._count)
        self._names[piece.name] = self._count
        self._young[self._count] = numbered
        self._size += _taken(piece)
        return numbered

    def _turn(self) -> None:
        self._old, self._young = self._young, {}
        self._line = list(reversed(self._old))

    def _let_go(self) -> None:
        if not self._old:
            self._turn()
        eldest = self._old.pop(self._line.pop(), None)
        if eldest is not None:  # and not asked for meanwhile
            self._size -= _taken(eldest)
            if self._names.get(eldest.name) == eldest.number:
                del self._names[eldest.name]


def _taken(piece: Piece) -> int:
    return len(piece.body) + OVERHEAD
