"""The bytes of a feed as UTF-8, whatever they are and whatever is said of them.

What the bytes are counts before what is said of them: a byte order mark, the zeros of UTF-16 and UTF-32 (XML 1.0,
appendix F), and UTF-8, which no other text is by chance. Only then comes what the source's options, the answer and the
declaration say (RFC 7303, section 3), their names meaning what they mean to browsers (WHATWG Encoding, section 4.2).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ...domain import windows1252
from ..encodings import known_encoding, read_as

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    *((bytes([first, 0]), "utf-16-le") for first in b"<{ \t\r\n"),
    *((bytes([0, first]), "utf-16-be") for first in b"<{ \t\r\n"),
)
"""How a document begins that is not written in a superset of ASCII."""
EBCDIC = b"\x4c\x6f\xa7\x94"
DECLARED = re.compile(r"""(<\?xml\s[^<>]{0,200}?encoding\s*=\s*)(?:"([^"<>]{0,200})"|'([^'<>]{0,200})')""")
CHARSET = re.compile(r""";\s*charset\s*=\s*["']?(?P<name>[^\s"';,]{1,40})""", re.I)
USUAL = re.compile(rb"""<(?:\?xml\s(?:version=["']1\.0["']\s)?encoding=["']utf-8["']\s?\?>|\w)|[{\[]""", re.I)
"""How most feeds begin, which say that they are in UTF-8, or nothing."""
DECLARED_WITHIN = 400
"""Characters at the start in which a declaration ends."""
WIDER = {
    **dict.fromkeys(("ascii", "cp1252", "iso8859-1"), "windows-1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What texts are really written in that are said to be in these: all their characters, and more."""
UNICODE = re.compile(r"utf[-_]?(?:7|8|16|32)|ucs|utf-8-sig")
STATEFUL = re.compile(r"iso2022|hz")
"""Encodings of ASCII bytes in which escapes change what these mean."""
STRAY = re.compile(r"[\udc80-\udcff]")
CUT_SHORT = re.compile(
    r"(?:[\udce1-\udcef][\udc80-\udcbf]|[\udcf0-\udcf4][\udc80-\udcbf]{1,2})(?=\s?(?:[<&\]…]|\.\.\.|\Z))"
)
"""A character of which the last bytes are missing, where a text was cut by bytes."""
SURROGATE = re.compile(r"\udced[\udca0-\udcbf][\udc80-\udcbf]")
"""Half a character of UTF-16, which is none in UTF-8."""
GARBLED = 4
"""Of this many characters beyond ASCII one may be no UTF-8, in a text that is UTF-8 for the rest."""


def as_utf8(body: bytes, media_type: str | None = None, encoding: str | None = None) -> bytes:
    """The body as UTF-8, without a mark, any XML declaration of an encoding saying so. Any bytes are some text.

    `encoding` is what the source is known to write in where it is not UTF-8; it counts before all that is only said.
    """
    if USUAL.match(body) and encoding is None and not _says_otherwise(media_type) and is_utf_8(body):
        return body
    text = _text(body, media_type, encoding).lstrip("\ufeff \t\r\n\0")
    found = DECLARED.match(text, 0, DECLARED_WITHIN)
    if found is not None and (found[2] or found[3]) != "utf-8":
        text = f'{found.group(1)}"utf-8"{text[found.end() :]}'
    return text.encode("utf-8", "replace")


def _says_otherwise(media_type: str | None) -> bool:
    charset = CHARSET.search(media_type or "")
    return charset is not None and charset["name"].lower() not in {"utf-8", "utf8"}


def is_utf_8(body: bytes) -> bool:
    """Whether the bytes are valid UTF-8 (RFC 3629)."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _text(body: bytes, media_type: str | None, encoding: str | None) -> str:
    marked = next((name for mark, name in MARKS if body.startswith(mark)), None)
    if marked is not None:
        return body.decode(marked, "replace")
    if body.startswith(EBCDIC):
        return _of_mainframes(body)
    body = body.removeprefix(codecs.BOM_UTF8)
    own = [name for name in [_known(encoding or "")] if name]
    names = [*own, *_said(body, media_type)]
    try:
        return _stateful(body, names) or body.decode()
    except UnicodeDecodeError:
        return _garbled(body, own) or _in_any(body, names)


def _said(body: bytes, media_type: str | None) -> list[str]:
    """The encodings that are named, the likeliest first: a server says Latin-1 of all that it knows nothing of."""
    charset = CHARSET.search(media_type or "")
    declared = DECLARED.match(body[:DECLARED_WITHIN].decode("latin-1").lstrip())
    said = (charset["name"] if charset else "", (declared[2] or declared[3]) if declared else "")
    names = [name for name in map(_known, said) if name]
    return sorted(names, key="windows-1252".__eq__)


def _known(name: str) -> str:
    try:
        found = known_encoding(name.strip()) if name else ""
    except ValueError:
        return ""
    return "" if UNICODE.match(found) else WIDER.get(found, found)


def _stateful(body: bytes, names: list[str]) -> str:
    """The text of an ASCII body that is said to be in an encoding with escapes, and has some."""
    if not body.isascii() or not (b"\x1b" in body or b"~{" in body):
        return ""
    return next(_readings(body, [name for name in names if STATEFUL.match(name)]), "")


def _in_any(body: bytes, names: list[str]) -> str:
    """The text in the first of the encodings that it can be in; it can always be in windows-1252."""
    return next(_readings(body, names), "") or windows1252.decoded(body)


def _readings(body: bytes, names: list[str]) -> Iterator[str]:
    for name in names:
        try:
            yield windows1252.decoded(body) if name == "windows-1252" else read_as(body, name)
        except (UnicodeError, LookupError):
            continue


def _garbled(body: bytes, own: list[str]) -> str:
    """The text of a body that is UTF-8 but for some bytes: those of another encoding, or characters cut short."""
    text = body.decode("utf-8", "surrogateescape")
    whole = CUT_SHORT.sub("\ufffd", SURROGATE.sub("", text))
    strays = len(STRAY.findall(whole))
    others = len(whole) - len(whole.encode("ascii", "ignore")) - strays
    if GARBLED * strays > others or not others:
        return ""
    return STRAY.sub(lambda found: _in_any(bytes([ord(found.group()) - 0xDC00]), own), whole)


def _of_mainframes(body: bytes) -> str:
    """EBCDIC, whose pages write a declaration alike (XML 1.0, appendix F)."""
    text = body.decode("cp037")
    declared = DECLARED.match(text, 0, DECLARED_WITHIN)
    name = _known((declared[2] or declared[3]) if declared else "")
    return next(_readings(body, [name] if name.startswith("cp") else []), text)
