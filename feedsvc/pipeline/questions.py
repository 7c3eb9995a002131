"""Which labels an explanation is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..domain.article import LabelKind
from ..domain.taxonomy import Taxonomy

if TYPE_CHECKING:
    from .explain import Explanation

Wanted = tuple[tuple[LabelKind, str], ...]
"""Labels that are asked for by themselves; none asks for all."""


class UnknownLabel(ValueError):
    """A label is asked for that is not configured; the message is the sentence for whoever asked."""


def asked_for(topics: Iterable[str], regions: Iterable[str]) -> Wanted:
    """The labels of these slugs, each once."""
    named = ((LabelKind.TOPIC, topics), (LabelKind.REGION, regions))
    return tuple(dict.fromkeys((kind, slug) for kind, slugs in named for slug in slugs))


def answered(taxonomy: Taxonomy, found: Explanation, wanted: Wanted) -> Explanation:
    """The explanation of the labels that are asked for. Raises UnknownLabel."""
    there = {LabelKind.TOPIC: taxonomy.topics.keys(), LabelKind.REGION: taxonomy.regions.keys()}
    for kind, slug in wanted:
        if slug not in there[kind]:
            raise UnknownLabel(f"no {kind} is called {slug}; the ids stand in {kind}s.yaml")
    return found.about(*wanted) if wanted else found
