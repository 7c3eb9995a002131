"""Markup that reads everything as the blocks it was given."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.domain.article import Html
from feedsvc.domain.record import RawFigure


@dataclass(frozen=True)
class FakeMarkup:
    """Implements `ports.Markup`."""

    blocks: tuple[Html | RawFigure, ...] = ()
    policy: int = 1

    def read(self, html: str, base: str | None) -> tuple[Html | RawFigure, ...]:
        """The blocks."""
        return self.blocks

    def plain(self, html: str) -> str:
        """The HTML as it is."""
        return html
