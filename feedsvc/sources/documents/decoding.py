"""Bytes as text, or the reason why they are none."""

from __future__ import annotations

import codecs
import re

from ..encodings import read_as

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LOOKED_AT = 100_000
"""Characters in which more than one control in a hundred shows that a file is no text."""


def decoded(body: bytes, encoding: str) -> str:
    """The text of a file; raises ValueError for what is none."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS if body.startswith(mark)), None)
    for attempt in dict.fromkeys([marked] if marked else ["utf-8", encoding]):
        try:
            text = read_as(body, attempt)
        except UnicodeError:
            continue
        if _is_text(text):
            return text
    raise ValueError("it is not text in UTF-8; save it as UTF-8, or give the source its `encoding`")


def _is_text(text: str) -> bool:
    start = text[:LOOKED_AT]
    return "\0" not in text and len(CONTROLS.findall(start)) * 100 <= len(start)
