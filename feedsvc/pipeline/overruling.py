"""Why a stored article has its labels: what its source and the rules say, and the operator, who outranks them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..domain.article import Article, Decision, LabelKind
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy
from .classify import Classifier, brought
from .deciding import decided, told
from .explain import Explanation, Miss, explain
from .merging import merged


def explained(classifier: Classifier, sources: Mapping[str, Source], article: Article) -> Explanation | None:
    """The explanation of a stored article by all its configured sources; None without any."""
    found = [explain(classifier, source, draft) for source, draft in brought(sources, article)]
    return overruled(classifier.taxonomy, _joined(found), article.decisions) if found else None


def _joined(found: list[Explanation]) -> Explanation:
    """What any of several sources gives is given; else the first says why not."""
    labels = merged(one.labels for one in found)
    given = {(label.kind, label.slug) for label in labels}
    misses: dict[tuple[LabelKind, str], Miss] = {}
    for miss in (miss for one in found for miss in one.misses):
        misses.setdefault((miss.kind, miss.slug), miss)
    return Explanation(labels, tuple(miss for place, miss in misses.items() if place not in given))


def overruled(taxonomy: Taxonomy, found: Explanation, decisions: tuple[Decision, ...]) -> Explanation:
    """The labels as the operator has them; of what was taken first who took it and why, with what spoke for it."""
    if not decisions:
        return found
    labels = decided(taxonomy, found.labels, decisions)
    settled = {(label.kind, label.slug) for label in labels} | {(one.kind, one.slug) for one in decisions}
    misses = (miss for miss in found.misses if (miss.kind, miss.slug) not in settled)
    return replace(found, labels=labels, misses=(*_taken(found, decisions), *misses))


def _taken(found: Explanation, decisions: Iterable[Decision]) -> Iterator[Miss]:
    spoke = {(miss.kind, miss.slug): miss.evidence for miss in found.misses}
    spoke |= {(label.kind, label.slug): label.reason for label in found.labels}
    for one in decisions:
        if not one.given:
            yield Miss(one.kind, one.slug, f"{told(one)}: {one.reason}", spoke.get((one.kind, one.slug), ()))
