"""How much a feed holds: aggregators take two megabytes at a time, and read nothing of what is more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..domain.feed import Entry

LARGEST = 1_600_000
"""Bytes of the texts of a feed. What stands around them, and escaping, makes up to a quarter more."""


def fitting(entries: Iterable[Entry], largest: int = LARGEST) -> Iterator[Entry]:
    """The entries from the first on, as many as fit in so many bytes; the first one in any case."""
    taken = 0
    for place, entry in enumerate(entries):
        taken += weight(entry)
        if place and taken > largest:
            return
        yield entry


def weight(entry: Entry) -> int:
    """Bytes of the texts of an entry, in UTF-8."""
    return sum(len(text.encode("utf-8", "replace")) for text in (entry.title, entry.summary, entry.content))
