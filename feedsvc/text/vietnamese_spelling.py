"""How Vietnamese words are written: letters that look alike, tone marks in either place, i or y, and apostrophes."""

from __future__ import annotations

import re

from . import i_or_y, tones

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])[’ʼ](?=[^\W\d_])")
"""Between two letters (`Ea H’leo`): elsewhere it closes what was quoted."""


def lettered(text: str) -> str:
    """The text with one letter đ, and with one apostrophe in names; as long as it was."""
    return _one_apostrophe(tones.lettered(text))


def canonical(text: str) -> str:
    """See `ports.Language`."""
    return i_or_y.in_i(_one_apostrophe(tones.canonical(text)))


def spellings(text: str) -> tuple[str, ...]:
    """The ways in which a text is written, the first of them as it is but for its tone marks; see `ports.Language`."""
    placed = tones.spellings(_one_apostrophe(text))
    return tuple(dict.fromkeys(way for one in placed for way in i_or_y.spellings(one)))


def _one_apostrophe(text: str) -> str:
    return _APOSTROPHE.sub("'", text) if "’" in text or "ʼ" in text else text
