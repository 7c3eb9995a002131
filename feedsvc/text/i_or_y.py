"""Whether a Vietnamese syllable ends in i or y: `kĩ thuật` and `kỹ thuật`, `Quy Nhơn` and `Qui Nhơn` are one word.

Both are in use behind h, k, l, m, s, t and qu, where nothing follows. Elsewhere the letter tells syllables apart
(`tai`, `tay`), or one spelling is the only one.
"""

from __future__ import annotations

import re
from itertools import product

IN_I, IN_Y = "iìíỉĩịIÌÍỈĨỊ", "yỳýỷỹỵYỲÝỶỸỴ"
MOST = 3
"""Such syllables of a text that are spelled one by one; of more, all are spelled alike."""
# It begins with a class of letters, which are looked for many times faster than a place between two.
_OPEN = re.compile(
    rf"(?:[hklmstHKLMST](?<![^\W\d_].)|[qQ][uU](?<![^\W\d_]..))[{IN_I}{IN_Y}](?![^\W\d_]|[\u0300-\u036f])"
)
_TO_I, _TO_Y = str.maketrans(IN_Y, IN_I), str.maketrans(IN_I, IN_Y)


def in_i(text: str) -> str:
    """NFC text in which such syllables end in i; as long as it was."""
    return _OPEN.sub(_with_i, text)


def spellings(text: str) -> tuple[str, ...]:
    """The text as it is, and with each such syllable in i and in y."""
    parts = _OPEN.split(text)
    both = [(_with_i(found), _with_y(found)) for found in _OPEN.finditer(text)]
    ways = product(*both) if len(both) <= MOST else zip(*both, strict=True)
    return tuple(dict.fromkeys((text, *(_joined(parts, way) for way in ways))))


def _joined(parts: list[str], between: tuple[str, ...]) -> str:
    return parts[0] + "".join(way + part for way, part in zip(between, parts[1:], strict=True))


def _with_i(found: re.Match[str]) -> str:
    return found.group().translate(_TO_I)


def _with_y(found: re.Match[str]) -> str:
    return found.group().translate(_TO_Y)
