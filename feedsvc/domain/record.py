"""What a parser makes of an answer: records as the source wrote them, before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .article import Medium
from .fetched import Request
from .rhythm import Hints
from .source import Json, nothing


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plain text, which is one paragraph of it."""

    text: str


@dataclass(frozen=True, slots=True)
class PictureNames:
    """Lines of a plain text that name picture files, one after the other: one figure."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text in lines. Which of them is a lead, a caption or a byline, only a language can say."""

    blocks: tuple[Line | PictureNames, ...]


@dataclass(frozen=True, slots=True)
class Hypertext:
    """HTML as it came, hostile until sanitised; `base` is the address that its own are relative to."""

    html: str
    base: str | None = None


@dataclass(frozen=True, slots=True)
class RawFigure:
    """A figure found in HTML: its pictures' addresses as written, and its caption in plain text."""

    addresses: tuple[str, ...]
    caption: str
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """A picture that the source itself holds: its file's name, what the record calls it, and how to fetch it."""

    name: str
    called: tuple[str, ...]
    request: Request


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One record, in the source's own words.

    `alternative` is the key that it would have without an identifier of its own, empty where that is its key.
    `title` is plain text unless it is marked as HTML; `summary` may hold HTML. `figures` come beside the text.
    `published` and `updated` are strings as written, or None. `modified` is when the carrier last
    changed: nothing in it can be younger. `stamps` are the wall-clock times in its pictures' names.
    `wants` are pictures to take in; `media` holds those that were, by what
    the record calls them.
    """

    key: str
    title: str | Hypertext
    content: PlainText | Hypertext
    summary: str | None = None
    link: str | None = None
    published: str | None = None
    updated: str | None = None
    modified: datetime | None = None
    stamps: tuple[datetime, ...] = ()
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    figures: tuple[RawFigure, ...] = ()
    wants: tuple[WantedPicture, ...] = ()
    media: Mapping[str, Medium] = field(default_factory=dict)
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that does not become an article, and the sentence that says why and what to do."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the pass withdraws nothing although `missing` records are gone."""

    reason: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What one answer gave.

    `held` counts the records that the answer stands for, unchanged ones included. `gone` are the keys of
    records to withdraw, `follow` further requests of the same pass, `cursor` what to remember once
    everything of this answer is stored (see `Cursor.advanced`), `more` says that the cap cut the answer
    short and that the next pass should not wait. `hints` are what it says of when to be asked. `unreadable` says why
    nothing at all can be made of the answer, `note` what an operator should know of one that could be read.
    """

    records: tuple[RawRecord, ...] = ()
    held: int = 0
    rejections: tuple[Rejection, ...] = ()
    gone: tuple[str, ...] = ()
    follow: tuple[Request, ...] = ()
    cursor: Mapping[str, Json] = field(default_factory=nothing)
    refusal: Refusal | None = None
    unreadable: str | None = None
    more: bool = False
    note: str = ""
    hints: Hints | None = None
