"""A draft as it is read: what speaks for a rule, and how much."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.article import Evidence
from feedsvc.domain.rule import Phrase, Rule
from feedsvc.pipeline.meeting import MOST_REPEATED, Met
from feedsvc.pipeline.reading import FOLDED, LONGEST_READ, Reading

from .gazetteer import CLASSIFIER, classifier_of
from .newsroom import draft, taxonomy_of, topic


def met(rule: Rule, *texts: str, caption: str = "") -> Met:
    one = topic("t", *rule.any, threshold=rule.threshold, exceptions=rule.exceptions, none=rule.none)
    classifier = classifier_of(taxonomy_of((one,), ()))
    return classifier.reading(draft(*texts, caption=caption)).met("topic", "t", one.rule)


def test_a_rule_of_which_nothing_is_found_is_not_met() -> None:
    found = met(Rule((Phrase("lúa"),)), "Mưa to")
    assert (found.counted, found.weight, found.strength, found.reaches(0)) == ((), 0, 0, False)


def test_different_phrases_add_up_and_each_counts_once() -> None:
    found = met(Rule((Phrase("lúa"), Phrase("gạo", weight=2))), "Lúa gạo, lúa gạo")
    assert found.weight == 3
    assert found.reaches(3)
    assert not found.reaches(3.5)


def test_a_phrase_stands_best_in_the_title() -> None:
    rule = Rule((Phrase("lúa"),))
    in_order = [
        met(rule, "Lúa").strength,
        met(rule, "Tin", "Lúa.").strength,
        met(rule, "Tin", caption="Lúa.").strength,
    ]
    assert in_order == [8, 4, 0.7]
    assert met(rule, "Tin", "Gạo.", "Lúa.").strength == 0.7


def test_each_time_more_adds_a_little_up_to_a_few_times() -> None:
    rule = Rule((Phrase("lúa"),))
    assert met(rule, "Lúa", "Lúa, lúa.").strength == 8.5
    assert met(rule, "Lúa", "Lúa. " * 50).strength == 8 + MOST_REPEATED * 0.25


def test_of_a_text_beyond_all_measure_the_beginning_is_read() -> None:
    rule = Rule((Phrase("lúa"), Phrase("gạo")))
    left = LONGEST_READ - len("Tin")
    assert met(rule, "Tin", "Gạo", "x" * (left - 7) + " lúa", "lúa").weight == 2
    assert met(rule, "Tin", "Gạo", "x" * (left - 6) + " lúa", "lúa").weight == 1
    assert met(rule, "Tin", "x" * left, "lúa").weight == 0


def test_the_longest_of_phrases_that_begin_together_counts_alone() -> None:
    rule = Rule((Phrase("công tác"), Phrase("công tác dân vận", weight=2)))
    found = met(rule, "Công tác dân vận")
    assert [one.phrase.text for one in found.counted] == ["công tác dân vận"]
    assert met(rule, "Công tác dân vận", "Công tác tốt.").weight == 3


def test_phrases_that_begin_apart_count_both() -> None:
    assert met(Rule((Phrase("công tác dân vận"), Phrase("dân vận khéo"))), "Công tác dân vận khéo").weight == 2


def test_of_one_phrase_with_two_weights_the_heavier_counts_where_both_do() -> None:
    rule = Rule((Phrase("lúa"), Phrase("lúa", fields=("title",), weight=2)))
    assert met(rule, "Lúa").weight == 2
    assert met(rule, "Tin", "Lúa.").weight == 1
    swapped = Rule(rule.any[::-1])
    assert met(swapped, "Lúa").weight == 2


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nhân dân vận động", False),
        ("nhân dân vận động dân vận", True),
        ("dân vận. nhân dân vận động", True),
        ("nhân dân vận động động viên nhau", False),
    ],
)
def test_what_lies_within_an_exception_does_not_count(text: str, counts: bool) -> None:
    exceptions = (Phrase("nhân dân vận động"), Phrase("dân vận động"), Phrase("động viên nhau"))
    rule = Rule((Phrase("dân vận"), Phrase("viên nhau")), exceptions=exceptions)
    assert bool(met(rule, text).counted) is counts


def test_an_exception_in_another_field_or_of_other_fields_covers_nothing() -> None:
    rule = Rule((Phrase("dân vận"),), exceptions=(Phrase("nhân dân vận động", fields=("title",)),))
    assert met(rule, "Tin", "nhân dân vận động").reaches(1)
    assert met(rule, "Nhân dân vận động", "dân vận").reaches(1)


def test_a_phrase_of_none_takes_it_away_with_its_reason() -> None:
    found = met(Rule((Phrase("lúa"),), none=(Phrase("quảng cáo"),)), "Lúa", "Tin quảng cáo gạo.")
    assert not found.reaches(1)
    assert found.against == Evidence("phrase “quảng cáo” (weight 1)", "lead", "quảng cáo", "Tin ", " gạo.")


def test_a_text_without_accents_gives_the_same_with_less_strength() -> None:
    rule = Rule((Phrase("giá lúa"),))
    plain, bare = met(rule, "Giá lúa tăng cao nhất năm"), met(rule, "Gia lua tang cao nhat nam")
    assert bare.weight == plain.weight
    assert bare.strength == plain.strength * FOLDED
    assert bare.evidence[0].words == "Gia lua"


def test_the_rules_of_which_anything_was_found_are_told_by_kind() -> None:
    reading = CLASSIFIER.reading(draft("Bóng đá cả nước"))
    assert list(reading.rules("topic")) == ["sport"]
    assert list(reading.rules("region")) == ["ca-nuoc"]


def test_names_of_people_and_foreign_ones_are_looked_for_in_the_title_and_the_lead_only() -> None:
    reading = CLASSIFIER.reading(draft("Ông Nguyễn Văn Sóng gặp Johnson", "Ông Trần Gió gặp Smith.", "Clark đi."))
    assert [one.words for one in reading.native] == ["Nguyễn Văn Sóng", "Trần Gió"]
    assert [one.words for one in reading.foreign] == ["Johnson", "Smith"]


def test_where_capitals_tell_nothing_they_are_not_looked_for() -> None:
    reading = CLASSIFIER.reading(draft("ÔNG NGUYỄN VĂN SÓNG GẶP JOHNSON"))
    assert (reading.native, reading.foreign) == ((), ())


def test_without_accents_they_are() -> None:
    reading = CLASSIFIER.reading(draft("Ong Nguyen Van Song gap Johnson sang nay"))
    assert [one.words for one in reading.native] == ["Nguyen Van Song"]
    assert [one.words for one in reading.foreign] == ["Johnson"]


PIECES = st.sampled_from([*"aâ .", "lúa", "hoà", "Bến Sen", "ở ", "\u00ad", "\u200b", "\u00a0", "\u0301", "cả nước"])
TEXTS = st.lists(PIECES, max_size=20).map("".join)


def evidence(reading: Reading) -> list[tuple[str, str, Evidence]]:
    region = CLASSIFIER.taxonomy.regions["ca-nuoc"]
    texts = [*reading.names, *(one.best for one in reading.met("region", "ca-nuoc", region.rule).counted)]
    return [(one.scan.text, one.field, one.evidence("a rule")) for one in texts]


@given(TEXTS, TEXTS)
def test_a_reason_is_a_piece_of_the_original_text(title: str, lead: str) -> None:
    for form in ("NFC", "NFD"):
        fields = {"title": unicodedata.normalize(form, title), "lead": unicodedata.normalize(form, lead)}
        for text, field, why in evidence(CLASSIFIER.reading(draft(fields["title"], fields["lead"]))):
            assert text == fields[field]
            assert why.words
            assert f"{why.before.removeprefix('…')}{why.words}{why.after.removesuffix('…')}" in text
