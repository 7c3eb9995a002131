"""How much a feed holds: aggregators take two megabytes at a time, and read nothing of what is more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..domain.feed import Entry

LARGEST = 1_900_000
"""Bytes of the entries of a feed, about as the formats write them."""
AROUND = 1_500
"""Bytes of what stands around the texts of an entry: dates, links, categories, its source."""
OF_A_PICTURE = 400


def fitting(entries: Iterable[Entry], largest: int = LARGEST) -> tuple[Entry, ...]:
    """All entries; where they are more than so many bytes, the heaviest go out in short, so that they cost no others.

    In short is the summary, with one picture; the whole stands where the entry leads.
    """
    every = tuple(entries)
    short = heaviest({entry.id: weights(entry) for entry in every}, largest)
    return tuple(in_short(entry) if entry.id in short else entry for entry in every)


def heaviest(weighed: Mapping[str, tuple[int, int]], largest: int = LARGEST) -> frozenset[str]:
    """Which of these go out in short, so that together they weigh no more; their weights are whole, and in short."""
    excess = sum(whole for whole, _ in weighed.values()) - largest
    short = set[str]()
    for name in sorted(weighed, key=lambda one: (-weighed[one][0], one)) if excess > 0 else ():
        if excess <= 0:
            break
        short.add(name)
        excess -= weighed[name][0] - weighed[name][1]
    return frozenset(short)


def in_short(entry: Entry) -> Entry:
    """The entry without its text, and with one picture."""
    return replace(entry, content="", pictures=entry.pictures[:1])


def weights(entry: Entry) -> tuple[int, int]:
    """About the bytes of an entry, whole and in short, in the heaviest format: escaped, its pictures named thrice."""
    least = AROUND + 2 * _escaped(entry.summary) + _escaped(entry.title)
    pictures = [OF_A_PICTURE + 3 * len(one.address) + 2 * len(one.caption) for one in entry.pictures]
    return least + _escaped(entry.content) + sum(pictures), least + sum(pictures[:1])


def _escaped(text: str) -> int:
    """Bytes of a text in UTF-8, its markup escaped."""
    return len(text.encode("utf-8", "replace")) + 3 * (text.count("<") + text.count(">")) + 4 * text.count("&")
