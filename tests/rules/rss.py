"""RSS 2.0 (https://www.rssboard.org/rss-specification) with the Best Practices Profile of its board."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from .addresses import address
from .dates import dated, newest_first, rfc822, rfc3339
from .extensions import extensions
from .html import html
from .xml import ATOM, CONTENT, DC, GEORSS, MEDIA, MODIFIED, counted, document, named, parsed

RIGHTS = f"{DC}rights"
CHANNEL = frozenset("title link description language copyright generator docs ttl image lastBuildDate item".split()) | {
    f"{ATOM}link"
}
ITEM = frozenset("title link description guid category enclosure source pubDate".split()) | {
    *(f"{ATOM}link", f"{DC}creator", RIGHTS, CONTENT, MODIFIED, f"{MEDIA}content"),
    *(f"{GEORSS}point", f"{GEORSS}polygon"),
}
"""What a document of ours may hold: a part of the specification, the profile and the modules."""
WIDEST, HIGHEST = 144, 400


def check_rss(body: bytes, *, now: datetime) -> list[str]:
    """The violations of an RSS document."""
    try:
        rss = parsed(body)
    except etree.XMLSyntaxError as error:
        return [f"the document is not well-formed: {error}"]
    if rss.tag != "rss" or rss.get("version") != "2.0" or [child.tag for child in rss] != ["channel"]:
        return ["the document is not one channel in RSS 2.0"]
    channel = rss[0]
    return [
        *document(body),
        *_plain_texts(body),
        *_channel(channel),
        *_image(channel),
        *_dates(channel, now),
        *_addresses(channel),
        *extensions(channel),
    ]


def _plain_texts(body: bytes) -> Iterator[str]:
    """Profile, character data: plain texts write & < > as hexadecimal references; only the text of items is HTML."""
    head, _, items = body.partition(b"<item")
    for part, marked in ((head, set[bytes]()), (items, {b"description", b"content:encoded"})):
        for name, text in re.findall(rb"<([a-zA-Z:]+)(?: [^<>]*)?>([^<]*)</", part):
            if name not in marked and re.search(rb"&(amp|lt|gt);", text):
                yield f"a {name.decode()} has named references: {text.decode()}"


def _image(channel: etree._Element) -> Iterator[str]:
    """Profile, image: the title and the link of the channel, and a picture that fits."""
    for image in channel.findall("image"):
        yield from counted(image, one=("url", "title", "link"), most_one=("width", "height"))
        for name in ("title", "link"):
            if image.findtext(name) != channel.findtext(name):
                yield f"the {name} of the image is not that of the channel"
        size = (int(image.findtext("width") or 88), int(image.findtext("height") or 31))
        if not (0 < size[0] <= WIDEST and 0 < size[1] <= HIGHEST):
            yield f"the image is of {size[0]} by {size[1]}"
        yield from address("the image", image.findtext("url"), ascii_only=True)


def _channel(channel: etree._Element) -> Iterator[str]:
    """Required channel elements; each at most once; items last."""
    singles = ("copyright", "docs", "ttl", "image", "pubDate", "managingEditor", "webMaster")
    yield from counted(
        channel, one=("title", "link", "description", "language", "lastBuildDate", "generator"), most_one=singles
    )
    yield from _known(channel, CHANNEL)
    if channel.findtext("docs") != "https://www.rssboard.org/rss-specification":
        yield "the channel names another specification"
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(selves) != 1 or selves[0].get("type") != "application/rss+xml":
        yield "the channel has not one self link with its type"
    for link in channel.findall(f"{ATOM}link"):
        if link not in selves and (link.get("rel") != "related" or not link.get("title")):
            yield f"the channel has a {link.get('rel')} link, or one without a title"
        yield from address(f"a {link.get('rel')} link", link.get("href"), ascii_only=True)
    items = channel.findall("item")
    if list(channel)[len(channel) - len(items) :] != items:
        yield "items stand before other elements of the channel"
    for item in items:
        yield from _item(item)
    dates = [rfc822(item.findtext("pubDate") or "") for item in items]
    yield from newest_first(list(zip(dates, [item.findtext("guid") or "" for item in items])))


def _item(item: etree._Element) -> Iterator[str]:
    """An item with title, link, guid and date; one author, one enclosure; the summary before the content."""
    where = named(item)
    singles = ("description", "author", "enclosure", "source", "comments", f"{DC}creator", CONTENT, MODIFIED)
    yield from counted(item, one=("title", "link", "guid", "pubDate"), most_one=singles)
    yield from _known(item, ITEM)
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield f"the guid of {where} passes for an address"
    names = [str(child.tag) for child in item]
    if CONTENT in names and ("description" not in names or names.index("description") > names.index(CONTENT)):
        yield f"{where} has content:encoded without a description before it"
    if "author" in names and f"{DC}creator" in names:
        yield f"{where} has two kinds of author"
    yield from (f"{where} has dc:{name}" for name in ("date", "title") if f"{DC}{name}" in names)
    for tag in ("description", CONTENT):
        yield from html(f"{tag} of {where}", item.findtext(tag) or "")
    for enclosure in item.findall("enclosure"):
        if not (enclosure.get("length") or "").isdecimal() or "/" not in (enclosure.get("type") or ""):
            yield f"the enclosure of {where} lacks its length or its type"


def _known(holder: etree._Element, names: frozenset[str]) -> Iterator[str]:
    yield from (f"{named(holder)} has {child.tag}" for child in holder if child.tag not in names)


def _dates(channel: etree._Element, now: datetime) -> Iterator[str]:
    for element in channel.iter("pubDate", "lastBuildDate"):
        yield from dated(named(element), element.text, rfc822(element.text or ""), now)
    for element in channel.iter(MODIFIED):
        yield from dated(named(element), element.text, rfc3339(element.text or ""), now)


def _addresses(channel: etree._Element) -> Iterator[str]:
    """Profile: addresses are absolute and in ASCII, wherever they stand."""
    for element in channel.iter("link", "docs", "comments"):
        yield from address(named(element), element.text, ascii_only=True)
    for element in channel.iter("enclosure", "source"):
        yield from address(named(element), element.get("url"), ascii_only=True)
    for element in channel.iter(f"{ATOM}link"):
        yield from address(f"a {element.get('rel')} link", element.get("href"), ascii_only=True)
