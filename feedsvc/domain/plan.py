"""What a configuration would change of what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .pending import Edited


@dataclass(frozen=True, slots=True)
class Example:
    """An article that comes into a feed or leaves it."""

    id: str
    title: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """How many articles come into a feed, leave it and stay, and the newest of those that come and leave."""

    path: str
    come: int = 0
    gone: int = 0
    stay: int = 0
    came: tuple[Example, ...] = ()
    left: tuple[Example, ...] = ()

    @property
    def moves(self) -> int:
        """How many come or leave."""
        return self.come + self.gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an apply would do: of `articles` that were looked at, `differing` would stand in other feeds.

    `motions` are those of the feeds that change, those that change most first; `opened` and `closed` are the paths of
    feeds that there are not yet, or that there would be no more. Topics and regions are those that differ from what is
    applied, `otherwise` their order or the ranks of places; `first` where nothing is applied.
    """

    articles: int
    differing: int
    motions: tuple[Motion, ...]
    topics: Edited
    regions: Edited
    otherwise: bool = False
    first: bool = False
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
