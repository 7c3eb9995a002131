"""Hostile HTML as a tree, and the text in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import lxml.html
from lxml import etree

from ..domain.clean import one_line, printable, without_giant_tags
from .flat import BLOCK_LEVEL, paragraphs
from .policy import SWALLOWED


def tree_of(html: str) -> lxml.html.HtmlElement | None:
    """All elements without comments and what is swallowed; nested too deep for a tree, the text in paragraphs.

    Not the body alone: libxml2 leaves some elements in the head, and what follows `</body>` outside.
    """
    text = printable(without_giant_tags(html))
    if not text.strip():
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if _broke_off(parser):
        return _body_of(paragraphs(text))
    etree.strip_elements(root, *SWALLOWED, with_tail=False)
    etree.strip_tags(root, "plaintext")
    for headline in list(root.iter("h1")):
        headline.tag = "h2"
    return root


def paragraph(text: str) -> lxml.html.HtmlElement:
    """A paragraph that holds a text, without what no document can hold: a reference may have brought that in."""
    made = lxml.html.Element("p")
    made.text = printable(text)
    return made


def text_of(element: lxml.html.HtmlElement) -> str:
    """The text of an element in one line: what stands in different blocks or lines never runs together."""
    return one_line(" ".join(_pieces(element)))


def source_of(element: lxml.html.HtmlElement) -> str:
    """An element as HTML again; as hostile as it was."""
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=False))


def _pieces(element: lxml.html.HtmlElement) -> Iterator[str]:
    piece: list[str] = []
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        if inner.tag in BLOCK_LEVEL or inner.tag == "br":
            yield "".join(piece)
            piece = []
        text = inner.text if event == "start" else inner.tail if inner is not element else None
        piece.append(text or "")
    yield "".join(piece)


def _broke_off(parser: lxml.html.HTMLParser) -> bool:
    """Whether libxml2 met a limit of its own, beyond which it reads nothing."""
    last = parser.error_log.last_error
    return last is not None and last.level >= etree.ErrorLevels.FATAL


def _body_of(texts: Iterable[str]) -> lxml.html.HtmlElement:
    body = lxml.html.Element("body")
    body.extend(map(paragraph, texts))
    return body
