"""Where an entry is, as GeoRSS has it."""

from __future__ import annotations

import pytest
from lxml import etree

from feedsvc.domain.geometry import Box, Geometry, Point
from feedsvc.formats.geography import geometry


def written(where: Geometry) -> tuple[str, str | None]:
    made = geometry(where)
    return etree.QName(made).localname, made.text


@pytest.mark.parametrize(
    ("point", "text"),
    [
        (Point(10.36, 106.36), "10.36 106.36"),
        (Point(-10.0, 0.0), "-10 0"),
        (Point(1 / 3, -1e-9), "0.333333 0"),
    ],
)
def test_a_point_has_its_latitude_first_and_no_more_than_six_decimals(point: Point, text: str) -> None:
    assert written(point) == ("point", text)


def test_a_box_is_a_polygon_that_ends_where_it_began() -> None:
    assert written(Box(Point(8, 104.5), Point(11, 107))) == ("polygon", "8 104.5 8 107 11 107 11 104.5 8 104.5")
