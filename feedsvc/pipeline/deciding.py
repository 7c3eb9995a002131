"""The operator's decisions about labels, which outrank what rules and sources say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..domain.article import Decision, Evidence, Label, LabelKind, Origin
from ..domain.taxonomy import Taxonomy
from .deriving import derived

Decided = Mapping[str, Decision]
"""The decisions about labels of one kind, by slug."""


def decided(taxonomy: Taxonomy, labels: tuple[Label, ...], decisions: Iterable[Decision]) -> tuple[Label, ...]:
    """The labels as the operator has them.

    What was given stands first, with the reasons that rules have for it, too. What was taken is not there, and nothing
    follows from it. A decision about what is not configured waits until it is.
    """
    decisions = tuple(decisions)
    if not decisions:
        return labels
    topics = _of_kind(labels, LabelKind.TOPIC, _about(decisions, LabelKind.TOPIC, taxonomy.topics))
    said = _about(decisions, LabelKind.REGION, taxonomy.regions)
    regions = _of_kind(labels, LabelKind.REGION, said)
    if said:
        regions = (*regions, *derived(taxonomy, regions, _taken(said)))
    return topics + regions


def taken_topics(decisions: Iterable[Decision]) -> frozenset[str]:
    """The topics that the operator took away: neither they nor their parents hold the article for a child's sake."""
    return frozenset(one.slug for one in decisions if one.kind is LabelKind.TOPIC and not one.given)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """By kind and slug, as an article has them."""
    return tuple(sorted(decisions, key=lambda one: (one.kind, one.slug)))


def told(decision: Decision) -> str:
    """What was decided and when, in words; why is the decision's reason."""
    return f"{'given' if decision.given else 'taken away'} by the operator on {decision.at:%Y-%m-%d}"


def _about(decisions: Iterable[Decision], kind: LabelKind, configured: Iterable[str]) -> Decided:
    found = {one.slug: one for one in decisions if one.kind is kind}
    return {slug: found[slug] for slug in configured if slug in found} if found else {}


def _taken(said: Decided) -> frozenset[str]:
    return frozenset(slug for slug, one in said.items() if not one.given)


def _of_kind(labels: tuple[Label, ...], kind: LabelKind, said: Decided) -> tuple[Label, ...]:
    """The labels of a kind, untouched where nothing is said; else those that are not derived."""
    ours = tuple(label for label in labels if label.kind is kind)
    if not said:
        return ours
    found = {label.slug: label for label in ours if not label.derived}
    strongest = max((label.strength for label in found.values()), default=1.0)
    given = [_given(one, found.get(one.slug), strongest) for one in _by_rank(said, found)]
    kept = [label for slug, label in found.items() if slug not in said]
    return tuple(replace(label, rank=rank) for rank, label in enumerate((*given, *kept)))


def _by_rank(said: Decided, found: Mapping[str, Label]) -> list[Decision]:
    """What was given: first what rules give as well, as they rank it."""
    given = [one for one in said.values() if one.given]
    return sorted(given, key=lambda one: found[one.slug].rank if one.slug in found else len(found))


def _given(decision: Decision, label: Label | None, strength: float) -> Label:
    why = Evidence(told(decision), "operator", decision.reason)
    return Label(
        kind=decision.kind,
        slug=decision.slug,
        origin=Origin.OPERATOR,
        reason=(why, *(() if label is None else label.reason)),
        strength=strength,
    )
