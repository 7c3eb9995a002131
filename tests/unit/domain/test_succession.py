"""Places through time, as of any day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from feedsvc.domain.succession import Handover, has_ended, retired, taken_over, took_over, turns
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, Topic, WhenEnded

OLD, MERGED, NEXT = date(2008, 7, 31), date(2025, 6, 30), date(2025, 7, 1)
CITY = date(2026, 4, 30)
REDIRECT = WhenEnded.REDIRECT


def row(end: date | None = None, *successors: str, start: date | None = None, kind: str = "tinh") -> RegionRow:
    return RegionRow(title={"vi": "Tên"}, type=kind, start=start, end=end, successors=successors)


def taxonomy_of(places: Mapping[str, tuple[RegionRow, ...]], *redirected: str) -> Taxonomy:
    regions = {
        slug: Region(id=slug, rows=rows, when_ended=REDIRECT if slug in redirected else WhenEnded.KEEP)
        for slug, rows in places.items()
    }
    return Taxonomy({}, regions)


BRIDGES = {
    "cau-tre": (row(OLD, "cau-go"),),
    "cau-go": (row(MERGED, "cau-sat"),),
    "cau-phao": (row(MERGED, "cau-sat", "cau-da"),),
    "cau-sat": (
        row(MERGED, "cau-sat"),
        row(date(2026, 4, 29), start=NEXT),
        row(start=CITY, kind="thanh-pho"),
    ),
    "cau-da": (row(),),
    "cau-may": (row(MERGED),),
}
BEFORE, AFTER, LATER = date(2025, 6, 30), date(2025, 7, 1), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("slug", "day", "expected"),
    [
        ("cau-go", BEFORE, None),
        ("cau-go", AFTER, Handover(NEXT, ("cau-sat",))),
        ("cau-phao", LATER, Handover(NEXT, ("cau-sat", "cau-da"))),
        ("cau-sat", LATER, None),
        ("cau-may", LATER, None),
    ],
)
def test_an_ended_place_was_taken_over_from_the_day_after_its_last(
    slug: str, day: date, expected: Handover | None
) -> None:
    assert taken_over(taxonomy_of(BRIDGES).regions[slug], day) == expected


def test_a_place_knows_what_it_took_over_and_no_change_of_its_own() -> None:
    found = taxonomy_of(BRIDGES)
    assert took_over(found, found.regions["cau-sat"], BEFORE) == ()
    assert took_over(found, found.regions["cau-sat"], LATER) == (Handover(NEXT, ("cau-go", "cau-phao")),)
    assert took_over(found, found.regions["cau-go"], LATER) == (Handover(date(2008, 8, 1), ("cau-tre",)),)
    assert took_over(found, found.regions["cau-may"], LATER) == ()


def test_only_the_last_day_of_the_last_row_ends_a_place() -> None:
    found = taxonomy_of(BRIDGES).regions
    assert [has_ended(found["cau-go"], day) for day in (BEFORE, AFTER)] == [False, True]
    assert not has_ended(found["cau-sat"], LATER)


class TestRetired:
    def test_nothing_is_unless_it_says_so_and_has_ended(self) -> None:
        assert retired(taxonomy_of(BRIDGES).regions, LATER) == {}
        assert retired(taxonomy_of(BRIDGES, "cau-go").regions, BEFORE) == {}
        assert retired(taxonomy_of(BRIDGES, "cau-go").regions, AFTER) == {"cau-go": "cau-sat"}

    def test_a_chain_is_one_step_to_what_stood_on_that_day(self) -> None:
        both = taxonomy_of(BRIDGES, "cau-tre", "cau-go")
        assert retired(both.regions, BEFORE) == {"cau-tre": "cau-go"}
        assert retired(both.regions, AFTER) == {"cau-tre": "cau-sat", "cau-go": "cau-sat"}
        assert retired(taxonomy_of(BRIDGES, "cau-tre").regions, AFTER) == {"cau-tre": "cau-sat"}

    def test_a_chain_ends_where_it_forks_or_nothing_follows(self) -> None:
        places = {**BRIDGES, "ben-do": (row(OLD, "cau-phao"),), "ben-xe": (row(OLD, "cau-may"),)}
        found = retired(taxonomy_of(places, "ben-do", "ben-xe").regions, LATER)
        assert found == {"ben-do": "cau-phao", "ben-xe": "cau-may"}

    def test_a_circle_or_several_successors_lead_nowhere(self) -> None:
        places = {**BRIDGES, "mot": (row(OLD, "hai"),), "hai": (row(OLD, "mot"),)}
        assert retired(taxonomy_of(places, "mot", "hai", "cau-phao", "cau-may").regions, LATER) == {}


@pytest.mark.parametrize(
    ("day", "passed"),
    [
        (date(1990, 1, 1), 0),
        (date(2008, 7, 31), 0),
        (date(2008, 8, 1), 1),
        (BEFORE, 1),
        (AFTER, 6),
        (date(2026, 4, 29), 6),
        (CITY, 8),
        (date.max, 8),
    ],
)
def test_a_turn_is_a_day_on_which_a_row_begins_or_holds_no_more(day: date, passed: int) -> None:
    assert turns(taxonomy_of(BRIDGES), day) == passed


class TestTopics:
    """One that ended without a successor, and two of which one took over the other."""

    FOUND = Taxonomy(
        {
            "lua": Topic(id="lua", title={"vi": "Lúa"}),
            "gao": Topic(id="gao", title={"vi": "Gạo"}, end=MERGED, successor="lua", when_ended=REDIRECT),
            "rom": Topic(id="rom", title={"vi": "Rơm"}, end=OLD),
        },
        {},
    )

    def test_end_and_are_taken_over_as_places_are(self) -> None:
        topics = self.FOUND.topics
        assert taken_over(topics["gao"], BEFORE) is None
        assert taken_over(topics["gao"], AFTER) == Handover(NEXT, ("lua",))
        assert (has_ended(topics["rom"], AFTER), taken_over(topics["rom"], AFTER)) == (True, None)
        assert took_over(self.FOUND, topics["lua"], BEFORE) == ()
        assert took_over(self.FOUND, topics["lua"], AFTER) == (Handover(NEXT, ("gao",)),)

    def test_lead_away_as_places_do(self) -> None:
        assert [retired(self.FOUND.topics, day) for day in (BEFORE, AFTER)] == [{}, {"gao": "lua"}]

    def test_turn_on_the_day_after_their_last(self) -> None:
        assert [turns(self.FOUND, day) for day in (OLD, date(2008, 8, 1), BEFORE, AFTER)] == [0, 1, 1, 2]
