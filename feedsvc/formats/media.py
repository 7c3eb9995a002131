"""Pictures as Media RSS (https://www.rssboard.org/media-rss), ungrouped.

feedgen's own extension puts even a single media:content into a media:group, which is for several
renditions of one thing.
"""

from __future__ import annotations

from lxml import etree

from ..domain.feed import Picture
from .namespaces import element


def media_content(picture: Picture) -> etree._Element:
    """One media:content with its caption, its photographer, and itself as its thumbnail."""
    made = element(
        "media:content",
        attributes={
            "url": picture.address,
            "medium": "image",
            "type": picture.media_type,
            # The length is 0 where it is not known, which only an enclosure may say.
            "fileSize": _number(picture.length or None),
            "width": _number(picture.width),
            "height": _number(picture.height),
        },
    )
    if picture.caption:
        made.append(element("media:description", picture.caption, {"type": "plain"}))
    if picture.credit:
        made.append(element("media:credit", picture.credit, {"role": "photographer", "scheme": "urn:ebu"}))
    # Some readers and aggregators show no picture but a thumbnail.
    size = {"width": _number(picture.width), "height": _number(picture.height)}
    made.append(element("media:thumbnail", attributes={"url": picture.address, **size}))
    return made


def _number(size: int | None) -> str | None:
    return None if size is None else str(size)
