"""Characters that no feed may hold: the last line of defence, since texts are cleaned on their way in."""

from __future__ import annotations

import re

from ..domain.clean import printable

_ADDRESS = re.compile(r"https?://\S+")
REPLACED = "\ufffd"
"""Stands where a character was lost; validators take it for the sign of a broken encoding, which it was elsewhere."""


def clean(text: str) -> str:
    """The text without unprintable characters and without white space at its ends; lines end in LF.

    A question mark stands for a character that was lost, but for in an address, where it would part it.
    """
    if REPLACED in text and not _ADDRESS.fullmatch(text):
        text = text.replace(REPLACED, "?")
    if text.isprintable():
        return text.strip()
    return printable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
