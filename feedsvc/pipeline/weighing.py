"""What the mentions of a place are worth together: where each stands, how, and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from ..domain.article import Evidence
from ..domain.language import Standing
from .found import HEAD, REASONS
from .naming import Mention

WEIGHT = {"title": 4.0, "lead": 2.0, "caption": 1.0, "body": 0.5}
"""What one mention of a place is worth by where it stands."""
MOST = {"title": 6.0, "lead": 4.5, "caption": 1.5, "body": 3.0}
"""What all mentions in such fields are worth together, at most."""
EARLY, EARLY_BODY = 800, 1.25
"""Within so many characters of the beginning of a text, a mention in the body is worth more."""
STANDS = {
    Standing.PLACE: 1.5,
    Standing.WITHIN: 1.0,
    Standing.BARE: 1.0,
    Standing.BRACKETED: 0.75,
    Standing.ORIGIN: 0.25,
    Standing.ASIDE: 0.4,
}
"""How much a mention counts by how it stands."""
LESSER = 0.75
"""How much the name of a lesser place counts for its region."""
LISTED = 0.35
"""How much a mention counts that stands in an enumeration of several regions."""
CROWD = 4
"""Regions in one paragraph from which on none of them is what it is about."""
VENUE = 0.3
"""How much a place counts that only holds what concerns the whole country."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A place, its mentions in the order of the text, and what they weigh together; whether it is but a venue."""

    slug: str
    mentions: tuple[Mention, ...]
    weight: float
    venue: bool = False

    def evidence(self) -> tuple[Evidence, ...]:
        """The mentions that weigh most, as reasons."""
        best = sorted(self.mentions, key=lambda one: -worth(one))[:REASONS]
        return tuple(one.found.evidence(_rule_of(one)) for one in best)

    def stands_in(self, *fields: str) -> bool:
        """Whether a mention that is not one of many stands in such a field."""
        return any(one.found.field in fields and not one.listed for one in self.mentions)


def _rule_of(one: Mention) -> str:
    name = "name of the place" if one.type is None else f"name of a place in it ({one.type})"
    listed = ", one of several" if one.listed else ""
    return f"{name}, {one.standing}{listed} (weight {worth(one):.2g})"


def weighed(mentions: Iterable[Mention]) -> tuple[Weighed, ...]:
    """Every place that is mentioned, the one that weighs most first."""
    by_place: dict[str, list[Mention]] = defaultdict(list)
    for one in _crowded(tuple(mentions)):
        by_place[one.slug].append(one)
    return _heaviest_first(_weighed(slug, tuple(ones)) for slug, ones in by_place.items())


def without_venues(places: Iterable[Weighed], seats: Container[str], of_all: bool) -> tuple[Weighed, ...]:
    """The same, of little weight where a place is only where something happens that concerns others.

    At a seat of the whole country that may be the country, where it is concerned `of_all`; anywhere, other places that
    stand in the title or the lead and are no such venue.
    """
    places = tuple(places)
    about = any(one.stands_in(*HEAD) and not _may_be_venue(one) for one in places)
    return _heaviest_first(
        _as_venue(one) if (about or (of_all and one.slug in seats)) and _may_be_venue(one) else one for one in places
    )


def worth(one: Mention) -> float:
    """What a mention is worth by itself."""
    found = one.found
    early = found.field == "body" and found.offset + found.hit.start < EARLY
    weight = (EARLY_BODY if early else WEIGHT[found.field]) * STANDS[one.standing]
    weight *= LESSER if one.type is not None else 1.0
    return weight * (LISTED if one.listed else 1.0)


def _weighed(slug: str, mentions: tuple[Mention, ...]) -> Weighed:
    sums: dict[str, float] = defaultdict(float)
    for one in mentions:
        sums[one.found.field] += worth(one)
    return Weighed(slug, mentions, sum(min(total, MOST[where]) for where, total in sums.items()))


def _crowded(mentions: tuple[Mention, ...]) -> Iterator[Mention]:
    """What stands among many others in one paragraph is one of several, unless it is introduced for itself."""
    there: dict[int, set[str]] = defaultdict(set)
    for one in mentions:
        there[one.found.place].add(one.slug)
    for one in mentions:
        crowd = len(there[one.found.place]) >= CROWD and one.standing is not Standing.PLACE
        yield one._replace(listed=True) if crowd else one


def _as_venue(one: Weighed) -> Weighed:
    return replace(one, weight=one.weight * VENUE, venue=True)


def _may_be_venue(one: Weighed) -> bool:
    """Whether nothing is said of a place but that something happens there."""
    head = [mention.standing for mention in one.mentions if mention.found.field in HEAD]
    title = any(mention.found.field == "title" for mention in one.mentions)
    ranked = any(mention.standing is Standing.PLACE for mention in one.mentions)
    return not title and not ranked and all(standing is Standing.WITHIN for standing in head)


def _heaviest_first(places: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Those of the same weight stay in the order in which they are named."""
    return tuple(sorted(places, key=lambda one: -one.weight))
