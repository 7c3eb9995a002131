"""Where an article is about: names that are places, scopes, and what follows from both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from feedsvc.domain.article import Draft, Evidence, Label, LabelKind
from feedsvc.domain.source import Source
from feedsvc.domain.taxonomy import Phrase
from feedsvc.pipeline.classify import Classifier
from feedsvc.pipeline.explain import Miss, explain

from .newsroom import CLASSIFIER, MERGED, NOW, REGIONS, SOURCE, classifier_of, draft, place, taxonomy_of, topic

BEFORE = datetime(2025, 6, 1, tzinfo=UTC)
ABROAD = replace(SOURCE, home=None)


def found(one: Draft, source: Source = ABROAD, classifier: Classifier = CLASSIFIER) -> list[Label]:
    return [label for label in classifier.labels(source, one) if label.kind is LabelKind.REGION]


def written(one: Draft, source: Source = ABROAD) -> list[str]:
    return [label.slug for label in found(one, source) if not label.derived]


@pytest.mark.parametrize(
    "title",
    [
        "Tiền Giang đẩy mạnh cấy lúa",
        "Mưa ở Tiền Giang",
        "TIỀN GIANG TỔNG KẾT MÙA LÚA",
        "Lúa Đồng Tháp, Tiền Giang được giá",
    ],
)
def test_a_place_in_the_title_is_a_region(title: str) -> None:
    assert "tien-giang" in written(draft(title))


@pytest.mark.parametrize(
    "title",
    [
        "Trương Hòa Bình dự lễ",
        "Ông Trần Thái Bình nhận giải",
        "Xe chạy trên đường Hòa Bình",
        "Công ty Tiền Giang lỗ",
        "Sóng trên Thái Bình Dương",
        "Hội đồng hòa bình họp",
        "VIỆT NAM ĐỊNH HƯỚNG NĂM MỚI",
        "Mùa nước nổi Đồng Tháp Mười",
        "Chi nhánh Lúa Vàng Tiền Giang",
    ],
)
def test_people_streets_companies_and_oceans_are_no_places(title: str) -> None:
    names = {"hoa-binh", "thai-binh", "tien-giang", "nam-dinh", "dong-thap"}
    assert names.isdisjoint(written(draft(title)))


def test_a_name_within_a_longer_name_is_not_its_own() -> None:
    assert written(draft("Tàu về Bà Rịa - Vũng Tàu")) == ["ba-ria-vung-tau"]
    assert written(draft("Tàu về Bà Rịa - Vũng Tàu, rồi về Vũng Tàu")) == ["ba-ria-vung-tau", "vung-tau"]


def test_a_city_is_introduced_as_a_place() -> None:
    [label] = [one for one in found(draft("Tin", "Mưa ở thành phố Huế.")) if one.slug == "hue"]
    assert label.reason == (Evidence("name of the place, introduced as one", "lead", "Huế"),)


def test_two_spellings_of_one_name_count_once() -> None:
    assert [label.strength for label in found(draft("Mưa ở Hoà Bình"))] == [4.5]


def test_one_mention_in_passing_is_not_enough() -> None:
    assert written(draft("Tin", "", "Xe từ Huế ghé chợ.")) == []
    assert written(draft("Tin", "", *["Xe từ Huế ghé chợ."] * 3)) == ["hue"]


def test_at_home_one_mention_is_enough_and_no_mention_is_none() -> None:
    one = draft("Tin", "", "Xe từ Tiền Giang ghé chợ.", at=BEFORE)
    assert written(one, ABROAD) == []
    assert written(one, SOURCE) == ["tien-giang"]
    assert written(draft("Tin", "Mưa to.", at=BEFORE), SOURCE) == []
    assert found(one, SOURCE)[0].reason[-1] == Evidence("dai-ba-song is at home there", "source", "Đài Ba Sông")


def test_home_is_read_at_the_day_of_the_article() -> None:
    words = "Tin", "", "Xe từ Đồng Tháp ghé chợ."
    assert written(draft(*words, at=BEFORE), SOURCE) == []
    assert written(draft(*words, at=datetime(2025, 6, 30, 16, 59, tzinfo=UTC)), SOURCE) == []
    assert written(draft(*words, at=datetime(2025, 6, 30, 17, tzinfo=UTC)), SOURCE) == ["dong-thap"]
    assert written(draft("Tin", "", "Xe từ Tiền Giang ghé chợ."), SOURCE) == ["tien-giang"]


def test_a_scope_is_met_by_its_phrases_in_their_fields() -> None:
    assert written(draft("Họp toàn quốc")) == ["toan-quoc"]
    assert written(draft("Tin", "Họp toàn quốc.")) == ["toan-quoc"]
    assert written(draft("Tin", "", "Họp toàn quốc.")) == []
    [label] = found(draft("Họp toàn quốc"))
    assert label.reason == (Evidence("phrase “toàn quốc” (weight 1)", "title", "toàn quốc"),)


def test_the_region_stays_as_written_and_successors_and_ancestors_are_derived_with_their_reasons() -> None:
    labels = found(draft("Mưa ở Tiền Giang"))
    assert [(label.slug, label.derived) for label in labels] == [
        ("tien-giang", False),
        ("dong-thap", True),
        ("mien-tay", True),
        ("viet-nam", True),
    ]
    assert [label.reason for label in labels[1:]] == [
        (Evidence("took over tien-giang after 2025-06-30", "region", "tien-giang"),),
        (Evidence("dong-thap lies in it", "region", "dong-thap"),),
        (Evidence("mien-tay lies in it", "region", "mien-tay"),),
    ]


def test_a_name_gives_its_own_slug_whatever_the_date() -> None:
    assert written(draft("Mưa ở Tiền Giang", at=BEFORE)) == written(draft("Mưa ở Tiền Giang", at=NOW)) == ["tien-giang"]


def test_a_successor_that_is_written_too_is_not_derived() -> None:
    labels = found(draft("Mưa ở Tiền Giang và ở Đồng Tháp"))
    assert [label.slug for label in labels if not label.derived] == ["tien-giang", "dong-thap"]
    assert len({label.slug for label in labels}) == len(labels)


def test_successors_have_successors_and_circles_end() -> None:
    chain = (
        place("a", "Lúa Một", None, until=date(2008, 7, 31), successors=("b",)),
        place("b", "Lúa Hai", None, until=MERGED, successors=("c", "a")),
        place("c", "Lúa Ba", None),
    )
    classifier = classifier_of(taxonomy_of(regions=chain))
    labels = found(draft("Mưa ở Lúa Một"), classifier=classifier)
    assert [(label.slug, label.rank) for label in labels] == [("a", 0), ("b", 0), ("c", 1)]


def test_every_label_has_a_reason() -> None:
    one = draft("Bàn về dân vận toàn quốc ở Tiền Giang", "Thủ tướng dự ở Huế.")
    assert all(label.reason for label in CLASSIFIER.labels(SOURCE, one))


def test_a_hostile_text_of_nothing_but_names_is_read_in_no_time() -> None:
    rule = topic("t", Phrase("Huế"), exceptions=(Phrase("Huế Huế"),))
    classifier = classifier_of(taxonomy_of((rule,), REGIONS))
    assert len(classifier.labels(SOURCE, draft("Tin", "", "Huế " * 20_000))) < 3


class TestMisses:
    def missed(self, one: Draft, source: Source = ABROAD) -> dict[str, Miss]:
        return {miss.slug: miss for miss in explain(CLASSIFIER, source, one).misses}

    def test_what_weighs_too_little_says_how_much_is_needed(self) -> None:
        missed = self.missed(draft("Giải bóng đá", "", "Xe từ Huế ghé chợ."))
        assert missed["sport"].why == "its phrases weigh 1, and 2 is needed"
        assert missed["sport"].evidence == (Evidence("phrase “bóng đá” (weight 1)", "title", "bóng đá"),)
        assert missed["hue"].why == "its mentions weigh 0.75, and 2 is needed"
        assert missed["hue"].evidence[0].words == "Huế"

    def test_what_is_taken_away_says_by_which_words(self) -> None:
        miss = self.missed(draft("Bóng đá sân cỏ", "Bắt nhóm cá độ."))["sport"]
        assert miss.why == "a phrase of `none` takes it away: “cá độ”"

    def test_what_stands_in_other_fields_or_is_covered_says_so(self) -> None:
        missed = self.missed(draft("Nhân dân vận động nhau", "", "Họp toàn quốc."))
        assert "covered by an exception" in missed["dan-van"].why
        assert "other fields" in missed["toan-quoc"].why

    def test_a_part_of_another_name_is_shown_in_its_surroundings(self) -> None:
        miss = self.missed(draft("Sóng trên Thái Bình Dương"))["thai-binh"]
        assert miss.why == "its name stands there only as part of another name"
        assert miss.evidence == (Evidence("part of another name", "title", "Sóng trên Thái Bình Dương"),)

    def test_what_is_given_is_no_miss(self) -> None:
        one = draft("Mưa ở Tiền Giang", "Bàn về dân vận toàn quốc.")
        explained = explain(CLASSIFIER, SOURCE, one)
        assert explained.labels == CLASSIFIER.labels(SOURCE, one)
        assert {label.slug for label in explained.labels}.isdisjoint(miss.slug for miss in explained.misses)

    def test_a_topic_that_the_source_gives_is_no_miss(self) -> None:
        assert "sport" not in self.missed(draft("Giải bóng đá"), replace(SOURCE, topics=("sport",)))
