"""Texts written in one encoding and read in another, as it happens on the way to a feed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from feedsvc.domain import tcvn3, windows1252
from feedsvc.text import viscii, vni
from feedsvc.text.tones import TONES

_TCVN3 = {letter: byte for byte, letter in tcvn3.LETTERS.items()}
_VISCII = {letter: chr(byte) for byte, letter in enumerate(viscii.LETTERS, 0x80)}
_VNI = {letter: written for written, letter in vni.LETTERS.items()}


def utf8(text: str) -> str:
    """UTF-8 read as windows-1252, its holes as controls."""
    return windows1252.decoded(text.encode())


def twice(text: str) -> str:
    """UTF-8 read as windows-1252, written as UTF-8, and read so once more."""
    return utf8(utf8(text))


def as_latin_1(text: str) -> str:
    """UTF-8 read as Latin-1, where every byte is a character."""
    return text.encode().decode("latin-1")


def windows_1258(text: str) -> str:
    """windows-1258, tones apart where there is no letter with them; raises UnicodeEncodeError for other letters."""
    return windows1252.decoded(b"".join(map(_in_1258, text)))


def tcvn_3(text: str) -> str:
    """TCVN3, toned capitals as small letters; raises UnicodeEncodeError for what it cannot hold."""
    return windows1252.decoded(b"".join(map(_in_tcvn3, text)))


def viscii_8(text: str) -> str:
    """VISCII with typewriters' quotes; raises UnicodeEncodeError for what it cannot hold."""
    found = "".join(one if one.isascii() else _VISCII.get(one, "\ufffd") for one in text)
    return windows1252.decoded(found.encode("latin-1"))


def vni_8(text: str) -> str:
    """VNI for Windows, capitals with capital accents."""
    return "".join(_in_vni(one) for one in text)


def _in_1258(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in TONES)
        bare = unicodedata.normalize("NFC", parts.replace(tone, ""))
        return (bare + tone).encode("cp1258")


def _in_tcvn3(letter: str) -> bytes:
    byte = _TCVN3.get(letter) or _TCVN3.get(letter.lower())
    if byte is not None:
        return bytes([byte])
    written = windows1252.encoded(letter)
    if written[0] in tcvn3.LETTERS:
        raise UnicodeEncodeError("tcvn3", letter, 0, 1, "its byte is another letter's")
    return written


def _in_vni(letter: str) -> str:
    written = _VNI.get(letter.lower(), letter)
    return written.upper() if letter.isupper() else written


BROKEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "once": ("UTF-8", utf8),
    "twice": ("UTF-8", twice),
    "latin-1": ("UTF-8", as_latin_1),
    "windows-1258": ("windows-1258", windows_1258),
    "tcvn3": ("TCVN3", tcvn_3),
    "vni": ("VNI", vni_8),
    "viscii": ("VISCII", viscii_8),
}
"""What each is really written in, and how it comes."""
