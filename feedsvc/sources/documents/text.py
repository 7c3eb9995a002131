"""Plain text as a newsroom exports it: the title in line 1, one paragraph a line, picture names between them."""

from __future__ import annotations

from ...domain.record import Line, PictureNames, PlainText, RawRecord
from .names import PicturesBeside


def read_text(key: str, text: str, beside: PicturesBeside) -> RawRecord:
    """The record of a text; `beside` are the pictures in its folder."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    blocks: list[Line | PictureNames] = []
    for line in lines[1:]:
        if not beside.is_named(line):
            blocks.append(Line(line))
        elif blocks and isinstance(last := blocks[-1], PictureNames):
            blocks[-1] = PictureNames((*last.names, line))
        else:
            blocks.append(PictureNames((line,)))
    return RawRecord(key=key, title=lines[0], content=PlainText(tuple(blocks)))
