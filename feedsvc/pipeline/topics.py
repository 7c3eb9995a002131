"""Which topics an article has: the source's own first, then the upstream's terms and sections, then the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ..domain.article import Draft, Evidence, Label, LabelKind, Origin
from ..domain.clean import one_line
from ..domain.rule import Rule
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy, Topic
from .meeting import Met
from .reading import Reading

SOURCE_STRENGTH = 8.0
"""What the source says counts like a phrase of weight 2 in a lead."""
BESIDE = 0.4
"""The share of the strongest topic's strength that a rule needs beside it."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A topic or scope that phrases spoke for, and why it is not given."""

    slug: str
    why: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Themes:
    """The topics of a draft, the primary one first; and the strength that a rule needed beside them."""

    labels: tuple[Label, ...]
    needed: float

    def near(self, topics: Mapping[str, Topic], reading: Reading) -> Iterator[Unmet]:
        """What is not given, though something spoke for it."""
        given = {label.slug for label in self.labels}
        for slug in reading.rules("topic"):
            if slug not in given:
                rule = topics[slug].rule
                one = reading.met("topic", slug, rule)
                yield Unmet(slug, _why_unmet(one, rule, self.needed), one.evidence)


def themes_of(taxonomy: Taxonomy, source: Source, draft: Draft, reading: Reading) -> Themes:
    """The topics, strongest first; one that both the source and a rule give has the reasons of both."""
    given: dict[str, Label] = {}
    for label in _from_source(source, draft):
        given[label.slug] = _joined(given[label.slug], label) if label.slug in given else label
    by_rule, needed = _by_rule(taxonomy, reading, {slug: label.strength for slug, label in given.items()})
    for slug, one in by_rule.items():
        if slug in given or one.strength >= needed:
            label = _label(slug, Origin.RULE, one.evidence, one.strength)
            given[slug] = _joined(given[slug], label) if slug in given else label
    return Themes(_ranked(taxonomy, given), needed)


def _by_rule(taxonomy: Taxonomy, reading: Reading, given: Mapping[str, float]) -> tuple[dict[str, Met], float]:
    """The topics whose rules are met, and the strength that each needs beside the strongest.

    The strongest are looked at first, so that many that are too weak beside them need not be.
    """
    found, needed = {}, BESIDE * max(given.values(), default=0.0)
    likely = {slug: reading.at_most("topic", slug, taxonomy.topics[slug].rule) for slug in reading.rules("topic")}
    for slug, (weight, strength) in sorted(likely.items(), key=lambda one: -one[1][1]):
        rule = taxonomy.topics[slug].rule
        if weight < rule.threshold or (strength < needed and slug not in given):
            continue
        one = reading.met("topic", slug, rule)
        if one.reaches(rule.threshold):
            found[slug] = one
            needed = max(needed, BESIDE * (one.strength + given.get(slug, 0.0)))
    return found, needed


def _why_unmet(one: Met, rule: Rule, needed: float) -> str:
    """Why a rule gives nothing, in words."""
    if one.reaches(rule.threshold):
        return f"its strength is {one.strength:g}, and {needed:g} is needed beside the first"
    if one.against is not None:
        return f"a phrase of `none` takes it away: “{one.against.words}”"
    if one.counted:
        return f"its phrases weigh {one.weight:g}, and {rule.threshold:g} is needed"
    return "its phrases stand in other fields than the rule asks for, or are covered by an exception"


def _ranked(taxonomy: Taxonomy, given: Mapping[str, Label]) -> tuple[Label, ...]:
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
    path = urlsplit(draft.link).path if source.sections and draft.link else ""
    for part, slug in source.sections.items():
        if part in path:
            reason = Evidence(f"{source.id} maps its section “{part}”", "address", path)
            yield _label(slug, Origin.SOURCE, (reason,), SOURCE_STRENGTH)


def _label(slug: str, origin: Origin, reason: tuple[Evidence, ...], strength: float) -> Label:
    return Label(kind=LabelKind.TOPIC, slug=slug, origin=origin, reason=reason, strength=strength)


def _joined(first: Label, second: Label) -> Label:
    strength = first.strength + second.strength
    reason = tuple(dict.fromkeys((*first.reason, *second.reason)))
    return _label(first.slug, first.origin, reason, strength)
