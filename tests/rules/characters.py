"""Characters that no text of a feed may hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def forbidden(where: str, text: str) -> Iterator[str]:
    """C0 (but tab and line ends) and C1 controls, surrogates, noncharacters (XML 1.0 section 2.2 and its note)."""
    for character in sorted(set(text)):
        if _is_forbidden(character):
            yield f"{where} holds U+{ord(character):04X}"


def _is_forbidden(character: str) -> bool:
    code = ord(character)
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return character not in "\t\n\r"
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
