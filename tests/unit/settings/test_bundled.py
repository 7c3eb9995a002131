"""The bundled configuration is right, and holds the topics and regions of the country."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from feedsvc.domain.taxonomy import Region, Taxonomy
from feedsvc.settings import Settings, load_settings
from tests.conftest import ROOT
from tests.unit.settings.folder import KINDS

TOP_TERMS = """
arts-culture-entertainment-media crime-law-justice disaster-accident-emergency economy-business-finance education
environment health human-interest labour lifestyle-leisure politics religion science-technology society sport
conflict-war-peace weather
""".split()


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(ROOT / "config", {}, KINDS)


@pytest.fixture(scope="module")
def taxonomy(settings: Settings) -> Taxonomy:
    return settings.taxonomy


def kinds_on(taxonomy: Taxonomy, day: date) -> Counter[str]:
    rows = (row for region in taxonomy.regions.values() for row in region.rows if row.holds(day))
    return Counter(row.type for row in rows)


def test_the_topics_are_the_top_terms_of_iptc_and_dan_van(taxonomy: Taxonomy) -> None:
    assert sorted(taxonomy.topics) == sorted([*TOP_TERMS, "dan-van"])
    codes = [topic.medtop for topic in taxonomy.topics.values() if topic.id != "dan-van"]
    assert sorted(filter(None, codes)) == [f"{number:02}000000" for number in range(1, 18)]
    assert taxonomy.topics["dan-van"].parent == "politics"
    assert all({"vi", "en"} <= topic.title.keys() and topic.rule.any for topic in taxonomy.topics.values())


def test_there_are_a_country_six_parts_two_scopes_and_64_places(taxonomy: Taxonomy) -> None:
    last = Counter(region.rows[-1].type for region in taxonomy.regions.values())
    assert (last["country"], last["vung"], last["scope"]) == (1, 6, 2)
    assert last["tinh"] + last["thanh-pho"] == 64
    assert {slug for slug, region in taxonomy.regions.items() if region.scope} == {"toan-quoc", "quoc-te"}


@pytest.mark.parametrize(
    ("day", "provinces", "cities"),
    [
        (date(2024, 12, 31), 58, 5),
        (date(2025, 1, 1), 57, 6),
        (date(2025, 6, 30), 57, 6),
        (date(2025, 7, 1), 28, 6),
        (date(2026, 4, 30), 27, 7),
        (date(2026, 9, 1), 26, 8),
        (date(2026, 9, 20), 25, 9),
    ],
)
def test_as_many_provinces_and_cities_stand_on_a_day_as_there_were(
    taxonomy: Taxonomy, day: date, provinces: int, cities: int
) -> None:
    found = kinds_on(taxonomy, day)
    assert (found["tinh"], found["thanh-pho"]) == (provinces, cities)


def test_every_place_lies_in_the_country_and_its_successors_stand_today(taxonomy: Taxonomy) -> None:
    for slug, region in taxonomy.regions.items():
        if region.scope or slug == "viet-nam":
            continue
        area = region.rows[-1].parent
        assert area == "viet-nam" or taxonomy.regions[str(area)].rows[-1].parent == "viet-nam"
        for successor, _ in taxonomy.successors(slug):
            assert taxonomy.regions[successor].rows[-1].end is None


def test_it_is_read_in_a_moment() -> None:
    began = time.process_time()
    load_settings(ROOT / "config", {}, KINDS)
    assert time.process_time() - began < 2


def test_every_source_has_a_folder_of_samples(settings: Settings) -> None:
    samples = {path.name for path in (ROOT / "config" / "samples").iterdir()}
    assert {source.id for source in settings.sources} == samples


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mù Cang Chải", "yen-bai"),
        ("Sapa", "lao-cai"),
        ("Phú Quý", "binh-thuan"),
        ("Krông Pắk", "dak-lak"),
        ("Buôn Mê Thuột", "dak-lak"),
        ("Đăk Mil", "dak-nong"),
        ("Đak Đoa", "gia-lai"),
        ("Đắk Đoa", "gia-lai"),
        ("Phan Rang", "ninh-thuan"),
        ("Phan Rang – Tháp Chàm", "ninh-thuan"),
        ("Đakrông", "quang-tri"),
    ],
)
def test_lesser_places_are_known_by_the_names_that_newspapers_give_them(
    taxonomy: Taxonomy, name: str, slug: str
) -> None:
    assert name in {place.name for place in taxonomy.regions[slug].places}


def row_of(region: Region, fields: dict[str, str]) -> None:
    """Raises AssertionError unless the region has what the row of the table says."""
    end = fields["valid_to"] and date.fromisoformat(fields["valid_to"])
    start = fields["valid_from"] and date.fromisoformat(fields["valid_from"])
    days = [day for day in (start, end) if isinstance(day, date)] or [date(2025, 7, 1)]
    for day in days:
        row = next(row for row in region.rows if row.holds(day))
        assert fields["name"] in (row.title["vi"], *region.aliases)
        assert row.parent == fields["vung"] or fields["kind"] == "old"
    if fields["iso_3166_2"]:
        assert fields["iso_3166_2"] in {row.iso for row in region.rows}
    if fields["successor_slug"] and end:
        assert fields["successor_slug"] in {slug for row in region.rows for slug in row.successors}


@pytest.mark.shared
def test_every_place_of_the_shared_table_is_here_with_its_dates_and_successors(
    taxonomy: Taxonomy, shared: Path
) -> None:
    with (shared / "data" / "regions-vn.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["slug"] for row in rows} <= taxonomy.regions.keys()
    for row in rows:
        row_of(taxonomy.regions[row["slug"]], row)
