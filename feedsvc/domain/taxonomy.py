"""Topics and regions as they are configured: rules, names, ancestry, and places through time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from .geometry import Geometry
from .rule import NO_RULE, Rule


def day_after(day: date) -> date:
    """The next day; the calendar's last one has none."""
    return day + timedelta(days=1) if day < date.max else day


class WhenEnded(StrEnum):
    """What becomes of the feeds of what ended: they go on, lead to those of its successor, or say so and are gone."""

    KEEP = "keep"
    REDIRECT = "redirect"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic; `medtop` is its IPTC Media Topics code, `parent` the topic whose feeds hold its articles too.

    So do those of its `successor`, which takes it over after its last day, `end`.
    """

    id: str
    title: Mapping[str, str]
    rule: Rule = NO_RULE
    medtop: str | None = None
    parent: str | None = None
    end: date | None = None
    successor: str | None = None
    when_ended: WhenEnded = WhenEnded.KEEP

    @property
    def successors(self) -> tuple[str, ...]:
        """What took it over, if anything."""
        return () if self.successor is None else (self.successor,)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """What a region was from `start` to `end`, both days included; None is open. `successors` took it over.

    `where` is the point or the box that stands for it on a map.
    """

    title: Mapping[str, str]
    type: str
    iso: str | None = None
    where: Geometry | None = None
    parent: str | None = None
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        return self.days_from(day) == 0

    def days_from(self, day: date) -> int:
        """How many days lie between the day and this row; 0 where it holds."""
        if self.start is not None and day < self.start:
            return (self.start - day).days
        return 0 if self.end is None or day <= self.end else (day - self.end).days


class Reach(StrEnum):
    """How far a scope goes that is decided by the places of an article too, beside its own phrases."""

    NATIONAL = "national"
    INTERNATIONAL = "international"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceType:
    """A rank of places. `words` stand in front of a name of that rank (“huyện”, “TP.”), in any case.

    A name of the rank counts without such a word, too, where it is `bare`. Of an `area` the articles about its parts
    are the contents; its own name makes no place of it that stands beside them. `title` is the rank to readers.
    """

    id: str
    title: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    bare: bool = True
    area: bool = False


@dataclass(frozen=True, slots=True)
class LesserPlace:
    """A place within a region that has no feeds of its own, but speaks for the region; `type` is its rank."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place under one slug for ever, with its rows through time; or a scope, which is no place.

    `exceptions` are longer names that hold one of the place's and are not the place. A `seat` is where the organs of
    the country sit, so that what happens there may concern all of it. Articles of the `topics` of a scope have it where
    nothing tells where they are about. The feeds of a place that is `gone` go on until it was `given_up`, or ended.
    """

    id: str
    rows: tuple[RegionRow, ...]
    aliases: tuple[str, ...] = ()
    places: tuple[LesserPlace, ...] = ()
    exceptions: tuple[str, ...] = ()
    scope: bool = False
    reach: Reach | None = None
    seat: bool = False
    topics: frozenset[str] = frozenset()
    rule: Rule = NO_RULE
    when_ended: WhenEnded = WhenEnded.KEEP
    given_up: date | None = None

    @property
    def end(self) -> date | None:
        """The last day of its last row."""
        return self.rows[-1].end

    @property
    def successors(self) -> tuple[str, ...]:
        """What took it over then, but itself."""
        return tuple(slug for slug in self.rows[-1].successors if slug != self.id)

    def row(self, day: date) -> RegionRow:
        """The row of that day, else the nearest one."""
        return min(self.rows, key=lambda row: row.days_from(day))

    def names(self) -> tuple[str, ...]:
        """Every name the place goes by, each once; a scope has none."""
        if self.scope:
            return ()
        titles = (title for row in self.rows for title in row.title.values())
        return tuple(dict.fromkeys((*titles, *self.aliases)))


@dataclass(frozen=True)
class Taxonomy:
    """All topics and regions, by slug, in the order of their files."""

    topics: Mapping[str, Topic]
    regions: Mapping[str, Region]
    types: Mapping[str, PlaceType] = field(default_factory=dict)

    @cached_property
    def ranks(self) -> Mapping[str, frozenset[str]]:
        """Every rank that each region has or had."""
        return {slug: frozenset(row.type for row in region.rows) for slug, region in self.regions.items()}

    @cached_property
    def areas(self) -> frozenset[str]:
        """The regions that are there to hold others."""
        kinds = frozenset(name for name, one in self.types.items() if one.area)
        return frozenset(slug for slug, ranks in self.ranks.items() if ranks & kinds)

    @cached_property
    def seats(self) -> frozenset[str]:
        """The regions where the organs of the country sit."""
        return frozenset(slug for slug, region in self.regions.items() if region.seat)

    @cached_property
    def scopes(self) -> Mapping[str, Region]:
        """The regions that are scopes."""
        return {slug: region for slug, region in self.regions.items() if region.scope}

    def topic_ancestors(self, slug: str) -> Iterator[str]:
        """The parents of a topic, the nearest first."""
        parent = self.topics[slug].parent
        while parent is not None:
            yield parent
            parent = self.topics[parent].parent

    def topics_holding(self, slug: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """The other topics whose feeds hold what a topic gives, the nearest first: its parents, what took it over.

        None of `without`, nor what follows from these alone.
        """
        found = [slug]
        for here in found:  # which grows meanwhile
            for other in (self.topics[here].parent, self.topics[here].successor):
                if other is not None and other not in found and other not in without:
                    found.append(other)
        return tuple(found[1:])

    @cached_property
    def _successors(self) -> Mapping[str, tuple[tuple[str, date | None], ...]]:
        return {
            slug: tuple(
                (successor, row.end) for row in region.rows for successor in row.successors if successor != slug
            )
            for slug, region in self.regions.items()
        }

    @cached_property
    def _predecessors(self) -> Mapping[str, tuple[tuple[str, date], ...]]:
        found: dict[str, list[tuple[str, date]]] = {}
        for slug in self.regions:
            for successor, end in self._successors[slug]:
                if end is not None:
                    found.setdefault(successor, []).append((slug, end))
        return {slug: tuple(before) for slug, before in found.items()}

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """Every day on which a row begins, or on which it or a topic holds no more, in order."""
        rows = [row for region in self.regions.values() for row in region.rows]
        given_up = *(one.end for one in self.topics.values()), *(one.given_up for one in self.regions.values())
        after = (day_after(end) for end in (*(row.end for row in rows), *given_up) if end is not None)
        return tuple(sorted([*(row.start for row in rows if row.start is not None), *after]))

    def predecessors(self, slug: str) -> tuple[tuple[str, date], ...]:
        """The regions that this one took over, each with the last day of the old one; not the region itself."""
        return self._predecessors.get(slug, ())

    def successors(self, slug: str) -> tuple[tuple[str, date | None], ...]:
        """The regions that took this one over, each with the last day of the old one; not the region itself."""
        return self._successors[slug]

    def heirs(self, slug: str, day: date) -> frozenset[str]:
        """The region itself, and those that had taken it over by that day, and those that had taken over those."""
        found, waiting = {slug}, [slug]
        while waiting:
            for heir, end in self._successors[waiting.pop()]:
                if heir not in found and end is not None and end < day:
                    found.add(heir)
                    waiting.append(heir)
        return frozenset(found)

    def holder(self, slug: str, day: date) -> str:
        """The region itself while it lasts, else the one that had taken it over last by that day."""
        held, seen = slug, {slug}
        while True:
            heir = next((one for one, end in self._successors[held] if end is not None and end < day), None)
            if heir is None or heir in seen:
                return held
            held = heir
            seen.add(heir)
