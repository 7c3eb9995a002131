"""Why an article has its labels, and why it lacks those that it nearly had."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from feedsvc.domain.article import Evidence, Label, LabelKind
from feedsvc.domain.rule import Phrase
from feedsvc.pipeline.explain import Explanation, Miss, explain
from feedsvc.pipeline.found import CONTEXT

from . import gazetteer
from .newsroom import CLASSIFIER, SOURCE, classifier_of, draft, taxonomy_of, topic

ABROAD = replace(SOURCE, home=None)


def missed(*texts: str) -> dict[str, Miss]:
    return {miss.slug: miss for miss in explain(CLASSIFIER, ABROAD, draft(*texts)).misses}


class TestMisses:
    def test_what_weighs_too_little_says_how_much_is_needed(self) -> None:
        found = missed("Giải bóng đá", "", "Xe ghé Huế một lát.")
        assert found["sport"].why == "its phrases weigh 1, and 2 is needed"
        assert found["sport"].evidence == (Evidence("phrase “bóng đá” (weight 1)", "title", "bóng đá", "Giải "),)
        assert found["hue"].why == "its mentions weigh 1.25, and 2.4 is needed"
        assert (found["hue"].evidence[0].before, found["hue"].evidence[0].words) == ("Xe ghé ", "Huế")

    def test_what_is_taken_away_says_by_which_words(self) -> None:
        miss = missed("Bóng đá sân cỏ", "Bắt nhóm cá độ.")["sport"]
        assert miss.why == "a phrase of `none` takes it away: “cá độ”"
        assert miss.evidence == (Evidence("phrase “cá độ” (weight 1)", "lead", "cá độ", "Bắt nhóm ", "."),)

    def test_what_stands_in_other_fields_or_is_covered_says_so(self) -> None:
        why = "its phrases stand in other fields than the rule asks for, or are covered by an exception"
        assert missed("Nhân dân vận động nhau")["dan-van"].why == why
        elsewhere = taxonomy_of((topic("t", Phrase("lúa", fields=("title",))),), ())
        [miss] = explain(classifier_of(elsewhere), ABROAD, draft("Tin", "Lúa chín.")).misses
        assert (miss.why, miss.evidence) == (why, ())

    def test_a_part_of_another_name_is_shown_in_its_surroundings(self) -> None:
        miss = missed("Sóng trên Thái Bình Dương", "Sóng lặng trên Thái Bình Dương.")["thai-binh"]
        assert miss.why == "its name stands there only as part of another name, or as another place of that name"
        assert miss.evidence == (Evidence("part of another name", "title", "Thái Bình", "Sóng trên ", " Dương"),)

    def test_a_place_that_is_named_too_little_is_not_missed_once_more_for_another_name(self) -> None:
        explained = explain(CLASSIFIER, ABROAD, draft("Tin", "", "Xe ghé Thái Bình. Sóng trên Thái Bình Dương."))
        assert [miss.slug for miss in explained.misses] == ["thai-binh"]
        assert explained.misses[0].why.startswith("its mentions weigh")

    def test_a_place_beside_a_much_stronger_one_says_so(self) -> None:
        text = "Tỉnh Tiền Giang lo lũ", "Tỉnh Tiền Giang lo lũ. Hòa Bình cũng lo."
        assert missed(*text)["hoa-binh"].why == "its mentions weigh 2, beside 9 of the strongest place"

    def test_a_place_among_too_many_says_so(self) -> None:
        found = missed("Tin", "Huế lo lũ. Nam Định lo lũ. Vũng Tàu lo lũ.")
        assert {miss.why for miss in found.values()} == {"it is one of 3 places, of which none leads"}

    def test_what_is_given_is_no_miss(self) -> None:
        one = draft("Mưa ở Tiền Giang", "Bàn về dân vận toàn quốc.")
        explained = explain(CLASSIFIER, SOURCE, one)
        assert explained.labels == CLASSIFIER.labels(SOURCE, one)
        assert {label.slug for label in explained.labels}.isdisjoint(miss.slug for miss in explained.misses)

    def test_a_topic_that_the_source_gives_is_no_miss(self) -> None:
        source = replace(SOURCE, topics=("sport",))
        assert [miss.slug for miss in explain(CLASSIFIER, source, draft("Giải bóng đá")).misses] == []


class TestOneAlone:
    def explained(self, *wanted: tuple[LabelKind, str]) -> Explanation:
        return explain(CLASSIFIER, ABROAD, draft("Giải bóng đá ở Huế")).about(*wanted)

    def test_a_label_that_is_given_is_told_with_its_reason(self) -> None:
        found = self.explained((LabelKind.REGION, "hue"))
        assert ([label.slug for label in found.labels], found.misses) == (["hue"], ())

    def test_one_that_is_not_is_told_with_why_not(self) -> None:
        found = self.explained((LabelKind.TOPIC, "sport"))
        assert (found.labels, [miss.slug for miss in found.misses]) == ((), ["sport"])

    def test_of_one_that_nothing_speaks_for_that_is_said(self) -> None:
        found = self.explained((LabelKind.REGION, "tien-giang"), (LabelKind.REGION, "hue"))
        assert found.misses == (Miss(LabelKind.REGION, "tien-giang", "nothing in the text speaks for it"),)
        assert [label.slug for label in found.labels] == ["hue"]


TITLE = "Tỉnh Gò Mây mở giải bóng đá cho học sinh cả nước"
LEAD = "Sáng nay, tại huyện Lúa Xanh, tỉnh Gò Mây, giải bóng đá học sinh khai mạc."
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "soft hyphens": lambda text: text.replace("ây", "â\u00ady").replace("óng", "ó\u200bng"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "look-alike letters": lambda text: text.replace("đ", "ð"),
}


def given(spelled: str = "as it is", title: str = TITLE) -> list[Label]:
    change = SPELLINGS[spelled]
    one = draft(change(title), change(LEAD))
    return [label for label in gazetteer.CLASSIFIER.labels(ABROAD, one) if not label.derived]


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_every_reason_has_the_field_the_words_and_what_stands_around_them_as_they_stand_in_the_text(
    spelled: str,
) -> None:
    texts = {"title": SPELLINGS[spelled](TITLE), "lead": SPELLINGS[spelled](LEAD)}
    labels = given(spelled)
    assert {label.slug for label in labels} == {"sport", "go-may"}
    for label in labels:
        assert label.reason
        for why in label.reason:
            assert why.rule
            before, after = why.before.removeprefix("…"), why.after.removesuffix("…")
            assert f"{before}{why.words}{after}" in texts[why.field]
            assert 0 < len(before) + len(after) <= 2 * CONTEXT


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_spelling_makes_no_difference_to_labels_and_their_strength(spelled: str) -> None:
    assert [(label.slug, label.strength) for label in given(spelled)] == [
        (label.slug, label.strength) for label in given()
    ]


def test_a_headline_in_capitals_gives_the_same_labels_and_its_own_words_as_reasons() -> None:
    labels = {label.slug: label for label in given(title=TITLE.upper())}
    assert labels.keys() == {label.slug for label in given()}
    assert labels["go-may"].reason[0].words == "GÒ MÂY"
    assert labels["sport"].reason[0].words == "BÓNG ĐÁ"


def test_a_text_without_accents_gives_the_same_topics_and_regions_with_less_strength() -> None:
    bare = "Tinh Go May mo giai bong da cho hoc sinh ca nuoc", "Tai tinh Go May, giai bong da khai mac."
    plain = "Tỉnh Gò Mây mở giải bóng đá cho học sinh cả nước", "Tại tỉnh Gò Mây, giải bóng đá khai mạc."
    one, other = (
        {label.slug: label for label in gazetteer.CLASSIFIER.labels(ABROAD, draft(*texts))} for texts in (bare, plain)
    )
    assert one.keys() == other.keys()
    assert one["sport"].strength < other["sport"].strength
    assert one["go-may"].strength < other["go-may"].strength
