"""Documents joined of what is finished: only what nobody wrote before is written.

feed ─► head ─────────────────────────────────────────────────────────────► frame ─┐
  └──► what it shows, by name and version ─► pieces ─┬─► those that are kept ──────┼─► Joined
                                                     └─► articles ─► entries ─► format, and kept
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b

from ..domain.feed import Entry, Feed, FeedKey
from ..domain.fragment import Fragment, Frame
from ..domain.shown import Shown
from ..ports import FeedShelf, Format
from .assemble import Assembler
from .fitting import heaviest, in_short, weights
from .fragments import Fragments, Piece

TAG = 16
"""Bytes of a tag, and of the digest of a piece."""
Shape = Callable[[Entry], Entry]


@dataclass(frozen=True, slots=True)
class Joined:
    """A document as its frame and the numbers of its pieces. `tag`, 32 hexadecimal digits, follows from its bytes."""

    media_type: str
    updated: datetime
    frame: Frame
    pieces: array[int]
    tag: str


@dataclass(frozen=True, slots=True)
class Joiner:
    """Joins the feeds of a newsroom in one format. For many threads."""

    assembler: Assembler
    shelf: FeedShelf
    form: Format
    fragments: Fragments

    def join(self, key: FeedKey) -> tuple[Joined, bytes]:
        """The feed of a key, and its bytes. Raises UnknownFeed, StoreError, and what writing its head raises."""
        head = self.assembler.head(key)
        if head.ended is not None:
            return self._ended(key)
        shown = self.shelf.shown(key, self.assembler.site.entries)
        as_of = self.assembler.naming(head.day)
        pieces = self._pieces({_name(self.form, one, as_of): one for one in shown}, head.day, _whole)
        short = heaviest({piece.name: (piece.weight, piece.short) for piece in pieces})
        if short:
            names = {_name(self.form, one, as_of): one for one in shown}
            shorter = self._pieces({f"{name}/short": names[name] for name in short}, head.day, in_short)
            instead = {piece.name.removesuffix("/short"): piece for piece in shorter}
            pieces = [instead.get(piece.name, piece) for piece in pieces]
        return joined(self.form, head.feed, pieces)

    def _ended(self, key: FeedKey) -> tuple[Joined, bytes]:
        """A feed that has ended has an entry of its own that says so."""
        return joined_whole(self.form, self.assembler.feed(key), self.fragments)

    def _pieces(self, wanted: Mapping[str, Shown], day: date, shape: Shape) -> list[Piece]:
        """The pieces of these names, in their order; of an article that is not kept any more, none."""
        found = dict(zip(wanted, self.fragments.find(wanted), strict=True))
        missing = {name: wanted[name].article for name, piece in found.items() if piece is None}
        if missing:
            articles = self.shelf.articles(tuple(missing.values()))
            there = {name: articles[article] for name, article in missing.items() if article in articles}
            entries = {name: shape(self.assembler.entry(one, day)) for name, one in there.items()}
            made = self.fragments.keep(pieces_of(self.form, entries))
            found.update((piece.name, piece) for piece in made)
        return [piece for piece in found.values() if piece is not None]


def pieces_of(form: Format, entries: Mapping[str, Entry]) -> list[Piece]:
    """Each entry as a piece of its name."""
    fragments = form.fragments(tuple(entries.values()))
    return [_piece(name, entry, one) for (name, entry), one in zip(entries.items(), fragments, strict=True)]


def joined(form: Format, head: Feed, pieces: Sequence[Piece]) -> tuple[Joined, bytes]:
    """A document of pieces under a head, and its bytes; what could not be written is left out."""
    there = [piece for piece in pieces if piece.body]
    frame = form.frame(head, frozenset[str]().union(*(piece.prefixes for piece in there)))
    digest = blake2b(frame.head, digest_size=TAG)
    digest.update(b"".join([piece.digest for piece in there]))
    digest.update(frame.tail)
    one = Joined(
        form.media_type, head.updated, frame, array("Q", [piece.number for piece in there]), digest.hexdigest()
    )
    return one, frame.joined(piece.body for piece in there)


def joined_whole(form: Format, feed: Feed, fragments: Fragments) -> tuple[Joined, bytes]:
    """A feed with its entries as a document, and its bytes; the pieces are told by what they are."""
    made = pieces_of(form, {entry.id: entry for entry in feed.entries})
    named = [piece._replace(name=f"{form.name}/{piece.digest.hex()}") for piece in made]
    return joined(form, feed, fragments.keep(named))


def bytes_of(fragments: Fragments, one: Joined) -> bytes | None:
    """The bytes of a document, None where one of its pieces was let go of."""
    found = fragments.numbered(one.pieces)
    there = [piece.body for piece in found if piece is not None]
    return one.frame.joined(there) if len(there) == len(found) else None


def _piece(name: str, entry: Entry, one: Fragment | None) -> Piece:
    body, prefixes = (b"", frozenset[str]()) if one is None else (one.body, one.prefixes)
    whole, short = weights(entry)
    return Piece(name, body, blake2b(body, digest_size=TAG).digest(), prefixes, weight=whole, short=short)


def _whole(entry: Entry) -> Entry:
    return entry


def _name(form: Format, one: Shown, as_of: int) -> str:
    """What tells a fragment from all others: `as_of` is by the names of which days it calls places."""
    return f"{form.name}/{one.article}/{one.version}/{as_of}"
