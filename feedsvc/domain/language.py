"""What a language can tell about a piece of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text; without a year it is one of many."""

    day: int
    month: int
    year: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Ago:
    """A time told from when the text was written: yesterday, two hours ago; of `whole_days` the time is not told."""

    amount: timedelta
    whole_days: bool = False


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, and who else made it (pictures)."""

    authors: tuple[str, ...]
    contributors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """What a text that was read in the wrong encoding was really written in.

    `mend` gives any text of the same record as it should be, unchanged where it was read well; it is None where
    that cannot be had with certainty.
    """

    encoding: str
    mend: Callable[[str], str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one has to know of words to compare rules: `canonical` brings the spellings of a text together.

    `commonest` are words that stand in most texts, in small letters.
    """

    canonical: Callable[[str], str] = str
    commonest: frozenset[str] = frozenset()


class Standing(StrEnum):
    """How a place's name stands between its neighbours."""

    PLACE = "place"
    """A word of authority or rank introduces it: it is what is spoken of."""
    WITHIN = "within"
    """Something is or happens in it."""
    BARE = "bare"
    """Nothing speaks for a place or against it."""
    BRACKETED = "in brackets"
    """It stands by itself, in brackets."""
    ORIGIN = "origin"
    """Somebody comes from it."""
    ASIDE = "aside"
    """It only measures or points: a way, a distance, a comparison."""
    NAME = "name"
    """It is part of another name."""
