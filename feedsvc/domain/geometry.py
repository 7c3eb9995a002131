"""Where something is on the earth: a point, or a box around it, in degrees of WGS 84."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True, slots=True)
class Point:
    """A point: latitude from -90 to 90, longitude from -180 to 180."""

    latitude: float
    longitude: float

    @property
    def written(self) -> str:
        """`10.36 106.36`: latitude and longitude, as GeoRSS has them."""
        return f"{_degrees(self.latitude)} {_degrees(self.longitude)}"


@dataclass(frozen=True, slots=True)
class Box:
    """What lies between a corner in the south and west and one in the north and east."""

    lower: Point
    upper: Point

    @property
    def outline(self) -> tuple[Point, ...]:
        """The corners in turn, back to the first."""
        south_east = Point(self.lower.latitude, self.upper.longitude)
        north_west = Point(self.upper.latitude, self.lower.longitude)
        return (self.lower, south_east, self.upper, north_west, self.lower)


Geometry = Union[Point, Box]


def _degrees(value: float) -> str:
    """At most six decimals, a tenth of a metre."""
    return f"{round(value, 6) + 0.0:.6f}".rstrip("0").rstrip(".")
