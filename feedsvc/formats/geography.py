"""Where an entry is, as GeoRSS Simple (OGC 17-002r1), the latitude first."""

from __future__ import annotations

from lxml import etree

from ..domain.geometry import Box, Geometry
from .namespaces import element


def geometry(where: Geometry) -> etree._Element:
    """`georss:point`; a box is a `georss:polygon` of its corners, since validators do not know `georss:box`."""
    if isinstance(where, Box):
        return element("georss:polygon", " ".join(corner.written for corner in where.outline))
    return element("georss:point", where.written)
