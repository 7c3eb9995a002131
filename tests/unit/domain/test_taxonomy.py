"""What a taxonomy knows of its topics and regions."""

from __future__ import annotations

from datetime import date

import pytest

from feedsvc.domain.taxonomy import PlaceType, Region, RegionRow, Taxonomy, Topic

END, NEXT = date(2025, 6, 30), date(2025, 7, 1)


def region(slug: str, *rows: RegionRow, scope: bool = False, seat: bool = False) -> Region:
    return Region(id=slug, rows=rows or (row("tinh"),), scope=scope, seat=seat)


def row(
    kind: str, title: str = "Tên", end: date | None = None, start: date | None = None, *successors: str
) -> RegionRow:
    return RegionRow(title={"vi": title}, type=kind, start=start, end=end, successors=successors)


REGIONS = (
    region("nuoc", row("nuoc", "Nước")),
    region("rong", row("scope", "Rộng"), scope=True),
    region("cu", row("tinh", "Cũ", END, None, "moi")),
    region("moi", row("tinh", "Mới", END, None, "moi"), row("thanh-pho", "Mới", None, NEXT), seat=True),
    region("mo", row("tinh", "Mơ", None, None, "moi")),
    region("di", row("tinh", "Đi", END, None, "ve")),
    region("ve", row("tinh", "Về", date(2025, 12, 31), None, "di")),
)
TYPES = (PlaceType(id="nuoc", area=True), PlaceType(id="tinh"))
TAXONOMY = Taxonomy(
    {
        "a": Topic(id="a", title={}),
        "b": Topic(id="b", title={}, parent="a"),
        "c": Topic(id="c", title={}, parent="b"),
    },
    {one.id: one for one in REGIONS},
    {one.id: one for one in TYPES},
)


def test_areas_seats_and_scopes_are_known() -> None:
    assert TAXONOMY.areas == {"nuoc"}
    assert TAXONOMY.seats == {"moi"}
    assert list(TAXONOMY.scopes) == ["rong"]


def test_a_place_has_every_rank_that_it_ever_had() -> None:
    assert TAXONOMY.ranks["moi"] == {"tinh", "thanh-pho"}


def test_a_place_has_each_of_its_names_once_and_a_scope_none() -> None:
    assert TAXONOMY.regions["moi"].names() == ("Mới",)
    assert TAXONOMY.regions["rong"].names() == ()


class TestTopicsHolding:
    """`d` lies in `a` and became `c`."""

    FOUND = Taxonomy({**TAXONOMY.topics, "d": Topic(id="d", title={}, parent="a", end=END, successor="c")}, {})

    def test_what_a_topic_lies_in_and_what_took_it_over_hold_what_it_gives_and_so_on(self) -> None:
        assert self.FOUND.topics_holding("d") == ("a", "c", "b")
        assert self.FOUND.topics_holding("a") == ()

    def test_none_of_those_without_nor_what_follows_from_them_alone(self) -> None:
        assert self.FOUND.topics_holding("d", frozenset({"c"})) == ("a",)
        assert self.FOUND.topics_holding("d", frozenset({"b"})) == ("a", "c")

    def test_one_that_lies_in_its_own_successor_and_the_reverse_come_to_an_end(self) -> None:
        both = Taxonomy(
            {
                "a": Topic(id="a", title={}, end=END, successor="b"),
                "b": Topic(id="b", title={}, parent="a"),
            },
            {},
        )
        assert (both.topics_holding("a"), both.topics_holding("b")) == (("b",), ("a",))


def test_the_ancestors_of_a_topic_stand_the_nearest_first() -> None:
    assert list(TAXONOMY.topic_ancestors("c")) == ["b", "a"]
    assert list(TAXONOMY.topic_ancestors("a")) == []


def test_the_row_of_a_day_is_the_one_that_holds_or_else_the_nearest() -> None:
    moi = TAXONOMY.regions["moi"]
    assert (moi.row(END).type, moi.row(NEXT).type) == ("tinh", "thanh-pho")
    late = region("late", row("tinh", "Một", END), row("tinh", "Hai", None, date(2025, 9, 1)))
    assert late.row(date(2025, 7, 2)).title["vi"] == "Một"
    assert late.row(date(2025, 8, 30)).title["vi"] == "Hai"


@pytest.mark.parametrize(
    ("slug", "day", "heirs", "holder"),
    [
        ("cu", END, {"cu"}, "cu"),
        ("cu", NEXT, {"cu", "moi"}, "moi"),
        ("moi", NEXT, {"moi"}, "moi"),
        ("di", NEXT, {"di", "ve"}, "ve"),
        ("di", date(2026, 1, 1), {"di", "ve"}, "ve"),
    ],
)
def test_who_had_taken_it_over_depends_on_the_day(slug: str, day: date, heirs: set[str], holder: str) -> None:
    assert TAXONOMY.heirs(slug, day) == heirs
    assert TAXONOMY.holder(slug, day) == holder


def test_what_it_took_over_is_known_from_the_day_on_which_that_ended() -> None:
    assert TAXONOMY.predecessors("moi") == (("cu", END),)
    assert TAXONOMY.predecessors("cu") == ()


def test_the_days_that_matter_stand_in_order() -> None:
    assert TAXONOMY.turning_days == (NEXT, NEXT, NEXT, NEXT, date(2026, 1, 1))
