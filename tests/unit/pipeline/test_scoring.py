"""How well labels fit what readers say."""

from __future__ import annotations

import pytest

from feedsvc.domain.article import Label, LabelKind, Origin
from feedsvc.domain.labelled import Labelled, Readers
from feedsvc.pipeline.scoring import Confusion, Given, Judged, Tally, given, score, variants, worst

SCOPES = {"toan-quoc"}


def judged(
    *,
    topics: tuple[str, ...] = (),
    regions: tuple[str, ...] = (),
    said_topics: Readers | None = None,
    said_regions: Readers | None = None,
    must_not: tuple[str, ...] = (),
    name: str = "a",
    base: str | None = None,
) -> Judged:
    said = Labelled(id=name, topics=said_topics, regions=said_regions, must_not=frozenset(must_not), base=base)
    return Judged(said, Given(topics, regions))


def label(kind: LabelKind, slug: str, rank: int, derived: bool = False) -> Label:
    return Label(kind=kind, slug=slug, origin=Origin.RULE, reason=(), rank=rank, derived=derived)


def test_a_label_that_either_reader_gave_is_right() -> None:
    one = judged(topics=("sport", "health"), said_topics=Readers(("sport",), ("health",)))
    assert score([one], SCOPES).topics == Tally(right=2)
    assert one.wrong == one.missed == ()


def test_a_label_that_both_readers_gave_is_missed_where_it_is_not_given() -> None:
    one = judged(said_topics=Readers(("sport", "health"), ("weather", "sport")))
    assert one.missed == ((LabelKind.TOPIC, "sport"),)
    assert score([one], SCOPES).topics == Tally(missed=1)


def test_where_there_is_one_reader_that_one_decides() -> None:
    one = judged(topics=("health",), said_topics=Readers(("sport",)))
    assert score([one], SCOPES).topics == Tally(wrong=1, missed=1)


def test_a_second_reader_who_gave_nothing_leaves_nothing_to_miss() -> None:
    one = judged(said_topics=Readers(("sport",), ()))
    assert score([one], SCOPES).topics == Tally()


def test_a_label_that_one_reader_gave_counts_for_precision_alone() -> None:
    tally = score([judged(topics=("sport",), said_topics=Readers(("sport",), ()))], SCOPES).topics
    assert (tally.precision, tally.recall, tally.f1) == (1.0, None, None)


def test_scopes_and_provinces_are_counted_apart() -> None:
    one = judged(regions=("toan-quoc", "ha-noi"), said_regions=Readers(("toan-quoc", "hue")))
    measured = score([one], SCOPES)
    assert measured.scopes == Tally(right=1, found=1)
    assert measured.provinces == Tally(wrong=1, missed=1)
    assert list(measured.of_region) == ["ha-noi", "hue", "toan-quoc"]


def test_areas_are_no_provinces() -> None:
    one = judged(regions=("nuoc-ta", "hue"), said_regions=Readers(("hue",)))
    measured = score([one], SCOPES, areas={"nuoc-ta"})
    assert measured.provinces == Tally(right=1, found=1)
    assert measured.of_region["nuoc-ta"] == Tally(wrong=1)


def test_all_articles_count_together() -> None:
    articles = [
        judged(topics=("sport",), said_topics=Readers(("sport",))),
        judged(topics=("sport", "health"), said_topics=Readers(("sport", "weather"))),
    ]
    measured = score(articles, SCOPES)
    assert measured.topics == Tally(right=2, wrong=1, found=2, missed=1)
    assert measured.topics.f1 == pytest.approx(2 / 3)
    assert measured.of_topic["sport"] == Tally(right=2, found=2)


def test_a_kind_that_nobody_looked_at_is_not_measured() -> None:
    measured = score([judged(topics=("sport",), regions=("hue",))], SCOPES)
    assert measured.topics == measured.provinces == Tally()
    assert measured.primary_topic is None


@pytest.mark.parametrize(
    ("tally", "f1"),
    [
        (Tally(), None),
        (Tally(wrong=1), 0.0),
        (Tally(missed=1), 0.0),
        (Tally(right=1), None),
        (Tally(right=1, wrong=1, found=1), 2 / 3),
    ],
)
def test_f1_is_known_where_both_shares_are_or_one_is_nothing(tally: Tally, f1: float | None) -> None:
    assert tally.f1 == (None if f1 is None else pytest.approx(f1))


def test_the_first_topic_is_right_where_either_reader_gave_it_anywhere() -> None:
    articles = [
        judged(topics=("health", "x"), said_topics=Readers(("sport",), ("weather", "health"))),
        judged(topics=("x", "sport"), said_topics=Readers(("sport",))),
        judged(said_topics=Readers(("sport",))),
        judged(topics=("sport",), said_topics=Readers(())),
    ]
    assert [one.primary for one in articles] == [True, False, False, None]
    assert score(articles, SCOPES).primary_topic == pytest.approx(1 / 3)


def test_an_article_violates_what_it_must_not_once_however_many_regions_it_has() -> None:
    articles = [
        judged(regions=("hue", "ha-noi"), must_not=("hue", "ha-noi")),
        judged(regions=("hue",), must_not=("ha-noi",)),
        judged(regions=("hue",)),
    ]
    assert score(articles, SCOPES).must_not_violated == 0.5
    assert score(articles[2:], SCOPES).must_not_violated is None


def test_labels_that_are_derived_do_not_count() -> None:
    labels = (
        label(LabelKind.REGION, "dong-thap", 0, derived=True),
        label(LabelKind.REGION, "tien-giang", 1),
        label(LabelKind.REGION, "toan-quoc", 0),
        label(LabelKind.TOPIC, "sport", 0),
    )
    assert given(labels) == Given(("sport",), ("toan-quoc", "tien-giang"))


def test_what_was_taken_for_what_is_counted() -> None:
    articles = [
        judged(topics=("sport",), said_topics=Readers(("health",))),
        judged(topics=("sport",), said_topics=Readers(("health",)), regions=("hue",), said_regions=Readers(())),
        judged(said_regions=Readers(("hue",))),
        judged(topics=("sport",), said_topics=Readers(("sport",))),
    ]
    assert score(articles, SCOPES).confusions == (
        Confusion(LabelKind.TOPIC, "sport", "health", 2),
        Confusion(LabelKind.REGION, None, "hue", 1),
        Confusion(LabelKind.REGION, "hue", None, 1),
    )


def test_the_worst_articles_come_first_and_faultless_ones_not_at_all() -> None:
    articles = [
        judged(name="right", topics=("sport",), said_topics=Readers(("sport",))),
        judged(name="wrong region", regions=("hue",), said_regions=Readers(())),
        judged(name="wrong topic", topics=("x",), said_topics=Readers(("sport",))),
        judged(name="must not", regions=("hue",), said_regions=Readers(()), must_not=("hue",)),
    ]
    assert [one.said.id for one in worst(articles, 5)] == ["wrong topic", "wrong region", "must not"]
    assert [one.said.id for one in worst(articles, 1)] == ["wrong topic"]


def test_a_variant_agrees_where_its_labels_are_those_of_its_base_in_any_order() -> None:
    bases = {"b": Given(("sport", "health"), ("hue",))}
    articles = [
        judged(name="same", base="b", topics=("health", "sport"), regions=("hue",)),
        judged(name="other topic", base="b", topics=("sport",), regions=("hue",)),
        judged(name="other region", base="b", topics=("health", "sport")),
        judged(name="no base here", base="c"),
        judged(name="no variant"),
    ]
    came = variants(articles, bases)
    assert [(one.judged.said.id, one.agrees) for one in came] == [
        ("same", True),
        ("other topic", False),
        ("other region", False),
    ]
    assert score(articles, SCOPES, variants=came).variants_agree == pytest.approx(1 / 3)
