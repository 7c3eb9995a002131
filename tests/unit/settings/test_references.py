"""What topics, regions and sources name and what is not there is told, whatever else is wrong beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.settings.folder import REGIONS, SOURCES, TOPICS, load, problems

HOME = SOURCES + "    home: land\n    topics: [sport]\n"
WIDE = "  - {id: wide, scope: true, title: {en: Wide}, any: [everywhere], topics: [%s]}\n"
ROW = "title: {en: A}, type: town"


def keys(found: list[str]) -> list[str]:
    return [": ".join(one.split(": ")[:2]) for one in found]


class TestBesideAnEntryThatIsWrong:
    def test_a_parent_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        topics = TOPICS + "  - {id: a, title: A}\n  - {id: b, title: {en: B}, parent: c}\n"
        assert problems(tmp_path, topics=topics) == [
            "topics.yaml:5: topics[1].title: must be a mapping, like {key: value}, not 'A'",
            "topics.yaml:6: topics[2].parent: c is no topic of this file",
        ]

    def test_a_topic_of_a_scope_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        found = problems(tmp_path, topics=TOPICS + "  - {id: a, title: A}\n", regions=REGIONS + WIDE % "sport, a, spor")
        assert found == [
            "topics.yaml:5: topics[1].title: must be a mapping, like {key: value}, not 'A'",
            "regions.yaml:4: regions[1].topics[2]: spor is no topic of topics.yaml",
        ]

    def test_a_rank_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        regions = "types: {town: {area: perhaps}}\n" + REGIONS
        regions += f"  - {{id: a, rows: [{{{ROW}}}], places: {{town: [B], village: [C]}}}}\n"
        assert problems(tmp_path, regions=regions) == [
            "regions.yaml:1: types.town.area: must be true or false, not 'perhaps'",
            "regions.yaml:4: regions[0].rows[0].type: country is no type of this file; name it under `types`",
            "regions.yaml:5: regions[1].places.village: village is no type of this file; name it under `types`",
        ]

    def test_what_names_that_entry_is_right(self, tmp_path: Path) -> None:
        found = problems(
            tmp_path,
            sources=HOME.replace("land", "a").replace("[sport]", "[a]"),
            topics=TOPICS + "  - {id: a, title: A}\n  - {id: b, title: {en: B}, parent: a}\n",
            regions=f"{REGIONS}  - {{id: a, rows: [{{{ROW}, until: 2025}}]}}\n"
            f"  - {{id: b, rows: [{{{ROW}, parent: a, until: 2025-06-30, successors: [a]}}]}}\n{WIDE % 'a'}",
        )
        assert keys(found) == ["topics.yaml:5: topics[1].title", "regions.yaml:4: regions[1].rows[0].until"]


class TestWithinAnEntryThatIsWrong:
    def test_the_parent_of_a_topic_is_looked_for(self, tmp_path: Path) -> None:
        assert keys(problems(tmp_path, topics=TOPICS + "  - {id: a, title: A, parent: b}\n")) == [
            "topics.yaml:5: topics[1].parent",
            "topics.yaml:5: topics[1].title",
        ]

    def test_parents_successors_and_lesser_ranks_of_a_region_are_looked_for(self, tmp_path: Path) -> None:
        row = f"{ROW}, parent: land, until: 30-06-2025, successors: [land, b]"
        region = f"  - {{id: a, rows: [{{{row}}}, {{{ROW}, parent: c}}], places: {{village: [B]}}}}\n"
        assert keys(problems(tmp_path, regions=REGIONS + region)) == [
            "regions.yaml:4: regions[1].places.village",
            "regions.yaml:4: regions[1].rows[0].successors",
            "regions.yaml:4: regions[1].rows[0].until",
            "regions.yaml:4: regions[1].rows[1].parent",
        ]

    def test_the_home_and_the_topics_of_a_source_are_looked_for(self, tmp_path: Path) -> None:
        wrong = "    home: nowhere\n    topics: [sport, a]\n    categories: {A: b}\n    sections: {/c/: c}\n"
        assert keys(problems(tmp_path, sources=SOURCES.replace("title: One", "titel: One") + wrong)) == [
            "sources.yaml:2: sources[0].title",
            "sources.yaml:5: sources[0].titel",
            "sources.yaml:6: sources[0].home",
            "sources.yaml:7: sources[0].topics[1]",
            "sources.yaml:8: sources[0].categories.A",
            "sources.yaml:9: sources[0].sections./c/",
        ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("topics", TOPICS + "  - {id: a, title: {en: A}, parent: [b]}\n"),
        ("topics", TOPICS + "  - {id: a, title: {en: A}, parent: No Slug}\n"),
        ("regions", REGIONS + f"  - {{id: a, rows: [{{{ROW}, until: 2025-06-30, successors: b}}]}}\n"),
        ("regions", REGIONS + "  - {id: a, rows: {parent: b}}\n"),
        ("regions", REGIONS + "  - {id: a, rows: [b]}\n"),
        ("regions", REGIONS + f"  - {{id: a, rows: [{{{ROW}}}], places: [village]}}\n"),
        ("sources", SOURCES + "    topics: {a: b}\n"),
        ("sources", SOURCES + "    categories: [a]\n"),
    ],
)
def test_what_has_another_shape_is_told_once(tmp_path: Path, name: str, text: str) -> None:
    (found,) = problems(tmp_path, None, **{name: text})
    assert found.startswith(f"{name}.yaml:")


@pytest.mark.parametrize("topics", ["topics: {}\n", "topcs: []\n", "topics:\ntopics:\n", "topics: &a []\n", "- a\n"])
def test_of_topics_that_could_not_be_read_none_is_missed(tmp_path: Path, topics: str) -> None:
    found = problems(tmp_path, sources=HOME, topics=topics.replace("&a []", "*a"), regions=REGIONS + WIDE % "sport")
    assert {one.partition(":")[0] for one in found} == {"topics.yaml"}


@pytest.mark.parametrize("regions", ["regions: {}\n", "regoins: []\n", "regions:\nregions:\n", "- a\n"])
def test_of_regions_that_could_not_be_read_none_is_missed(tmp_path: Path, regions: str) -> None:
    (found,) = problems(tmp_path, sources=HOME, regions=regions)
    assert found.startswith("regions.yaml:")


@pytest.mark.parametrize("types", ["types: [village]\n", "typs: {village: {}}\n", "types:\ntypes: {village: {}}\n"])
def test_of_types_that_could_not_be_read_none_is_missed(tmp_path: Path, types: str) -> None:
    regions = f"{types}{REGIONS}  - {{id: a, rows: [{{{ROW}}}], places: {{village: [B]}}}}\n"
    (found,) = problems(tmp_path, regions=regions)
    assert "typ" in found.split(": ")[1]


class TestTheTypeOfARow:
    TYPES = "types: {country: {area: true}, town: {words: [town of]}, village: {}}\n"

    def test_that_is_not_under_types_is_told(self, tmp_path: Path) -> None:
        rows = f"{{{ROW}, until: 2025-06-30}}, {{title: {{en: A}}, type: twon, from: 2025-07-01}}"
        regions = f"{self.TYPES}{REGIONS}  - {{id: a, rows: [{rows}], places: {{village: [B]}}}}\n"
        assert problems(tmp_path, regions=regions) == [
            "regions.yaml:5: regions[1].rows[1].type: twon is no type of this file; name it under `types`"
        ]

    def test_is_told_beside_what_else_is_wrong_in_the_row(self, tmp_path: Path) -> None:
        regions = f"{self.TYPES}{REGIONS}  - {{id: a, rows: [{{title: A, type: twon}}]}}\n"
        assert keys(problems(tmp_path, regions=regions)) == [
            "regions.yaml:5: regions[1].rows[0].title",
            "regions.yaml:5: regions[1].rows[0].type",
        ]

    @pytest.mark.parametrize("types", ["", "types: {}\n", "types: {village: {}}\n"])
    def test_may_be_any_where_types_are_those_of_lesser_places_alone(self, tmp_path: Path, types: str) -> None:
        places = ", places: {village: [B]}" if "village" in types else ""
        load(tmp_path, regions=f"{types}{REGIONS}  - {{id: a, rows: [{{{ROW}}}]{places}}}\n")


def test_an_empty_list_has_nothing_that_could_be_named(tmp_path: Path) -> None:
    assert keys(problems(tmp_path, sources=HOME, topics="", regions="regions: []\n")) == [
        "sources.yaml:6: sources[0].home",
        "sources.yaml:7: sources[0].topics[0]",
    ]
