"""Where an article is about: names that are places, scopes, and what follows from both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.domain.article import Draft, Evidence, Label, LabelKind
from feedsvc.domain.rule import Phrase
from feedsvc.domain.source import Source
from feedsvc.pipeline.classify import Classifier

from .newsroom import CLASSIFIER, NOW, REGIONS, SOURCE, classifier_of, draft, taxonomy_of, topic

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
    assert label.reason == (Evidence("name of the place, place (weight 3)", "lead", "Huế", "Mưa ở thành phố ", "."),)


def test_two_spellings_of_one_name_count_once() -> None:
    assert [label.strength for label in found(draft("Mưa ở Hoà Bình"))] == [4]


def test_one_mention_in_passing_is_not_enough() -> None:
    assert written(draft("Tin", "", "Xe ghé Huế một lát.")) == []
    assert written(draft("Tin", "", *["Xe ghé Huế một lát."] * 2)) == ["hue"]


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


def test_a_name_gives_its_own_slug_whatever_the_date() -> None:
    assert written(draft("Mưa ở Tiền Giang", at=BEFORE)) == written(draft("Mưa ở Tiền Giang", at=NOW)) == ["tien-giang"]


def test_every_label_has_a_reason() -> None:
    one = draft("Bàn về dân vận toàn quốc ở Tiền Giang", "Thủ tướng dự ở Huế.")
    assert all(label.reason for label in CLASSIFIER.labels(SOURCE, one))


def test_a_hostile_text_of_nothing_but_names_is_read_in_no_time() -> None:
    rule = topic("t", Phrase("Huế"), exceptions=(Phrase("Huế Huế"),))
    classifier = classifier_of(taxonomy_of((rule,), REGIONS))
    assert len(classifier.labels(SOURCE, draft("Tin", "", "Huế " * 20_000))) < 3
