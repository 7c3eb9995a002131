"""Characters that no feed may hold: the last line of defence, since texts are cleaned on their way in."""

from __future__ import annotations

from ..domain.clean import printable


def clean(text: str) -> str:
    """The text without unprintable characters and without white space at its ends; lines end in LF."""
    if text.isprintable():
        return text.strip()
    return printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
