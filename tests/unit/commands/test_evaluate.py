"""`feedsvc evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.commands.newsroom import Newsroom

TOPICS = """
topics:
  - {id: dan-van, title: {vi: "Dân vận"}, any: ["dân vận khéo"]}
  - {id: sport, title: {vi: "Thể thao"}, any: ["bóng đá"]}
"""
REGIONS = """
regions:
  - {id: tien-giang, rows: [{title: {vi: "Tiền Giang"}, type: tinh}]}
  - {id: ben-tre, rows: [{title: {vi: "Bến Tre"}, type: tinh}]}
  - {id: toan-quoc, scope: true, title: {vi: "Toàn quốc"}, any: ["cả nước"]}
"""
ROW = {
    "id": "s1",
    "title": "Tỉnh Tiền Giang mở hội thi dân vận khéo",
    "text": "(BMS) - Sáng nay, tỉnh Tiền Giang mở hội thi dân vận khéo cho cán bộ xã.\nHội thi kéo dài hai ngày.",
    "published": "2024-05-01",
    "expected_topics": ["dan-van"],
    "expected_regions": ["tien-giang"],
}


@pytest.fixture
def newsroom(fresh: Newsroom) -> Newsroom:
    """One with two topics, two places and a scope, and no source."""
    fresh.configure("topics.yaml", TOPICS)
    fresh.configure("regions.yaml", REGIONS)
    fresh.configure("sources.yaml", "sources: []\n")
    return fresh


def write(newsroom: Newsroom, *rows: object, name: str = "labels.jsonl") -> str:
    path = newsroom.folder / name
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return name


def measured(newsroom: Newsroom, *rows: object, options: tuple[str, ...] = ()) -> Any:
    result = newsroom.run("evaluate", write(newsroom, *rows), "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def problems(newsroom: Newsroom, *rows: object) -> list[str]:
    result = newsroom.run("evaluate", write(newsroom, *rows))
    assert result.exit_code == 1
    return result.stderr.splitlines()


def test_everything_is_told_to_a_program(newsroom: Newsroom) -> None:
    told = measured(newsroom, ROW, {**ROW, "id": "s2", "expected_regions": ["ben-tre"], "second_regions": ["long-an"]})
    summary = told["summary"]
    assert summary["articles"] == 2
    assert summary["provinces"] == {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}
    assert set(summary) == {
        "articles",
        "provinces",
        "scopes",
        "topics",
        "primary_topic",
        "must_not_violated",
        "variants_agree",
    }
    assert told["regions"]["tien-giang"]["wrong"] == 1
    assert told["topics"]["dan-van"]["f1"] == 1.0
    [worst] = told["worst"]
    assert worst["id"] == "s2"
    assert worst["expected"]["regions"] == ["ben-tre"]
    assert worst["second"] == {"topics": None, "regions": ["long-an"]}
    assert worst["got"]["regions"] == ["tien-giang"]
    [reason] = worst["reasons"]
    assert (reason["kind"], reason["slug"]) == ("region", "tien-giang")
    assert any("Tiền Giang" in one["words"] for one in reason["evidence"])


def test_people_read_tables(newsroom: Newsroom) -> None:
    other = {**ROW, "id": "s2", "base_id": "s1", "expected_topics": ["sport"], "must_not_regions": ["tien-giang"]}
    result = newsroom.run("evaluate", write(newsroom, ROW, other))
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "2 articles"
    assert any(line.split()[:4] == ["provinces", "1.000", "1.000", "1.000"] for line in lines)
    assert "a region that must not be: 100.0 % of the articles that name one" in lines
    assert "labelled as their base: 100.0 % of 1 variants" in lines
    assert any(line.split() == ["topic", "dan-van", "sport", "1"] for line in lines)
    assert f"s2: {ROW['title']}" in lines
    assert "  topic sport: not given, and every reader says so: nothing in the text speaks for it" in lines
    assert any(line.startswith("  region tien-giang: must not be given: rule, strength ") for line in lines)


def test_as_many_of_the_worst_are_shown_as_are_asked_for(newsroom: Newsroom) -> None:
    rows = [{**ROW, "id": f"s{number}", "expected_topics": ["sport"]} for number in range(3)]
    assert len(measured(newsroom, *rows, options=("--worst", "2"))["worst"]) == 2
    assert measured(newsroom, *rows, options=("--worst", "0"))["worst"] == []


def test_more_confusions_than_a_table_takes_are_counted(newsroom: Newsroom) -> None:
    regions = [f"x-{number}" for number in range(25)]
    result = newsroom.run("evaluate", write(newsroom, {**ROW, "expected_regions": regions, "second_regions": None}))
    assert "and 5 more; --json has them all" in result.stdout.splitlines()


def test_the_home_of_a_row_is_its_sources_home_at_the_date_of_the_row(newsroom: Newsroom) -> None:
    text = "Một tin về con kênh.\nBà con hai bên bờ kênh trồng dừa.\nTiền Giang có nhiều con kênh."
    row = {"id": "a", "title": "Dọn kênh", "text": text, "published": "10/01/2018 08:00", "expected_regions": []}
    assert measured(newsroom, row)["summary"]["provinces"]["precision"] is None
    assert measured(newsroom, {**row, "home": "tien-giang"})["regions"]["tien-giang"]["wrong"] == 1


@pytest.mark.parametrize(
    "published", ["2025-06-28T23:20:00+07:00", "2025-06-28, 22:31:51+07:00", "2017/05/31", "1/11/2013 9:52", None]
)
def test_dates_are_read_in_every_form_that_a_source_may_write(newsroom: Newsroom, published: str | None) -> None:
    assert measured(newsroom, {**ROW, "published": published})["summary"]["articles"] == 1


def test_character_references_of_a_feed_are_resolved(newsroom: Newsroom) -> None:
    row = {
        **ROW,
        "title": "Ti&#7873;n Giang thi d&acirc;n v&#7853;n kh&eacute;o",
        "text": "H&#7897;i thi &amp; tr&ograve; ch&#417;i.",
    }
    assert measured(newsroom, row)["topics"]["dan-van"]["found"] == 1


def test_an_article_may_be_ahead_of_the_clock(newsroom: Newsroom) -> None:
    assert measured(newsroom, {**ROW, "published": "2028-01-01"})["summary"]["articles"] == 1


def test_a_bad_line_costs_itself_and_is_named(newsroom: Newsroom) -> None:
    found = problems(
        newsroom,
        ROW,
        "",
        '{"id": ',
        "[1]",
        {**ROW, "id": 7},
        {**ROW, "id": "t", "expected_topics": "sport"},
        {**ROW, "id": "h", "home": "nowhere"},
        {**ROW, "id": "d", "published": "one day"},
        {"id": "e", "expected_topics": []},
        {"id": "n", "title": "Một tin"},
        {"id": "r", "title": "Một tin", "second_topics": []},
        ROW,
        "[" * 100_000,
    )
    assert found == [
        "labels.jsonl:3: it is not JSON: Expecting value at character 7",
        "labels.jsonl:4: it is not a JSON object with the keys title, text, expected_topics, expected_regions",
        "labels.jsonl:5: id: it is not a text",
        "labels.jsonl:6: expected_topics: it is not a list of slugs",
        "labels.jsonl:7: home: no region is called nowhere",
        "labels.jsonl:8: “one day” is no date",
        "labels.jsonl:9: it has neither a title nor a text",
        "labels.jsonl:10: it has none of expected_topics, expected_regions and must_not_regions",
        "labels.jsonl:11: second_topics: there is no expected_topics beside it",
        "labels.jsonl:12: id: s1 stands in line 1 already",
        "labels.jsonl:13: it is nested too deep",
    ]


def test_a_line_that_is_no_text_is_named(newsroom: Newsroom) -> None:
    (newsroom.folder / "labels.jsonl").write_bytes(b'\xef\xbb\xbf{"title": "x", "expected_topics": []}\n{"\xff"}\n')
    result = newsroom.run("evaluate", "labels.jsonl", "--json")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["labels.jsonl:2: byte 3 is not UTF-8"]
    assert json.loads(result.stdout)["summary"]["articles"] == 1


def test_a_label_that_is_not_configured_is_named_and_counts_as_missed(newsroom: Newsroom) -> None:
    row = {**ROW, "expected_topics": ["sports"], "expected_regions": ["x"], "must_not_regions": ["y"]}
    result = newsroom.run("evaluate", write(newsroom, row, {**row, "id": "s2"}), "--json")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "labels.jsonl:1: no topic sports is configured; it counts as missed",
        "labels.jsonl:1: no region x is configured; it counts as missed",
        "labels.jsonl:1: no region y is configured; it can never be given",
    ]
    assert json.loads(result.stdout)["topics"]["sports"]["missed"] == 2


def test_bases_may_stand_in_a_file_of_their_own(newsroom: Newsroom) -> None:
    bases = write(newsroom, ROW, name="bases.jsonl")
    variant = {**ROW, "id": "v", "base_id": "s1", "title": str(ROW["title"]).upper()}
    told = measured(newsroom, variant, options=("--bases", bases))
    assert told["summary"]["articles"] == 1
    assert told["summary"]["variants_agree"] == 1.0
    [one] = told["variants"]
    assert (one["id"], one["base_id"], one["agrees"]) == ("v", "s1", True)


def test_a_bad_line_among_the_bases_is_named_too(newsroom: Newsroom) -> None:
    bases = write(newsroom, "{}", name="bases.jsonl")
    result = newsroom.run("evaluate", write(newsroom, ROW), "--bases", bases)
    assert result.exit_code == 1
    assert result.stderr.startswith("bases.jsonl:1: ")


def test_a_file_that_cannot_be_read_is_named(newsroom: Newsroom) -> None:
    assert "labels.jsonl" in newsroom.run("evaluate", "labels.jsonl").stderr


def test_evaluating_needs_no_database_and_makes_none(newsroom: Newsroom) -> None:
    name = write(newsroom, ROW)
    data = Path(newsroom.folder / "data")
    before = sorted(data.rglob("*"))
    assert newsroom.run("evaluate", name).exit_code == 0
    assert sorted(data.rglob("*")) == before
    (data / "feedsvc.db").write_bytes(b"no database")
    assert newsroom.run("evaluate", name).exit_code == 0


def test_an_edited_configuration_is_measured_before_it_is_applied(newsroom: Newsroom) -> None:
    newsroom.configure("topics.yaml", 'topics:\n  - {id: canals, title: {vi: "Kênh"}, any: ["hội thi"]}\n')
    assert measured(newsroom, {**ROW, "expected_topics": ["canals"]})["topics"]["canals"]["found"] == 1
