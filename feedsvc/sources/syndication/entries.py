"""What every reader of a feed gives, and what all of them need for it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ...domain.clean import one_line
from ...domain.record import RawRecord, Rejection

SURROGATES = re.compile("[\ud800-\udfff]")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
PERSON = re.compile(r"[^\s()@]+@[^\s()@]+\s*\((?P<name>[^()]+)\)")
"""RSS writes its people as `mail@example.org (Name)`."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a feed in its order, the key of each being its own identifier, if it has one, as written.

    `held` is how many the feed has, those that were not read included.
    """

    records: tuple[RawRecord, ...]
    rejections: tuple[Rejection, ...] = ()
    held: int = 0


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part its paragraphs."""
    parts = BLANK_LINES.split(text.replace("\r\n", "\n").strip())
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


def encodable(text: str) -> str:
    """The text without lone surrogates, which no encoding can write."""
    return SURROGATES.sub("", text)


def person(written: str) -> str:
    """The name in what stands for a person; an e-mail address alone is none."""
    text = one_line(written)
    found = PERSON.fullmatch(text)
    if found is not None:
        return found["name"].strip()
    return "" if "@" in text and " " not in text else text
