"""Which pictures a record names, and which of those stand beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from lxml import etree

from ...domain.clean import printable, without_giant_tags
from ...domain.fetched import Request
from ...domain.record import Hypertext, Line, PictureNames, RawRecord, WantedPicture
from .names import PicturesBeside, could_name

MOST_NAMES = 500
"""Pictures of one article that are looked for."""
MOST_LINES = 20
LONGEST_LINE = 100
ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")
"""Where an `img` has its address, placeholders and those that a script would put in their place."""


def pictures_named(record: RawRecord) -> tuple[str, ...]:
    """The names of files that a record means its pictures by, each once, in reading order."""
    content = record.content
    if isinstance(content, Hypertext):
        found: Iterable[str] = _image_names(content.html)
    else:
        found = (name for block in content.blocks if isinstance(block, PictureNames) for name in block.names)
    return tuple(dict.fromkeys(found))[:MOST_NAMES]


def lines_like_names(record: RawRecord) -> Iterator[str]:
    """Short lines of a plain text that would name a picture if there were one of that name."""
    if isinstance(record.content, Hypertext):
        return
    lines = [block.text for block in record.content.blocks if isinstance(block, Line)]
    yield from [line for line in lines if len(line) <= LONGEST_LINE and could_name(line)][:MOST_LINES]


def wanted(named: Iterable[str], beside: PicturesBeside, folder: str) -> Iterator[WantedPicture]:
    """The pictures that are there, each once, with all that the record calls it."""
    called: dict[str, list[str]] = {}
    for name in named:
        if (file := beside.file(name)) is not None:
            called.setdefault(file, []).append(name)
    for file, names in called.items():
        yield WantedPicture(file, tuple(names), Request(address=f"file:{folder}/{file}", context={"key": file}))


def _image_names(html: str) -> Iterator[str]:
    """As the markup's reader hands them on: printable, without white space around them, percent signs decoded."""
    text = printable(without_giant_tags(html))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    root = etree.fromstring(text.encode(), parser) if text.strip() else None
    for image in () if root is None else root.iter("img"):
        for address in filter(None, map(image.get, ADDRESSES)):
            name = unquote(address.strip()).removeprefix("./")
            if could_name(name) and ":" not in name:
                yield name
