"""The configuration that the stored labels were made with, and an apply that puts another in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .article import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What is applied: `number` grows from one to the next; for `digest`, `text` and `rules` see Setup.

    `rules` is None where an earlier release applied it, which did not store them. `made` is False while the stored
    labels are not, or not all, those of it, as after a backup was restored.
    """

    number: int
    digest: str
    text: str
    rules: str | None
    at: datetime
    made: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """The right to apply, which `token` stands for; only the newest takes effect.

    `base` is the number of the configuration that was applied when it began, 0 for none, and `seq` the newest one then.
    """

    token: int
    base: int
    seq: int


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as it is stored, and the paths of the feeds that hold it."""

    article: Article
    feeds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Look:
    """Live articles as they were at `seq`; `last` is the id to go on after, None where there are no more."""

    seq: int
    articles: tuple[Seen, ...]
    last: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """How many articles came into a feed and left it."""

    path: str
    come: int
    gone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What took effect, all at `seq`: how many articles have other labels, and the feeds that they came to or left.

    `opened` and `closed` are the paths of feeds that there were not, or that there are no more.
    """

    seq: int
    relabelled: int = 0
    moved: tuple[Moved, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
