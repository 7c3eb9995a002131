"""windows-1252 as browsers read it: every byte is a character (WHATWG Encoding, section 9.1).

The five bytes that the code page leaves open are the C1 controls of their number. What is labelled Latin-1 is this too.
"""

from __future__ import annotations

import codecs

HOLES = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})
CHARACTERS = "".join(chr(byte) if byte in HOLES else bytes([byte]).decode("cp1252") for byte in range(256))
"""The character of every byte."""
_BYTES = {byte: byte for byte in range(256)} | {ord(character): byte for byte, character in enumerate(CHARACTERS)}


def decoded(body: bytes) -> str:
    """The text; any bytes are one."""
    return codecs.charmap_decode(body, "strict", CHARACTERS)[0]


def encoded(text: str) -> bytes:
    """The bytes that were read as this text, by windows-1252 or by Latin-1. Raises UnicodeEncodeError for others."""
    return codecs.charmap_encode(text, "strict", _BYTES)[0]
