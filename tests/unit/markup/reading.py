"""HTML read, and its blocks in short."""

from __future__ import annotations

from feedsvc.domain.article import Html
from feedsvc.domain.record import RawFigure
from feedsvc.markup.reader import HtmlReader

BASE = "https://bao.example/tin/bai.html"


def read(html: str, base: str | None = None) -> tuple[Html | RawFigure, ...]:
    return HtmlReader().read(html, base)


def shown(html: str, base: str | None = None) -> list[str]:
    """The blocks in short: markup as it is, a figure as its pictures and its caption."""
    return [
        block.markup if isinstance(block, Html) else " ".join(["figure", *block.addresses, "|", block.caption]).strip()
        for block in read(html, base)
    ]


def markup(html: str, base: str | None = None) -> str:
    return "\n".join(shown(html, base))
