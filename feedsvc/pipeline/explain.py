"""Why an article has the labels that it has, and why it lacks those that it nearly had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..domain.article import Draft, Evidence, Label, LabelKind
from ..domain.source import Source
from .classify import Classifier
from .regions import Located
from .scopes import heaviest, near
from .topics import Unmet


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

    def about(self, *wanted: tuple[LabelKind, str]) -> Explanation:
        """The same of some labels alone: as they are given, or why they are not."""
        labels = tuple(label for label in self.labels if (label.kind, label.slug) in wanted)
        misses = {(miss.kind, miss.slug): miss for miss in self.misses}
        given = {(label.kind, label.slug) for label in labels}
        return Explanation(labels, tuple(misses.get(one) or _silent(*one) for one in wanted if one not in given))


def _silent(kind: LabelKind, slug: str) -> Miss:
    return Miss(kind, slug, "nothing in the text speaks for it")


def explain(classifier: Classifier, source: Source, draft: Draft) -> Explanation:
    """The labels of a draft with their reasons, and the near misses with theirs."""
    found = classifier.understood(source, draft)
    given = {(label.kind, label.slug) for label in found.labels}
    topics = found.themes.near(classifier.taxonomy.topics, found.reading)
    misses = (*_unmet(LabelKind.TOPIC, topics), *_region_misses(found.located))
    return Explanation(found.labels, tuple(miss for miss in misses if (miss.kind, miss.slug) not in given))


def _unmet(kind: LabelKind, near: Iterable[Unmet]) -> Iterator[Miss]:
    yield from (Miss(kind, one.slug, one.why, one.evidence) for one in near)


def _region_misses(located: Located) -> Iterator[Miss]:
    named = set()
    for one in located.near:
        named.add(one.place.slug)
        yield Miss(LabelKind.REGION, one.place.slug, one.why, one.place.evidence())
    yield from _unmet(LabelKind.REGION, near(located.speaking, located.scopes, heaviest(located.places)))
    for other in located.others:
        if other.slug not in named:
            named.add(other.slug)
            why = "its name stands there only as part of another name, or as another place of that name"
            yield Miss(LabelKind.REGION, other.slug, why, (other.found.evidence("part of another name"),))
