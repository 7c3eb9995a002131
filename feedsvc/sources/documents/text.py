"""Plain text as a newsroom exports it: the title in line 1, one paragraph a line, picture names between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ...domain.record import Line, PictureNames, PlainText, RawRecord
from .names import PicturesBeside

MOST_LINES = 10_000
"""Lines of an article; a longer text is no article, and its middle is left out."""


def read_text(key: str, text: str, beside: PicturesBeside) -> RawRecord:
    """The record of a text; `beside` are the pictures in its folder."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    return RawRecord(key=key, title=lines[0], content=PlainText(tuple(_blocks(_within(lines[1:]), beside))))


def _blocks(lines: Iterable[str], beside: PicturesBeside) -> Iterator[Line | PictureNames]:
    for named, group in groupby(lines, beside.is_named):
        if named:
            yield PictureNames(tuple(group))
        else:
            yield from map(Line, group)


def _within(lines: list[str]) -> list[str]:
    """The first lines and the last one, which may name the author."""
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], lines[-1]]
