"""The patterns of a taxonomy: the keys under which the classifier meets its own rules and names again."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.matching import Pattern
from ..domain.taxonomy import Rule, Taxonomy


def patterns_of(taxonomy: Taxonomy) -> Iterator[Pattern]:
    """Every phrase and every place name, under `topic:SLUG:PART:PLACE`, `region:SLUG:PART:PLACE` and `region:SLUG`."""
    for topic in taxonomy.topics.values():
        yield from _rule_patterns(f"topic:{topic.id}", topic.rule)
    for region in taxonomy.regions.values():
        yield from _rule_patterns(f"region:{region.id}", region.rule)
        for name in region.names():
            yield Pattern(f"region:{region.id}", name, case=True)


def _rule_patterns(owner: str, rule: Rule) -> Iterator[Pattern]:
    for part, phrases in rule.parts():
        for place, phrase in enumerate(phrases):
            yield Pattern(f"{owner}:{part}:{place}", phrase.text, phrase.case)
