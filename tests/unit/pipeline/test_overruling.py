"""Why a stored article has its labels, with what the operator decided about them."""

from __future__ import annotations

from dataclasses import replace

from feedsvc.domain.article import Article, Carrier, Decision, Evidence, LabelKind, Origin
from feedsvc.domain.source import Source
from feedsvc.pipeline.explain import Explanation, explain
from feedsvc.pipeline.explained import facts_of
from feedsvc.pipeline.overruling import explained

from .newsroom import CLASSIFIER, NOW, SOURCE, draft

GIVEN = Decision(kind=LabelKind.TOPIC, slug="sport", given=True, reason="a match", at=NOW)
TAKEN = Decision(kind=LabelKind.REGION, slug="hue", given=False, reason="its hotel", at=NOW)
DRAFT = draft("Mưa ở Huế", "Một trận bóng đá.")
ARTICLE = Article(
    id="x", uri="tag:x", source=SOURCE.id, outlet=SOURCE.outlet, draft=DRAFT, updated=DRAFT.published, fingerprint="f"
)
DECIDED = replace(ARTICLE, decisions=(TAKEN, GIVEN))


def told_of(article: Article, *further: Source) -> Explanation:
    found = explained(CLASSIFIER, {one.id: one for one in (SOURCE, *further)}, article)
    assert found is not None
    return found


def test_a_label_that_only_another_source_gives_is_given() -> None:
    other = replace(SOURCE, id="muc-the-thao", topics=("sport",))
    article = replace(ARTICLE, others=(Carrier(other.id),))
    assert "sport" not in {label.slug for label in told_of(article).labels}
    found = told_of(article, other)
    assert "sport" in {label.slug for label in found.labels}
    assert "sport" not in {miss.slug for miss in found.misses}


def test_an_article_that_no_configured_source_brings_has_none() -> None:
    assert explained(CLASSIFIER, {}, ARTICLE) is None


def test_without_decisions_it_is_what_rules_and_sources_say() -> None:
    assert told_of(ARTICLE) == explain(CLASSIFIER, SOURCE, DRAFT)


def test_a_given_label_has_the_operators_reason_and_is_missed_no_more() -> None:
    before, after = told_of(ARTICLE), told_of(DECIDED)
    assert "sport" in {miss.slug for miss in before.misses}
    label = next(label for label in after.labels if label.slug == "sport")
    assert label.origin is Origin.OPERATOR
    assert label.reason[0] == Evidence("given by the operator on 2026-03-01", "operator", "a match")
    assert "sport" not in {miss.slug for miss in after.misses}


def test_of_a_taken_label_it_says_who_took_it_and_why_with_what_spoke_for_it() -> None:
    found = told_of(DECIDED)
    assert "hue" not in {label.slug for label in found.labels}
    miss = found.misses[0]
    assert (miss.kind, miss.slug) == (LabelKind.REGION, "hue")
    assert miss.why == "taken away by the operator on 2026-03-01: its hotel"
    assert [one.words for one in miss.evidence] == ["Huế"]


def test_a_label_that_nothing_spoke_for_can_be_taken_too() -> None:
    other = replace(TAKEN, slug="nam-dinh")
    found = told_of(replace(ARTICLE, decisions=(other,)))
    assert [(miss.slug, miss.evidence) for miss in found.misses if miss.slug == "nam-dinh"] == [("nam-dinh", ())]


def test_programs_are_told_the_decisions_too() -> None:
    facts = facts_of(DRAFT, told_of(DECIDED), DECIDED)
    assert facts["id"] == "x"
    assert facts["decisions"] == [
        {"kind": "region", "slug": "hue", "given": False, "reason": "its hotel", "at": "2026-03-01T08:00:00Z"},
        {"kind": "topic", "slug": "sport", "given": True, "reason": "a match", "at": "2026-03-01T08:00:00Z"},
    ]


def test_of_a_text_that_is_not_stored_there_are_no_decisions() -> None:
    facts = facts_of(DRAFT, explain(CLASSIFIER, SOURCE, DRAFT), None)
    assert (facts["id"], facts["decisions"]) == (None, [])
