"""Why an article has the labels that it has, and why it lacks those that it nearly had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.article import Draft, Evidence, Label, LabelKind
from ..domain.source import Source
from ..domain.taxonomy import Rule
from .classify import Classifier
from .reading import Reading
from .regions import homes_of, mentions, place_names, threshold


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that something spoke for, and why that was not enough."""

    kind: LabelKind
    slug: str
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was decided about an article, both ways."""

    labels: tuple[Label, ...]
    misses: tuple[Miss, ...]


def explain(classifier: Classifier, source: Source, draft: Draft) -> Explanation:
    """The labels of a draft with their reasons, and the near misses with theirs."""
    labels = classifier.labels(source, draft)
    given = {(label.kind, label.slug) for label in labels}
    reading = Reading(classifier.matcher, draft)
    misses = (*_topic_misses(classifier, reading), *_region_misses(classifier, source, draft, reading))
    return Explanation(labels, tuple(miss for miss in misses if (miss.kind, miss.slug) not in given))


def _topic_misses(classifier: Classifier, reading: Reading) -> Iterator[Miss]:
    for slug in reading.keys("topic"):
        if (why := _rule_miss(reading, f"topic:{slug}", classifier.taxonomy.topics[slug].rule)) is not None:
            yield Miss(LabelKind.TOPIC, slug, *why)


def _region_misses(classifier: Classifier, source: Source, draft: Draft, reading: Reading) -> Iterator[Miss]:
    language = classifier.languages.of(draft.language)
    names = place_names(classifier.taxonomy, reading)
    homes = homes_of(classifier.taxonomy, source, draft)
    for slug in reading.keys("region"):
        region = classifier.taxonomy.regions[slug]
        if region.scope:
            if (missed := _rule_miss(reading, f"region:{slug}", region.rule)) is not None:
                yield Miss(LabelKind.REGION, slug, *missed)
            continue
        found = mentions(region, language, reading, names)
        needed = threshold(slug, homes)
        if found.evidence and found.weight < needed:
            why = f"its mentions weigh {found.weight:g}, and {needed:g} is needed"
            yield Miss(LabelKind.REGION, slug, why, found.evidence)
        elif not found.evidence and found.other_names:
            one = found.other_names[0]
            words = one.text[max(0, one.hit.start - 15) : one.hit.end + 15]
            evidence = (Evidence("part of another name", one.field, words),)
            yield Miss(LabelKind.REGION, slug, "its name stands there only as part of another name", evidence)


def _rule_miss(reading: Reading, owner: str, rule: Rule) -> tuple[str, tuple[Evidence, ...]] | None:
    met = reading.met(owner, rule)
    if met.reaches(rule.threshold):
        return None
    if met.against is not None:
        return f"a phrase of `none` takes it away: “{met.against.words}”", (met.against,)
    if met.evidence:
        return f"its phrases weigh {met.weight:g}, and {rule.threshold:g} is needed", met.evidence
    return "its phrases stand in other fields than the rule asks for, or are covered by an exception", ()
