"""What is remembered of places, bounded in bytes; what is asked for again and again stays."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from ..domain.feed import FeedKey
from ..domain.passes import FeedState

Place = tuple[FeedKey, str]
"""A feed and the name of a format."""


class Kept(Protocol):
    """What is made and kept: how many bytes it takes, and how often it was asked for since it was made."""

    @property
    def size(self) -> int: ...
    @property
    def asked(self) -> int: ...


T = TypeVar("T", bound=Kept)


@dataclass(slots=True)
class Made(Generic[T]):
    """What was made, of which state, and how often it had been asked for when it was last looked at."""

    state: FeedState
    one: T
    asked: int


@dataclass(slots=True)
class Remembered(Generic[T]):
    """The eldest go first when the bytes exceed the budget, but for those that were asked for meanwhile.

    Not safe for threads. `gone` is told of each that goes, and of the one that takes its place, if one does.
    """

    budget: int
    gone: Callable[[Place, T, Made[T] | None], None]
    kept: OrderedDict[Place, Made[T]] = field(default_factory=OrderedDict)
    size: int = 0

    def recall(self, place: Place) -> Made[T] | None:
        kept = self.kept.get(place)
        if kept is not None:
            self.kept.move_to_end(place)
        return kept

    def keep(self, place: Place, state: FeedState, one: T) -> None:
        made = Made(state, one, one.asked)
        self._take_out(place, made)
        self.kept[place] = made
        self.size += one.size
        looks = len(self.kept)
        while self.size > self.budget:
            eldest = next(iter(self.kept))
            made = self.kept[eldest]
            if made.one.asked > made.asked and looks > 0:
                made.asked = made.one.asked
                self.kept.move_to_end(eldest)
                looks -= 1
            else:
                self.forget(eldest)

    def forget(self, place: Place) -> None:
        self._take_out(place, None)

    def _take_out(self, place: Place, instead: Made[T] | None) -> None:
        kept = self.kept.pop(place, None)
        if kept is not None:
            self.size -= kept.one.size
            self.gone(place, kept.one, instead)
