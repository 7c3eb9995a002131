"""Where a place is: a point or a box of degrees (WGS 84), the latitude first, as maps and GPS receivers say it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from ..domain.geometry import Box, Geometry, Point

Corner = tuple[float, float]
Corners = tuple[float, float, float, float]


def geometry_of(point: Corner | None, box: Corners | None) -> Geometry | None:
    """The box where there is one, else the point."""
    if box is not None:
        return Box(Point(*box[:2]), Point(*box[2:]))
    return None if point is None else Point(*point)


def _point(value: Corner) -> Corner:
    if not (-90 <= value[0] <= 90 and -180 <= value[1] <= 180):
        raise ValueError("must be a latitude and a longitude in degrees, like [10.36, 106.36]")
    return value


def _box(value: Corners) -> Corners:
    (south, west), (north, east) = _point(value[:2]), _point(value[2:])
    if south > north or west > east:
        raise ValueError("must be the corner in the south and west, then the one in the north and east")
    return value


def _degrees(count: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": count, "maxItems": count})


PointOf = Annotated[Corner, AfterValidator(_point), _degrees(2), "[latitude, longitude] in degrees"]
BoxOf = Annotated[Corners, AfterValidator(_box), _degrees(4), "[south, west, north, east] in degrees"]
