"""What people say of an article: the topics and regions that one or two readers gave it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readers:
    """The slugs that two readers gave, each the primary one first; without a second reader the first decides."""

    first: tuple[str, ...]
    second: tuple[str, ...] | None = None

    @property
    def either(self) -> frozenset[str]:
        """What at least one reader gave."""
        return frozenset(self.first) | frozenset(self.second or ())

    @property
    def both(self) -> frozenset[str]:
        """What every reader gave."""
        return frozenset(self.first) if self.second is None else frozenset(self.first) & frozenset(self.second)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An article's labels by its readers; None for a kind that nobody looked at.

    `must_not` are regions that the article must not have. `base` is the id of the article that this one is a variant
    of, which shall come out alike.
    """

    id: str
    topics: Readers | None = None
    regions: Readers | None = None
    must_not: frozenset[str] = frozenset()
    base: str | None = None
