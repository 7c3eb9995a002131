"""Why an article was not labelled as its readers say: of each label at fault, what spoke for it and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..domain.article import Draft, Evidence, LabelKind
from ..domain.source import Source
from ..pipeline.classify import Classifier
from ..pipeline.explain import Explanation, explain
from ..pipeline.scoring import Judged


@dataclass(frozen=True, slots=True)
class Reason:
    """A label at fault: `fault` is what is wrong with it, `why` how that came, `evidence` the words that decided."""

    kind: LabelKind
    slug: str
    fault: str
    why: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its title and the reasons for all that is at fault."""

    judged: Judged
    title: str
    reasons: tuple[Reason, ...]


def reasons_of(classifier: Classifier, source: Source, draft: Draft, judged: Judged) -> tuple[Reason, ...]:
    """The reasons, for labels that were given first."""
    found = explain(classifier, source, draft)
    return (*_wrong(found, judged), *_missed(found, judged))


def _wrong(found: Explanation, judged: Judged) -> Iterator[Reason]:
    labels = {(label.kind, label.slug): label for label in found.labels}
    for (kind, slug), fault in _faults(judged):
        label = labels[kind, slug]
        yield Reason(kind, slug, fault, f"{label.origin}, strength {label.strength:g}", label.reason)


def _faults(judged: Judged) -> Iterable[tuple[tuple[LabelKind, str], str]]:
    faults = {(LabelKind.REGION, slug): "must not be given" for slug in judged.violated}
    return {**dict.fromkeys(judged.wrong, "given, and no reader says so"), **faults}.items()


def _missed(found: Explanation, judged: Judged) -> Iterator[Reason]:
    misses = {(miss.kind, miss.slug): miss for miss in found.misses}
    for kind, slug in judged.missed:
        miss = misses.get((kind, slug))
        why = "nothing in the text speaks for it" if miss is None else miss.why
        yield Reason(kind, slug, "not given, and every reader says so", why, () if miss is None else miss.evidence)
