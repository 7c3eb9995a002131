"""The patterns of a taxonomy, under the keys of `domain.keys`."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.keys import Name, NoName, Term
from ..domain.matching import Pattern
from ..domain.rule import Rule
from ..domain.taxonomy import Region, Taxonomy


def patterns_of(taxonomy: Taxonomy) -> Iterator[Pattern]:
    """Every phrase of a rule, and every name of a place, of a lesser place, or of what is no place."""
    for topic in taxonomy.topics.values():
        yield from _of_rule("topic", topic.id, topic.rule)
    for region in taxonomy.regions.values():
        yield from _of_rule("region", region.id, region.rule)
        yield from _of_place(region)


def _of_rule(kind: str, slug: str, rule: Rule) -> Iterator[Pattern]:
    for part, phrases in rule.parts():
        for place, phrase in enumerate(phrases):
            yield Pattern(Term(kind, slug, part, place), phrase.text, phrase.case)


def _of_place(region: Region) -> Iterator[Pattern]:
    for name in region.names():
        yield Pattern(Name(region.id), name, case=True)
    for place in region.places:
        yield Pattern(Name(region.id, place.type), place.name, case=True)
    for name in region.exceptions:
        yield Pattern(NoName(region.id), name)
