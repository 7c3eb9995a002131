"""The operator's decisions outrank rules and sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from feedsvc.domain.article import Article, Decision, Evidence, Label, LabelKind, Origin
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Placed
from feedsvc.pipeline.deciding import decided, in_order

from .newsroom import CLASSIFIER, SOURCE, TAXONOMY, draft

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def decision(label: str, given: bool, reason: str = "seen by hand") -> Decision:
    kind, _, slug = label.partition(":")
    return Decision(kind=LabelKind(kind), slug=slug, given=given, reason=reason, at=AT)


def give(label: str) -> Decision:
    return decision(label, given=True)


def take(label: str) -> Decision:
    return decision(label, given=False)


def written(slug: str, strength: float, kind: LabelKind = LabelKind.REGION, rank: int = 0) -> Label:
    reason = (Evidence("a rule", "title", slug),)
    return Label(kind=kind, slug=slug, origin=Origin.RULE, reason=reason, strength=strength, rank=rank)


def slugs(labels: tuple[Label, ...], kind: LabelKind = LabelKind.REGION, derived: bool = False) -> list[str]:
    chosen = [label for label in labels if label.kind is kind and label.derived is derived]
    assert [label.rank for label in chosen] == list(range(len(chosen)))
    return [label.slug for label in chosen]


def placed(*decisions: Decision, title: str, lead: str = "Một câu.") -> Placed:
    one = draft(title, lead)
    article = Article(
        id="x", uri="tag:x", source=SOURCE.id, outlet=SOURCE.outlet, draft=one, updated=one.published, fingerprint="f"
    )
    found = CLASSIFIER.placed({SOURCE.id: SOURCE}, replace(article, decisions=decisions))
    assert found is not None
    return found


def test_without_decisions_the_labels_are_what_they_were() -> None:
    labels = (written("hue", 3.0),)
    assert decided(TAXONOMY, labels, ()) is labels


def test_a_given_label_stands_first_with_the_operators_reason() -> None:
    labels = decided(TAXONOMY, (written("hue", 3.0),), [give("region:tien-giang")])
    assert slugs(labels) == ["tien-giang", "hue"]
    first = labels[0]
    assert (first.origin, first.derived, first.strength) == (Origin.OPERATOR, False, 3.0)
    assert first.reason == (Evidence("given by the operator on 2026-03-01", "operator", "seen by hand"),)


def test_a_label_that_a_rule_gives_too_has_both_reasons() -> None:
    [label] = decided(TAXONOMY, (written("hue", 3.0),), [give("region:hue")])[:1]
    assert label.origin is Origin.OPERATOR
    assert [one.field for one in label.reason] == ["operator", "title"]


def test_of_several_given_labels_those_that_rules_give_too_stand_first() -> None:
    labels = (written("a", 3.0, LabelKind.TOPIC), written("politics", 2.0, LabelKind.TOPIC, rank=1))
    found = decided(TAXONOMY, labels, [give("topic:dan-van"), give("topic:politics")])
    assert slugs(found, LabelKind.TOPIC) == ["politics", "dan-van", "a"]


def test_what_follows_from_a_given_region_is_derived() -> None:
    labels = decided(TAXONOMY, (), [give("region:tien-giang")])
    assert slugs(labels) == ["tien-giang"]
    assert "dong-thap" in slugs(labels, derived=True)


def test_a_derived_region_that_is_given_counts_as_written() -> None:
    labels = placed(give("region:dong-thap"), title="Mưa ở Tiền Giang").article.labels
    assert slugs(labels) == ["dong-thap", "tien-giang"]
    assert "dong-thap" not in slugs(labels, derived=True)


def test_a_taken_region_takes_what_follows_from_it_alone() -> None:
    before = placed(title="Mưa ở Tiền Giang").article.labels
    assert "dong-thap" in slugs(before, derived=True)
    after = placed(take("region:tien-giang"), title="Mưa ở Tiền Giang").article.labels
    assert [label for label in after if label.kind is LabelKind.REGION] == []
    both = placed(take("region:tien-giang"), give("region:dong-thap"), title="Mưa ở Tiền Giang").article.labels
    assert slugs(both) == ["dong-thap"]
    assert "mien-tay" in slugs(both, derived=True)


def test_a_derived_region_can_be_taken_and_nothing_follows_from_it() -> None:
    found = placed(take("region:dong-thap"), title="Mưa ở Tiền Giang")
    assert slugs(found.article.labels) == ["tien-giang"]
    assert "dong-thap" not in slugs(found.article.labels, derived=True)
    assert FeedKey(region="dong-thap") not in found.feeds
    assert FeedKey(region="tien-giang") in found.feeds


def test_a_taken_topic_leaves_its_feed_also_where_a_child_would_bring_it_there() -> None:
    assert FeedKey(topic="politics") in placed(title="Bàn về dân vận khéo").feeds
    found = placed(take("topic:politics"), title="Bàn về dân vận khéo")
    assert FeedKey(topic="dan-van") in found.feeds
    assert FeedKey(topic="politics") not in found.feeds


def test_the_feeds_follow_what_was_given() -> None:
    found = placed(give("topic:politics"), give("region:hue"), title="Một tin")
    assert {FeedKey(topic="politics"), FeedKey(region="hue"), FeedKey(topic="politics", region="hue")} <= found.feeds


def test_a_decision_about_what_is_not_configured_waits() -> None:
    labels = (written("hue", 3.0),)
    assert decided(TAXONOMY, labels, [give("region:nowhere"), take("topic:nothing")]) == labels


def test_decisions_are_ordered_by_kind_and_slug() -> None:
    ones = [give("topic:b"), take("region:z"), give("topic:a")]
    assert [(one.kind, one.slug) for one in in_order(ones)] == [
        (LabelKind.REGION, "z"),
        (LabelKind.TOPIC, "a"),
        (LabelKind.TOPIC, "b"),
    ]
