"""The regions that follow from those as written: what took them over, and what they lie in."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.article import Evidence, Label, LabelKind, Origin
from ..domain.taxonomy import Taxonomy


def derived(taxonomy: Taxonomy, written: tuple[Label, ...], without: frozenset[str] = frozenset()) -> tuple[Label, ...]:
    """Successors and ancestors of the regions as written, each once, each with where it follows from.

    Those of `without` do not follow from anything, and nothing follows from them.
    """
    have = {label.slug for label in written} | without
    found: dict[str, Label] = {}
    waiting = [label.slug for label in written]
    while waiting:
        slug = waiting.pop(0)
        for other, reason in _next(taxonomy, slug):
            if other not in have and other not in found:
                found[other] = Label(
                    kind=LabelKind.REGION,
                    slug=other,
                    origin=Origin.RULE,
                    reason=(Evidence(reason, "region", slug),),
                    derived=True,
                    rank=len(found),
                )
                waiting.append(other)
    return tuple(found.values())


def _next(taxonomy: Taxonomy, slug: str) -> Iterator[tuple[str, str]]:
    for successor, until in taxonomy.successors(slug):
        when = "" if until is None else f" after {until.isoformat()}"
        yield successor, f"took over {slug}{when}"
    last = taxonomy.regions[slug].rows[-1]
    # Where a place lay that others took over, something else may lie today; those others tell where it lies now.
    if last.parent is not None and (last.end is None or not taxonomy.successors(slug)):
        yield last.parent, f"{slug} lies in it"
