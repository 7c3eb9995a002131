"""What makes an entry of a feed the same entry the next time: its identifier, its link, or what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from ...domain.clean import one_line
from ...domain.record import Hypertext, RawRecord, Rejection
from .addresses import absolute, canonical

LONGEST_KEY = 1000
TWICE = "the feed holds it twice"


def with_keys(entries: Sequence[RawRecord]) -> tuple[tuple[RawRecord, ...], tuple[Rejection, ...]]:
    """The entries under keys that no two of them share, and the rejections of those that are there twice.

    Each comes with its own identifier, or nothing, for a key. One that entries with different links share
    identifies none of them. `alternative` becomes the key that it would have without one.
    """
    identifiers = [_as_key(entry.key) for entry in entries]
    shared = _shared(zip(identifiers, entries))
    identifiers = ["" if one in shared else one for one in identifiers]
    without = tuple(_keys([""] * len(entries), entries))
    keys = tuple(_keys(identifiers, entries))
    return _told_apart(keys, without, entries)


def _keys(identifiers: Sequence[str], entries: Sequence[RawRecord]) -> Iterator[str]:
    firsts = [one or _as_key(entry.link or "") or _by_words(entry) for one, entry in zip(identifiers, entries)]
    count = Counter(firsts)
    keys = [
        first if count[first] == 1 else _by_link_and_title(one, entry)
        for first, one, entry in zip(firsts, identifiers, entries)
    ]
    return _plain_again(keys, firsts)


def _told_apart(
    keys: Iterable[str], without: Iterable[str], entries: Iterable[RawRecord]
) -> tuple[tuple[RawRecord, ...], tuple[Rejection, ...]]:
    kept: dict[str, RawRecord] = {}
    twice = []
    for key, other, entry in zip(keys, without, entries):
        if key in kept:
            twice.append(Rejection(key, TWICE))
        else:
            kept[key] = replace(entry, key=key, alternative="" if other == key else other)
    return tuple(kept.values()), tuple(twice)


def _plain_again(keys: Sequence[str], firsts: Sequence[str]) -> Iterator[str]:
    """What is one entry after all, only repeated, keeps the key that it has when it stands there once."""
    meant: dict[str, set[str]] = defaultdict(set)
    for key, first in zip(keys, firsts):
        meant[first].add(key)
    return (first if len(meant[first]) == 1 else key for key, first in zip(keys, firsts))


def _shared(entries: Iterable[tuple[str, RawRecord]]) -> set[str]:
    """The identifiers that stand on entries with different links."""
    links: dict[str, set[str]] = defaultdict(set)
    for identifier, entry in entries:
        links[identifier].add(_as_key(entry.link or ""))
    return {identifier for identifier, different in links.items() if len(different) > 1}


@lru_cache(maxsize=1024)
def _as_key(written: str) -> str:
    text = one_line(written)
    address = absolute(text, "")
    key = canonical(address) if address else text
    return key if len(key) <= LONGEST_KEY else _hash(key)


def _by_words(entry: RawRecord) -> str:
    return _hash(_title(entry), entry.published or "", _text(entry))


def _by_link_and_title(identifier: str, entry: RawRecord) -> str:
    """Without an identifier of its own, an entry is another one also if only its text is."""
    return _hash(
        _as_key(entry.link or ""), _title(entry), *(() if identifier else (entry.published or "", _text(entry)))
    )


def _title(entry: RawRecord) -> str:
    return entry.title.html if isinstance(entry.title, Hypertext) else entry.title


def _text(entry: RawRecord) -> str:
    return entry.content.html if isinstance(entry.content, Hypertext) else ""


def _hash(*parts: str) -> str:
    return "hash:" + sha256("\0".join(parts).encode(errors="replace")).hexdigest()
