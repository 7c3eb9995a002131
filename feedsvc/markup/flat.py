"""The text of HTML that is nested too deep for a tree, in one pass over its tags."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from .policy import SWALLOWED

BLOCK_LEVEL = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p pre search "
    "section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a line of their own (HTML section 15.3); any other, known or not, stands within one."""
TAG = re.compile(r"<(?:(?P<comment>!--)|[!?][^<>]*>?|(?P<close>/?)(?P<name>[a-z][^\s/<>]*)[^<>]*>?)", re.I)
ENDS = {name: re.compile(f"</{name}", re.I) for name in SWALLOWED}


def paragraphs(html: str) -> Iterator[str]:
    """The text, a paragraph for each block, without comments and what is swallowed."""
    pieces: list[str] = []
    for text, tag in _pieces(html):
        pieces.append(text)
        if tag in BLOCK_LEVEL or tag == "br":
            yield from _joined(pieces)
            pieces = []
    yield from _joined(pieces)


def _joined(pieces: list[str]) -> Iterator[str]:
    if text := entities.unescape("".join(pieces)).strip():
        yield text


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """Each stretch of text with the name of the tag after it."""
    place = 0
    endless: set[str] = set()
    while (found := TAG.search(html, place)) is not None:
        name = (found["name"] or "").lower()
        yield html[place : found.start()], name
        place = found.end()
        if found["comment"]:
            end = html.find("-->", place)
            place = len(html) if end < 0 else end + 3
        elif name in SWALLOWED and not found["close"] and name not in endless:
            if (last := ENDS[name].search(html, place)) is not None:
                place = last.start()
            else:
                endless.add(name)
    yield html[place:], ""
