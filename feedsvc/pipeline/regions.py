"""Where an article is about: places by evidence, scopes by their rules and by the places.

names ─► mentions, weighed by place ─► those that stand out ─► the scopes that remain ─► what follows from all of them
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from ..domain.article import Draft, Evidence, Label, LabelKind, Origin
from ..domain.source import Source
from ..domain.taxonomy import Reach, Taxonomy
from .deriving import derived
from .found import HEAD
from .naming import Mention, Namer
from .reading import FOLDED, Reading
from .scopes import Scope, by_topic, given, scopes_of, weight_of
from .weighing import Weighed, weighed, without_venues

ENOUGH = 2.0
"""The weight of mentions that a place needs."""
ENOUGH_BELOW = 2.4
"""The same, where none stands in the title or the lead."""
AT_HOME = 0.5
"""The source's own region needs local evidence too, but little of it."""
BESIDE = 0.45
"""The share of the strongest place's weight that another one needs beside it."""
MANY, LEADS = 3, 1.5
"""Of so many places, one leads when it weighs so many times the last of them; else none of them is the subject."""
ABROAD, ASIDE = 0.5, 0.25
"""The share of the weight of what is abroad that a place needs beside it."""
NATIONAL = 1.5
"""The weight from which on what is said of the whole country makes a place its venue."""


@dataclass(frozen=True, slots=True)
class Near:
    """A place that something spoke for, and why it does not count."""

    place: Weighed
    why: str


@dataclass(frozen=True, slots=True)
class Located:
    """Where a draft is about: the places that count, those that do not, names of something else, and the scopes.

    `speaking` is what speaks for any scope, also for those that are not given.
    """

    places: tuple[Weighed, ...]
    near: tuple[Near, ...]
    others: tuple[Mention, ...]
    scopes: tuple[Label, ...]
    speaking: tuple[Scope, ...]
    homes: frozenset[str]


@dataclass(frozen=True)
class Locator:
    """Decides the regions of drafts, by one taxonomy in one language."""

    taxonomy: Taxonomy
    namer: Namer

    def labels(self, source: Source, reading: Reading, located: Located) -> tuple[Label, ...]:
        """The regions as written, strongest first, then those derived from them."""
        share = FOLDED if reading.folded else 1.0
        found = [*(_label(source, located.homes, one, share) for one in located.places), *located.scopes]
        found.sort(key=lambda label: -label.strength)
        written = tuple(replace(label, rank=rank) for rank, label in enumerate(found))
        return (*written, *derived(self.taxonomy, written))

    def located(self, source: Source, draft: Draft, reading: Reading, topics: tuple[Label, ...]) -> Located:
        """What counts, what does not, and why; `topics` are those of the draft."""
        day = draft.published.astimezone(ZoneInfo(source.zone)).date()
        homes = frozenset[str]() if source.home is None else self.taxonomy.heirs(source.home, day)
        naming = self.namer.read(reading, day)
        every = {one.slug: one for one in weighed(naming.mentions)}
        areas = tuple(one for slug, one in every.items() if slug in self.taxonomy.areas)
        places = tuple(one for slug, one in every.items() if self._is_place(slug))
        scopes = scopes_of(self.taxonomy, reading, every, areas, places)
        country, abroad = weight_of(scopes, Reach.NATIONAL), weight_of(scopes, Reach.INTERNATIONAL)
        places = without_venues(places, self.taxonomy.seats, country >= NATIONAL)
        standing, near, many = _standing_out(places, homes, max(abroad * ABROAD, country * ASIDE))
        labels = given(scopes, standing, many)
        if not labels and not standing:
            labels = tuple(by_topic(self.taxonomy, topics))
        standing = (*standing, *(one for one in areas if self._is_subject(one, standing)))
        return Located(standing, near, naming.others, labels, scopes, homes)

    def _is_subject(self, area: Weighed, standing: tuple[Weighed, ...]) -> bool:
        """Whether an area below the country is what an article is about, and no place in it."""
        below = self.taxonomy.regions[area.slug].rows[-1].parent is not None
        return below and not standing and area.weight >= ENOUGH and area.stands_in(*HEAD)

    def _is_place(self, slug: str) -> bool:
        return not self.taxonomy.regions[slug].scope and slug not in self.taxonomy.areas


def _standing_out(
    places: tuple[Weighed, ...], homes: frozenset[str], beyond: float
) -> tuple[tuple[Weighed, ...], tuple[Near, ...], tuple[Weighed, ...]]:
    """The places that count, those that do not, and, where they are too many for one of them, which."""
    enough = [one for one in places if one.weight >= needed(one, homes)]
    near = [Near(one, _too_little(one, homes)) for one in places if one not in enough]
    top = max((one.weight for one in enough), default=0.0)
    kept = []
    for one in enough:
        if one.slug in homes:
            kept.append(one)
        elif one.weight < beyond and not one.stands_in(*HEAD):
            near.append(Near(one, f"its mentions weigh {one.weight:g}, and {beyond:g} is needed beside a larger scope"))
        elif one.weight < BESIDE * top:
            near.append(Near(one, f"its mentions weigh {one.weight:g}, beside {top:g} of the strongest place"))
        else:
            kept.append(one)
    if len(kept) >= MANY and kept[0].weight < LEADS * kept[MANY - 1].weight and not _in_title(kept):
        near += [Near(one, f"it is one of {len(kept)} places, of which none leads") for one in kept]
        return (), tuple(near), tuple(kept)
    return tuple(kept), tuple(near), ()


def needed(one: Weighed, homes: frozenset[str]) -> float:
    """The weight that a place needs to count."""
    if one.slug in homes:
        return AT_HOME
    return ENOUGH if one.stands_in(*HEAD) else ENOUGH_BELOW


def _in_title(places: Iterable[Weighed]) -> bool:
    return all(one.stands_in("title") for one in places)


def _too_little(one: Weighed, homes: frozenset[str]) -> str:
    why = f"its mentions weigh {one.weight:g}, and {needed(one, homes):g} is needed"
    return f"{why}; it is only where something of the whole country happens" if one.venue else why


def _label(source: Source, homes: frozenset[str], place: Weighed, share: float) -> Label:
    reason = place.evidence()
    if place.slug in homes:
        reason = (*reason, Evidence(f"{source.id} is at home there", "source", source.title))
    return Label(
        kind=LabelKind.REGION, slug=place.slug, origin=Origin.RULE, reason=reason, strength=place.weight * share
    )
