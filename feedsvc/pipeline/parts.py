"""The parts of an article told apart: lead, captions and their credits, figures, byline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

from ..domain.article import Block, Figure, Html, Medium, Paragraph, Role
from ..domain.clean import one_line, shortened
from ..domain.record import Hypertext, Line, PictureNames, RawFigure, RawRecord
from ..ports import Language, Markup
from .links import http, image_type
from .undoubling import hypertext

LONGEST_TEXT = 256 * 1024
"""Characters of an article; what is beyond is left out."""

Raw = Line | PictureNames | RawFigure | Html


def blocks_of(record: RawRecord, markup: Markup) -> list[Raw]:
    """The blocks of a record that say anything, within the limit.

    Figures that came beside a text stand before it, unless it has pictures of its own: those are mostly the same.
    """
    content = record.content
    if isinstance(content, Hypertext):
        blocks: list[Raw] = list(_within_limit(markup.read(hypertext(content.html), http(content.base or record.link))))
    else:
        blocks = list(_within_limit(content.blocks))
    illustrated = any(isinstance(block, RawFigure | PictureNames) for block in blocks)
    return blocks if illustrated else [*record.figures, *blocks]


@dataclass
class Parts:
    """Goes over the blocks once, in order, and remembers what a later one depends on."""

    language: Language
    record: RawRecord
    content: list[Block] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    lead: str = ""

    def take(self, blocks: list[Raw]) -> None:
        """Sort the blocks of the article into its parts."""
        waiting: list[PictureNames | RawFigure] = []
        for block in self._without_byline(blocks):
            if _uncaptioned(block):
                waiting.append(block)
                continue
            caption = self._caption(block) if waiting else ""
            self._figures(waiting, caption)
            waiting = []
            if not caption:
                self._take_one(block)
        self._figures(waiting, "")

    def _figures(self, waiting: list[PictureNames | RawFigure], caption: str) -> None:
        """Pictures under one caption are one figure; without one, each keeps the words that stand for it."""
        if caption:
            self._figure(chain.from_iterable(map(_names, waiting)), caption)
            return
        for block in waiting:
            self._figure(_names(block), "", _alternative(block))

    def _take_one(self, block: Raw) -> None:
        if isinstance(block, RawFigure):
            self._figure(block.addresses, one_line(block.caption), _alternative(block))
        elif isinstance(block, Line):
            text = one_line(block.text)
            self.content.append(Paragraph(text, self._role(text)))
        elif isinstance(block, Html):
            role = self._role(block.text)
            self.content.append(block if role is block.role else replace(block, role=role))

    def _role(self, text: str) -> Role:
        if self.lead:
            return Role.BODY
        self.lead = text
        return Role.LEAD

    def _figure(self, names: Iterable[str], caption: str, alternative: str = "") -> None:
        """A picture that is not there leaves its caption as a paragraph, and nothing else."""
        people = (self.language.credit(caption) if caption else None) or ()
        self.credits += people
        pictures = self._media(names)
        if pictures:
            self.content.append(Figure(pictures, caption, people, alternative))
        elif caption:
            self.content.append(Paragraph(caption, Role.CAPTION))

    def _caption(self, block: Raw) -> str:
        """The text of a block after pictures if it is their caption, which ends with a credit."""
        text = _text(block)
        return text if text and self.language.credit(text) is not None else ""

    def _media(self, names: Iterable[str]) -> tuple[Medium, ...]:
        found = (self.record.media.get(name) or self._remote(name) for name in names)
        return tuple(dict.fromkeys(medium for medium in found if medium is not None))

    def _remote(self, written: str) -> Medium | None:
        address = http(written)
        if address is None:
            return self.record.media.get(unquote(written).removeprefix("./"))
        media = self.record.media
        beside = media.get(unquote(urlsplit(address).path.rpartition("/")[2])) if media else None
        return beside or Medium(address=address, media_type=image_type(address), length=0)

    def _without_byline(self, blocks: list[Raw]) -> list[Raw]:
        """The blocks without a closing line that only names people, unless it is all there is."""
        text = _text(blocks[-1]) if len(blocks) > 1 else ""
        byline = self.language.byline(text) if text else None
        if byline is None:
            return blocks
        self.authors, self.contributors = byline.authors, byline.contributors
        return blocks[:-1]


def _uncaptioned(block: Raw) -> TypeGuard[PictureNames | RawFigure]:
    """Whether it is pictures that may have their caption in the next block."""
    if isinstance(block, RawFigure):
        return bool(block.addresses) and not one_line(block.caption)
    return isinstance(block, PictureNames) and bool(block.names)


def _names(block: PictureNames | RawFigure) -> tuple[str, ...]:
    return block.names if isinstance(block, PictureNames) else block.addresses


def _alternative(block: PictureNames | RawFigure) -> str:
    return one_line(block.alternative) if isinstance(block, RawFigure) else ""


def _text(block: Raw) -> str:
    """The words of a block in one line, which those of HTML are in already."""
    if isinstance(block, Html):
        return block.text
    return one_line(block.text) if isinstance(block, Line) else ""


def _within_limit(blocks: Iterable[Raw]) -> Iterator[Raw]:
    left = LONGEST_TEXT
    for block in blocks:
        if isinstance(block, Line | Html) and not _text(block):
            continue
        size = _size(block)
        if size <= left:
            yield block
        elif isinstance(block, Line | Html) and left:
            yield Line(shortened(_text(block), left))
        left = max(0, left - size)


def _size(block: Raw) -> int:
    match block:
        case Html():
            return len(block.markup)
        case Line():
            return len(block.text)
        case RawFigure():
            return len(block.caption) + sum(map(len, block.addresses))
        case PictureNames():
            return sum(map(len, block.names))
