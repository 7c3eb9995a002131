"""What Atom and RSS share: Media RSS (https://www.rssboard.org/media-rss) and GeoRSS Simple (OGC 17-002r1)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .addresses import address
from .xml import GEORSS, MEDIA, named

_NUMBERS = ("fileSize", "width", "height")


def extensions(root: etree._Element) -> Iterator[str]:
    """The violations of both, wherever they stand."""
    for content in root.iter(f"{MEDIA}content"):
        yield from _media(content)
    for element in root.iter(f"{GEORSS}*"):
        yield from _geometry(element)
    for holder in root.iter():
        if len(holder.findall(f"{GEORSS}*")) > 1:
            yield f"{named(holder)} is in more than one place"


def _media(content: etree._Element) -> Iterator[str]:
    yield from address("a media:content", content.get("url"), ascii_only=True)
    if content.get("medium") != "image" or not (content.get("type") or "").startswith("image/"):
        yield "a media:content says no medium, or no type of it"
    yield from _numbers(content)
    thumbnails = content.findall(f"{MEDIA}thumbnail")
    if len(thumbnails) != 1:
        yield f"a media:content has {len(thumbnails)} thumbnails, not one"
    for thumbnail in thumbnails:
        yield from address("a media:thumbnail", thumbnail.get("url"), ascii_only=True)
        yield from _numbers(thumbnail)
    for name in ("description", "credit"):
        if any(not (found.text or "").strip() for found in content.findall(f"{MEDIA}{name}")):
            yield f"a media:{name} is empty"


def _numbers(element: etree._Element) -> Iterator[str]:
    for name in _NUMBERS:
        if not element.get(name, "1").isdecimal() or element.get(name) == "0":
            yield f"{name} of {named(element)} is {element.get(name)}"


def _geometry(element: etree._Element) -> Iterator[str]:
    try:
        degrees = [float(part) for part in (element.text or "").split()]
    except ValueError:
        degrees = []
    points = list(zip(degrees[::2], degrees[1::2], strict=False))
    kind = etree.QName(element).localname
    whole = len(degrees) == 2 if kind == "point" else len(points) >= 4 and points[0] == points[-1]
    there = all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in points)
    if kind not in {"point", "polygon"} or len(degrees) % 2 or not whole or not there:
        yield f"{named(element)} is nowhere: {element.text}"
