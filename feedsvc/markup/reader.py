"""HTML in, blocks out: each paragraph, list or table by itself, the pictures taken out of them as figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

import lxml.html

from ..domain.article import Html
from ..domain.clean import one_line, printable, shortened
from ..domain.record import RawFigure
from .flat import BLOCK_LEVEL
from .plain import MARKUP, read_plainly
from .policy import POLICY_VERSION, sanitised, unfolded
from .tree import paragraph, source_of, text_of, tree_of

Block = Html | RawFigure

KEPT = frozenset("p ul ol dl table blockquote pre h2 h3 h4 h5 h6".split())
"""Blocks that are published as they are; any other is only a wrapping of what stands in it."""
LAZY = ("data-src", "data-original", "data-lazy-src")
LONGEST_CAPTION = 500
"""Characters of a figure's text that are its caption although it does not say so."""
MOST_CAPTIONS = 5
"""Captions within one figure."""
LONGEST_BLOCK = 128 * 1024
"""Characters of one block; a longer one is published as its text alone, and that cut."""
LONGEST = 1024 * 1024
MOST_BLOCKS = 10_000
MOST_ELEMENTS = 250_000
"""Characters, blocks and elements after which nothing more is read: an article has ended long before."""
DEEPEST = 100
"""Elements within one another; what is deeper is flattened to its text."""
HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s?:\s?none|visibility\s?:\s?hidden|(?:width|height)\s?:\s?[01](?:px)?(?:[;\s]|$))"
)
TINY = re.compile(r"\s*0*[01]?(?:\.\d*)?\s*(?:px\s*)?")


class HtmlReader:
    """Implements `ports.Markup` with libxml2 and ammonia."""

    policy = POLICY_VERSION

    def read(self, html: str, base: str | None) -> tuple[Html | RawFigure, ...]:
        """The blocks of hostile HTML; see `ports.Markup`."""
        clean = printable(html)
        plain = read_plainly(clean)
        return self.read_long(clean, base) if plain is None else plain

    def read_long(self, html: str, base: str | None) -> tuple[Html | RawFigure, ...]:
        """The blocks of any HTML, by way of a tree; `read` gives the same."""
        root = tree_of(html)
        if root is None:
            return ()
        _find_addresses(root, base)
        return tuple(_within_limits(_Walk(root).blocks(root, 0)))

    def plain(self, html: str) -> str:
        """The text of HTML in one line; see `ports.Markup`."""
        if not MARKUP.search(html):
            return one_line(html)
        root = tree_of(html)
        return "" if root is None else text_of(root)


class _Walk:
    """Goes down into what holds blocks or pictures; loose text and what stands in a line make paragraphs."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self._holders = _holders(root)
        self._visits = MOST_ELEMENTS

    def blocks(self, parent: lxml.html.HtmlElement, depth: int) -> Iterator[Block]:
        """The blocks within an element."""
        text, loose = parent.text or "", list[lxml.html.HtmlElement]()
        for child in list(parent):
            self._visits -= 1
            if self._visits < 0:
                break
            if child.tag not in BLOCK_LEVEL and child.tag != "img" and child not in self._holders:
                loose.append(child)
                continue
            tail = child.tail or ""
            yield from _loose(text, loose)
            text, loose = tail, []
            yield from self._block(child, depth)
        yield from _loose(text, loose)

    def _block(self, element: lxml.html.HtmlElement, depth: int) -> Iterator[Block]:
        if depth >= DEEPEST:
            yield from _safe(paragraph(text_of(element)))
        elif element.tag == "img":
            yield from _figure(element, "")
        elif element.tag == "figure" and (caption := _caption(element)) is not None:
            yield from _figure(element, caption)
        elif element.tag in KEPT and not (element.tag == "p" and element in self._holders):
            pictures = tuple(_figure(element, ""))
            for image in list(element.iter("img")):
                image.drop_tree()
            yield from _safe(element)
            yield from pictures
        else:
            yield from self.blocks(element, depth + 1)


def _holders(root: lxml.html.HtmlElement) -> set[lxml.html.HtmlElement]:
    """Every element that a block or a picture stands in."""
    found: set[lxml.html.HtmlElement] = set()
    for element in root.iter("img", *BLOCK_LEVEL):
        parent = element.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def _caption(figure: lxml.html.HtmlElement) -> str | None:
    """The caption of a figure that is one unit; None where it holds other figures, no picture, or a long text."""
    if next(figure.iterdescendants("figure"), None) is not None or next(_pictures(figure), None) is None:
        return None
    said = one_line(" ".join(text_of(found) for found in islice(figure.iter("figcaption"), MOST_CAPTIONS)))
    text = said or text_of(figure)
    return text if said or len(text) <= LONGEST_CAPTION else None


def _figure(element: lxml.html.HtmlElement, caption: str) -> Iterator[RawFigure]:
    if pictures := tuple(_pictures(element)):
        alternative = one_line(next((image.get("alt") or "" for image in element.iter("img")), ""))
        yield RawFigure(pictures, caption, alternative)


def _find_addresses(root: lxml.html.HtmlElement, base: str | None) -> None:
    """Resolve addresses against the base (RFC 3986 section 5); take a lazy picture's real address for its own."""
    for image in root.iter("img"):
        lazy = next((found for name in LAZY if (found := _address(image, name))), "")
        if lazy and not lazy.lower().startswith("data:"):
            image.set("src", lazy)
    absolute = base is not None and _scheme(base) in {"http", "https"}
    for element in root.iter("a", "img"):
        name = "href" if element.tag == "a" else "src"
        if address := unfolded(_address(element, name)):
            element.set(name, _joined(base, address) if base and absolute else address)


def _address(element: lxml.html.HtmlElement, name: str) -> str:
    """An attribute without what no document can hold: a reference may have brought that in."""
    return printable(element.get(name) or "").strip()


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _pictures(element: lxml.html.HtmlElement) -> Iterator[str]:
    """The addresses of the pictures that can be seen."""
    for image in element.iter("img"):
        address = (image.get("src") or "").strip()
        if address and not _unseen(image) and _scheme(address) in {"", "http", "https"}:
            yield address


def _unseen(image: lxml.html.HtmlElement) -> bool:
    """Whether a picture is hidden or of one pixel: one that counts readers."""
    sizes = (size for size in (image.get("width"), image.get("height")) if size and size.strip())
    hidden = image.get("hidden") is not None or HIDDEN.search(" ".join((image.get("style") or "").lower().split()))
    return bool(hidden) or any(TINY.fullmatch(size[:20]) for size in sizes)


def _scheme(address: str) -> str:
    """The scheme of an address, in lower case; a question mark for one that cannot be read."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return "?"


def _loose(text: str, children: list[lxml.html.HtmlElement]) -> Iterator[Html]:
    """What stands between two blocks, as a paragraph of its own."""
    if children or text.strip():
        made = paragraph(text)
        made.extend(children)
        yield from _safe(made)


def _safe(element: lxml.html.HtmlElement) -> Iterator[Html]:
    text = text_of(element)
    if not text:
        return
    source = source_of(element)
    if len(source) > LONGEST_BLOCK:
        text = shortened(text, LONGEST_BLOCK)
        source = source_of(paragraph(text))
    markup = printable(sanitised(source)).strip()
    yield Html(markup if "<pre" in markup else " ".join(markup.split()), text)


def _within_limits(blocks: Iterator[Block]) -> Iterator[Block]:
    left = LONGEST
    for block in islice(blocks, MOST_BLOCKS):
        yield block
        left -= len(block.markup if isinstance(block, Html) else block.caption)
        if left < 0:
            return
