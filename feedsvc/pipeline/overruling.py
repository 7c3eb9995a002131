"""Why a stored article has its labels: what its source and the rules say, and the operator, who outranks them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..domain.article import Article, Decision
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy
from .classify import Classifier
from .deciding import decided, told
from .explain import Explanation, Miss, explain


def explained(classifier: Classifier, source: Source, article: Article) -> Explanation:
    """The explanation of a stored article that is of this source."""
    return overruled(classifier.taxonomy, explain(classifier, source, article.draft), article.decisions)


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
