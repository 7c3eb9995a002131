"""The keys under which a matcher finds what a taxonomy names."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """The phrase at `place` in a part (`any`, `except`, `none`) of the rule of a topic or a region."""

    kind: str
    slug: str
    part: str
    place: int


class Name(NamedTuple):
    """A name of a region; with a `type`, that of a lesser place of this rank within it."""

    slug: str
    type: str | None = None


class NoName(NamedTuple):
    """A longer name that holds a region's and is not the region."""

    slug: str
