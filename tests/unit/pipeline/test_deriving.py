"""What follows from the places that an article names: ward below province below area below country, as of today."""

from __future__ import annotations

from datetime import date

import pytest

from feedsvc.domain.article import Evidence, Label, LabelKind, Origin
from feedsvc.domain.taxonomy import Region, RegionRow
from feedsvc.pipeline.deriving import derived

from .newsroom import MERGED, TAXONOMY, place, taxonomy_of

AREAS = (
    place("nuoc-ta", "Nước Ta", None),
    place("vung-cao", "Vùng Cao", "nuoc-ta"),
    place("vung-thap", "Vùng Thấp", "nuoc-ta"),
    place("lua-mot", "Lúa Một", "vung-cao", until=MERGED, successors=("lua-hai",)),
    Region(
        id="lua-hai",
        rows=(
            RegionRow(title={"vi": "Lúa Hai"}, type="tinh", parent="vung-cao", end=MERGED, successors=("lua-hai",)),
            RegionRow(title={"vi": "Lúa Hai"}, type="tinh", parent="vung-thap", start=date(2025, 7, 1)),
        ),
    ),
    place("lua-ba", "Lúa Ba", "vung-cao", until=MERGED),
    place("ben-xuoi", "Bến Xuôi", "lua-mot", until=MERGED, successors=("ben-nguoc",)),
    place("ben-nguoc", "Bến Ngược", "lua-hai"),
)


def found(*slugs: str) -> tuple[Label, ...]:
    """What is derived from these places as written."""
    written = (Label(kind=LabelKind.REGION, slug=slug, origin=Origin.RULE, reason=()) for slug in slugs)
    return derived(taxonomy_of(regions=AREAS), tuple(written))


@pytest.mark.parametrize(
    ("slug", "above"),
    [
        ("lua-hai", ["vung-thap", "nuoc-ta"]),
        ("lua-mot", ["lua-hai", "vung-thap", "nuoc-ta"]),
        ("lua-ba", ["vung-cao", "nuoc-ta"]),
        ("ben-nguoc", ["lua-hai", "vung-thap", "nuoc-ta"]),
        ("ben-xuoi", ["ben-nguoc", "lua-hai", "vung-thap", "nuoc-ta"]),
        ("nuoc-ta", []),
    ],
    ids=[
        "it goes on",
        "it was taken over",
        "nothing took it over",
        "a part",
        "a part that was taken over",
        "a country",
    ],
)
def test_what_a_place_lies_in_is_what_it_or_its_successor_lies_in_today(slug: str, above: list[str]) -> None:
    """An area that a place left, or that ended with it, holds none of its articles; its areas of today hold all."""
    assert [label.slug for label in found(slug)] == above


def test_each_is_derived_once_and_not_where_it_is_written() -> None:
    assert [label.slug for label in found("lua-mot", "ben-nguoc", "vung-thap")] == ["lua-hai", "nuoc-ta"]


def test_each_has_its_reason_and_its_rank() -> None:
    first, second, _ = found("lua-mot")
    assert first.reason == (Evidence("took over lua-mot after 2025-06-30", "region", "lua-mot"),)
    assert second.reason == (Evidence("lua-hai lies in it", "region", "lua-hai"),)
    assert [label.rank for label in found("lua-mot")] == [0, 1, 2]
    assert all(label.derived for label in found("lua-mot"))


def test_successors_have_successors_and_circles_end() -> None:
    chain = (
        place("a", "Lúa Một", None, until=date(2008, 7, 31), successors=("b",)),
        place("b", "Lúa Hai", None, until=MERGED, successors=("c", "a")),
        place("c", "Lúa Ba", None),
    )
    written = (Label(kind=LabelKind.REGION, slug="a", origin=Origin.RULE, reason=()),)
    assert [label.slug for label in derived(taxonomy_of(regions=chain), written)] == ["b", "c"]


def test_nothing_follows_from_what_the_operator_took_away() -> None:
    written = (Label(kind=LabelKind.REGION, slug="tien-giang", origin=Origin.RULE, reason=()),)
    assert [label.slug for label in derived(TAXONOMY, written, frozenset({"dong-thap"}))] == []
    assert [label.slug for label in derived(TAXONOMY, written, frozenset({"mien-tay"}))] == ["dong-thap"]
