"""Which scopes an article has: by their own phrases and places, and by what the places of the country leave over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from ..domain.article import Evidence, Label, LabelKind, Origin
from ..domain.taxonomy import Reach, Taxonomy
from .found import HEAD, REASONS, Found
from .meeting import Met
from .reading import Reading
from .topics import Unmet
from .weighing import Weighed

PHRASES = 0.5
"""What the strength of phrases is worth in the measure of places."""
LEAST = 1.0
"""The weight that a reach needs at least."""
ABROAD = 3.0
"""The share of the strongest place's weight that what is abroad needs beside it."""
PARTY = 0.75
"""The share of the weight of what is abroad with which the country is a party to it."""
OVER_COUNTRY = 0.6
"""The share of the weight of the whole country that what is abroad needs beside it."""
FOREIGN, NAMES = 2, 2.0
"""So many different foreign names, or one more often, speak for abroad where nothing speaks for the country."""
HINTED = 0.5
"""The weight of the country where only names of its places and people speak for it."""
OUTSIDE_HEAD = 1.2
"""The share that what is abroad needs beside the country where nothing of it stands in the title or the lead."""
COUNTRY = 2.5
"""The share of the strongest place's weight with which the whole country is meant beside it."""
SAID = 0.25
"""The weight with which the country is spoken of at all."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What speaks for a scope: its rule, where that is met, places of its own or areas; and its weight."""

    slug: str
    reach: Reach | None
    met: Met | None
    places: tuple[Weighed, ...]
    weight: float
    names: tuple[Found, ...] = ()

    def stands_out(self) -> bool:
        """Whether it is spoken of in the title or the lead."""
        return bool(self.weight and (self.met or self.names)) or any(one.stands_in(*HEAD) for one in self.places)

    def speaks(self) -> bool:
        """Whether anything speaks for it at all."""
        return bool(self.met or self.places or self.names)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for it: first the phrases, then the places, then names."""
        phrases = self.met.evidence if self.met else ()
        rule = "foreign name" if self.reach is Reach.INTERNATIONAL else "name of a person"
        places = ((one.found, "name of a place") for place in self.places for one in place.mentions)
        found = islice((*places, *((one, rule) for one in self.names)), REASONS - len(phrases))
        return (*phrases, *(one.evidence(rule) for one, rule in found))

    def label(self) -> Label:
        """The scope as a label."""
        return _label(self.slug, self.evidence, self.weight)


def scopes_of(
    taxonomy: Taxonomy,
    reading: Reading,
    every: Mapping[str, Weighed],
    areas: tuple[Weighed, ...],
    places: tuple[Weighed, ...],
) -> tuple[Scope, ...]:
    """What speaks for each scope of the taxonomy: areas and places of the country for the one of national reach."""
    found = []
    for slug, region in taxonomy.scopes.items():
        met = reading.met("region", slug, region.rule)
        counts = met if met.reaches(region.rule.threshold) else None
        hints = met if counts is None and met.against is None and met.counted else None
        its = (*((every[slug],) if slug in every else ()), *(areas if region.reach is Reach.NATIONAL else ()))
        weight = (counts.strength * PHRASES if counts else 0.0) + sum(one.weight for one in its)
        found.append(Scope(slug, region.reach, counts or hints, its, weight))
    if any(one.reach is Reach.INTERNATIONAL and one.weight for one in found):
        return tuple(found)
    hinted = any(one.met for one in found if one.reach is Reach.NATIONAL)
    named = any(one.weight for one in found) or any(one.weight for one in places)
    inside = hinted or named or bool(reading.native)
    return tuple(_by_names(one, reading, inside, places) for one in found)


def _enough(foreign: tuple[Found, ...]) -> bool:
    return len({found.words for found in foreign}) >= FOREIGN or len(foreign) > FOREIGN


def _by_names(one: Scope, reading: Reading, inside: bool, places: tuple[Weighed, ...]) -> Scope:
    """Where nothing else is said of abroad, names tell: those of people and places of the country, or foreign ones."""
    foreign = () if inside or not _enough(reading.foreign) else reading.foreign
    if one.reach is Reach.INTERNATIONAL and foreign:
        return replace(one, names=foreign, weight=NAMES)
    if one.reach is Reach.NATIONAL and not one.weight and inside and not foreign:
        return replace(one, names=reading.native, places=places, weight=HINTED)
    return one


def given(scopes: tuple[Scope, ...], standing: tuple[Weighed, ...], many: tuple[Weighed, ...]) -> tuple[Label, ...]:
    """The scopes that hold beside the places that count, or instead of those too many to."""
    strongest = heaviest(standing)
    abroad = tuple(_abroad(scopes, ABROAD * strongest, weight_of(scopes, Reach.NATIONAL)))
    plain = tuple(one for one in scopes if one.reach is None and one.weight)
    return (*(one.label() for one in (*plain, *abroad)), *_national(scopes, strongest, abroad, many))


def near(scopes: tuple[Scope, ...], labels: tuple[Label, ...], strongest: float) -> Iterator[Unmet]:
    """Those that something spoke for, and that are not given."""
    have = {label.slug for label in labels}
    beside = f", beside {strongest:.3g} of the strongest place" if strongest else ""
    for one in scopes:
        if one.slug not in have and one.speaks():
            yield Unmet(one.slug, f"what speaks for it weighs {one.weight:.3g}{beside}", one.evidence)


def heaviest(places: tuple[Weighed, ...]) -> float:
    """The weight of the strongest place."""
    return max((one.weight for one in places), default=0.0)


def by_topic(taxonomy: Taxonomy, topics: tuple[Label, ...]) -> Iterator[Label]:
    """The scopes of an article of which nothing tells where it is about, by its primary topic."""
    for slug, region in taxonomy.scopes.items():
        if topics and topics[0].slug in region.topics:
            reason = Evidence(f"nothing tells where it is about, and it is about {topics[0].slug}", "topic", "")
            yield _label(slug, (reason,), HINTED)


def weight_of(scopes: tuple[Scope, ...], reach: Reach) -> float:
    """The weight of the strongest scope of a reach."""
    return max((one.weight for one in scopes if one.reach is reach), default=0.0)


def _abroad(scopes: tuple[Scope, ...], beside_places: float, country: float) -> Iterator[Scope]:
    for one in scopes:
        share = OVER_COUNTRY if one.stands_out() else OUTSIDE_HEAD
        if one.reach is Reach.INTERNATIONAL and one.weight >= max(LEAST, beside_places, share * country):
            yield one


def _national(
    scopes: tuple[Scope, ...], strongest: float, abroad: tuple[Scope, ...], many: tuple[Weighed, ...]
) -> Iterator[Label]:
    outside = max((one.weight for one in abroad), default=0.0)
    for one in scopes:
        if one.reach is not Reach.NATIONAL:
            continue
        if many:
            rule = f"one of {len(many)} places of which none leads"
            reason = tuple(place.mentions[0].found.evidence(rule) for place in many[:REASONS])
            yield _label(one.slug, reason, sum(place.weight for place in many))
        elif abroad:
            if one.places and one.weight >= max(LEAST, PARTY * outside):
                yield one.label()
        elif (not strongest and one.weight >= SAID) or one.weight >= max(LEAST, COUNTRY * strongest):
            yield one.label()


def _label(slug: str, reason: tuple[Evidence, ...], strength: float) -> Label:
    return Label(kind=LabelKind.REGION, slug=slug, origin=Origin.RULE, reason=reason, strength=strength)
