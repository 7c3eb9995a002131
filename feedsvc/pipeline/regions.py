"""Where an article is about: places by evidence, scopes by rule, ancestors and successors derived from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from ..domain.article import Draft, Evidence, Label, LabelKind, Origin
from ..domain.language import Standing
from ..domain.source import Source
from ..domain.taxonomy import Region, Taxonomy
from ..ports import Language
from .reading import Found, Reading

WEIGHT = {"title": 3.0, "lead": 2.0, "caption": 1.5, "body": 0.5}
"""What one mention of a place is worth by where it stands."""
INTRODUCED = 1.5
"""A type word or a preposition before the name makes the mention worth so many times more."""
ENOUGH = 2.0
AT_HOME = 0.5
"""The source's own region needs local evidence too, but little of it."""
REASONS = 5
MOST_MENTIONS = 1000
"""Mentions of one place that are looked at; nobody writes as many."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """A place's evidence: what counts for it, and what was found but is part of another name."""

    weight: float
    evidence: tuple[Evidence, ...]
    other_names: tuple[Found, ...]


def region_labels(
    taxonomy: Taxonomy, language: Language, source: Source, draft: Draft, reading: Reading
) -> tuple[Label, ...]:
    """The regions as written, strongest first, then those derived from them."""
    homes = homes_of(taxonomy, source, draft)
    found = sorted(_written(taxonomy, language, source, homes, reading), key=lambda label: -label.strength)
    written = tuple(replace(label, rank=rank) for rank, label in enumerate(found))
    return (*written, *derived(taxonomy, written))


def homes_of(taxonomy: Taxonomy, source: Source, draft: Draft) -> frozenset[str]:
    """The source's own region, and what had taken it over by the day of the article."""
    if source.home is None:
        return frozenset()
    day: date = draft.published.astimezone(ZoneInfo(source.zone)).date()
    return taxonomy.heirs(source.home, day)


def threshold(region: str, homes: frozenset[str]) -> float:
    """The weight of mentions that a place needs in an article of a source that is at home there, or is not."""
    return AT_HOME if region in homes else ENOUGH


def mentions(region: Region, language: Language, reading: Reading, names: frozenset[Found]) -> Mentions:
    """What speaks for a place; only what is among `names` is a name by itself."""
    weight, evidence, others = 0.0, [], []
    for found in islice(reading.of(f"region:{region.id}"), MOST_MENTIONS):
        if found not in names:
            continue
        standing = language.standing(found.text[: found.hit.start], found.text[found.hit.end :])
        if standing is Standing.NAME:
            others.append(found)
            continue
        introduced = standing is Standing.PLACE
        weight += WEIGHT[found.field] * (INTRODUCED if introduced else 1.0)
        words = "name of the place, introduced as one" if introduced else "name of the place"
        evidence.append(Evidence(words, found.field, found.hit.words))
    return Mentions(weight, tuple(evidence[:REASONS]), tuple(others))


def derived(taxonomy: Taxonomy, written: tuple[Label, ...]) -> tuple[Label, ...]:
    """Successors and ancestors of the regions as written, each once, each with where it follows from."""
    have = {label.slug for label in written}
    found: dict[str, Label] = {}
    waiting = [label.slug for label in written]
    while waiting:
        slug = waiting.pop(0)
        for other, reason in _next(taxonomy, slug):
            if other not in have and other not in found:
                found[other] = Label(
                    kind=LabelKind.REGION,
                    slug=other,
                    origin=Origin.RULE,
                    reason=(Evidence(reason, "region", slug),),
                    derived=True,
                    rank=len(found),
                )
                waiting.append(other)
    return tuple(found.values())


def place_names(taxonomy: Taxonomy, reading: Reading) -> frozenset[Found]:
    """Every place name, read from the left: one that begins within another, or lies within a longer one, is none."""
    places = (slug for slug in reading.keys("region") if not taxonomy.regions[slug].scope)
    found = [one for slug in places for one in reading.of(f"region:{slug}")]
    names: list[Found] = []
    for one in sorted(found, key=lambda one: (one.place, one.hit.start, -one.hit.end)):
        last = names[-1] if names and names[-1].place == one.place else None
        if last is None or one.hit.start >= last.hit.end or _same_words(last, one):
            names.append(one)
    return frozenset(names)


def _same_words(one: Found, other: Found) -> bool:
    return (one.hit.start, one.hit.end) == (other.hit.start, other.hit.end)


def _written(
    taxonomy: Taxonomy, language: Language, source: Source, homes: frozenset[str], reading: Reading
) -> Iterator[Label]:
    names = place_names(taxonomy, reading)
    for slug in reading.keys("region"):
        region = taxonomy.regions[slug]
        if region.scope:
            met = reading.met(f"region:{slug}", region.rule)
            if met.reaches(region.rule.threshold):
                yield _label(slug, met.evidence, met.strength)
            continue
        found = mentions(region, language, reading, names)
        if found.evidence and found.weight >= threshold(slug, homes):
            home = (Evidence(f"{source.id} is at home there", "source", source.title),) if slug in homes else ()
            yield _label(slug, (*found.evidence, *home), found.weight)


def _next(taxonomy: Taxonomy, slug: str) -> Iterator[tuple[str, str]]:
    for successor, until in taxonomy.successors(slug):
        when = "" if until is None else f" after {until.isoformat()}"
        yield successor, f"took over {slug}{when}"
    parent = taxonomy.regions[slug].rows[-1].parent
    if parent is not None:
        yield parent, f"{slug} lies in it"


def _label(slug: str, reason: tuple[Evidence, ...], strength: float) -> Label:
    return Label(kind=LabelKind.REGION, slug=slug, origin=Origin.RULE, reason=reason, strength=strength)
