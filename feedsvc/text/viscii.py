"""VISCII, the Vietnamese 8-bit encoding of RFC 1456, for text that was read as windows-1252.

Its six capitals in the place of controls are not told: nothing that reads a feed lets those through.
"""

from __future__ import annotations

from ..domain import windows1252

LETTERS = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "Õắằặấầẩậẽẹếềểễệố"
    "ồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉ"
    "đựòóôõỏọụùúũủýợỮ"
)
"""Of the bytes 0x80 to 0xFF."""
_READ = {
    ord(misread): letter
    for byte, letter in enumerate(LETTERS, 0x80)
    for misread in {chr(byte), windows1252.CHARACTERS[byte]}
}


def read(text: str) -> str:
    """The text that was read as Latin-1 or windows-1252, in NFC."""
    return text.translate(_READ)
