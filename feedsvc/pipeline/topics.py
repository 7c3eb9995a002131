"""Which topics an article has: the source's own first, then the upstream's terms, then the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..domain.article import Draft, Evidence, Label, LabelKind, Origin
from ..domain.clean import one_line
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy, Topic
from .reading import Reading

BESIDE = 0.4
"""The share of the strongest topic's strength that another one needs beside it."""
SOURCE_STRENGTH = 4.0
"""What the source says counts like a phrase between a lead and a headline."""


def topic_labels(taxonomy: Taxonomy, source: Source, draft: Draft, reading: Reading) -> tuple[Label, ...]:
    """The topics, strongest first; one that both the source and a rule give has the reasons of both."""
    given: dict[str, Label] = {}
    for label in (*_from_source(source, draft), *_from_rules(taxonomy.topics, reading)):
        given[label.slug] = _joined(given[label.slug], label) if label.slug in given else label
    strongest = max((label.strength for label in given.values()), default=0.0)
    given = {slug: label for slug, label in given.items() if label.strength >= BESIDE * strongest}
    order = {slug: place for place, slug in enumerate(taxonomy.topics)}
    depth = {slug: len(tuple(taxonomy.topic_ancestors(slug))) for slug in given}
    ranked = sorted(given.values(), key=lambda label: (-label.strength, -depth[label.slug], order[label.slug]))
    return tuple(replace(label, rank=rank) for rank, label in enumerate(ranked))


def _from_source(source: Source, draft: Draft) -> Iterator[Label]:
    for slug in source.topics:
        reason = Evidence(f"every article of {source.id} has it", "source", source.title)
        yield _label(slug, Origin.SOURCE, (reason,), SOURCE_STRENGTH)
    meant = {one_line(term): slug for term, slug in source.categories.items()}
    for term in draft.categories:
        if (mapped := meant.get(term)) is not None:
            reason = Evidence(f"{source.id} maps its category “{term}”", "category", term)
            yield _label(mapped, Origin.SOURCE, (reason,), SOURCE_STRENGTH)


def _from_rules(topics: Mapping[str, Topic], reading: Reading) -> Iterator[Label]:
    for slug in reading.rules("topic"):
        met = reading.met("topic", slug, topics[slug].rule)
        if met.reaches(topics[slug].rule.threshold):
            yield _label(slug, Origin.RULE, met.evidence, met.strength)


def _label(slug: str, origin: Origin, reason: tuple[Evidence, ...], strength: float) -> Label:
    return Label(kind=LabelKind.TOPIC, slug=slug, origin=origin, reason=reason, strength=strength)


def _joined(first: Label, second: Label) -> Label:
    strength = first.strength + second.strength
    return _label(first.slug, first.origin, first.reason + second.reason, strength)
