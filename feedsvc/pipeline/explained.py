"""An explanation for programs, under the same names wherever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..domain.article import Article, Decision, Draft, Evidence, Label
from .explain import Explanation, Miss


def facts_of(draft: Draft, found: Explanation, article: Article | None) -> Mapping[str, object]:
    """What is known of the article's date and labels; `article` is None for a text that is not stored."""
    return {
        "id": None if article is None else article.id,
        "title": draft.title,
        "published": f"{draft.published:%Y-%m-%dT%H:%M:%SZ}",
        "dated_by": draft.dated_by,
        "mended": draft.mended,
        "labels": [_label(label) for label in found.labels],
        "not": [_miss(miss) for miss in found.misses],
        "decisions": [_decision(one) for one in (() if article is None else article.decisions)],
    }


def _label(label: Label) -> Mapping[str, object]:
    return {
        "kind": label.kind,
        "slug": label.slug,
        "origin": label.origin,
        "derived": label.derived,
        "strength": label.strength,
        "reason": _evidence(label.reason),
    }


def _miss(miss: Miss) -> Mapping[str, object]:
    return {"kind": miss.kind, "slug": miss.slug, "why": miss.why, "evidence": _evidence(miss.evidence)}


def _decision(one: Decision) -> Mapping[str, object]:
    return {
        "kind": one.kind,
        "slug": one.slug,
        "given": one.given,
        "reason": one.reason,
        "at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}",
    }


def _evidence(evidence: Iterable[Evidence]) -> list[Mapping[str, str]]:
    return [
        {
            "rule": one.rule,
            "field": one.field,
            "words": one.words,
            **({"before": one.before, "after": one.after} if one.before or one.after else {}),
        }
        for one in evidence
    ]
