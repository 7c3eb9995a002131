"""The encodings that a source may say its texts are written in: those of Python, and TCVN3."""

from __future__ import annotations

import codecs
from typing import Annotated

from pydantic import AfterValidator

from ..domain import tcvn3

TCVN3 = "tcvn3"
OF_PROGRAMS = frozenset({"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})


def known_encoding(name: str) -> str:
    """The name as Python has it. Raises ValueError for what is no encoding of texts."""
    if name.lower() == TCVN3:
        return TCVN3
    try:
        found = codecs.lookup(name).name
        b"ab".decode(found)
    except UnicodeError:
        pass  # two bytes are not a text in every encoding
    except LookupError:
        raise ValueError(f"{name!r} is not an encoding that Python knows (utf-8, cp1258, tcvn3, utf-16 …)") from None
    if found.replace("_", "-") in OF_PROGRAMS:
        raise ValueError(f"{name!r} is an encoding of programs, not of texts (utf-8, cp1258, tcvn3, utf-16 …)")
    return found


EncodingName = Annotated[str, AfterValidator(known_encoding), "an encoding, as Python names it, or `tcvn3`"]


def read_as(body: bytes, encoding: str) -> str:
    """The text, with nothing replaced. Raises UnicodeError for what is none in that encoding."""
    text = tcvn3.decoded(body) if encoding == TCVN3 else body.decode(encoding)
    text.encode()  # some encodings let lone surrogates pass
    return text
