"""Labels of an article that several sources of one outlet bring: each has its say, and none takes another's away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..domain.article import Label, LabelKind


def merged(of_each: Iterable[tuple[Label, ...]]) -> tuple[Label, ...]:
    """Every label once, with the reasons of all sources that give it, strongest first; a written one beats a derived.

    Of one source alone they are as they came.
    """
    given = list(of_each)
    if len(given) == 1:
        return given[0]
    found: dict[tuple[LabelKind, str], Label] = {}
    for label in (label for labels in given for label in labels):
        place = (label.kind, label.slug)
        found[place] = _joined(found[place], label) if place in found else label
    return tuple(one for kind in (LabelKind.TOPIC, LabelKind.REGION) for one in _ranked(kind, found.values()))


def _joined(first: Label, second: Label) -> Label:
    if first.derived != second.derived:
        return second if first.derived else first
    reason = tuple(dict.fromkeys((*first.reason, *second.reason)))
    return replace(first, reason=reason, strength=max(first.strength, second.strength))


def _ranked(kind: LabelKind, labels: Iterable[Label]) -> Iterable[Label]:
    ours = [label for label in labels if label.kind is kind]
    for derived in (False, True):
        same = sorted((label for label in ours if label.derived is derived), key=lambda label: -label.strength)
        yield from (replace(label, rank=rank) for rank, label in enumerate(same))
