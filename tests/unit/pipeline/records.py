"""Records and drafts for tests, by hand and by way of a folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feedsvc.domain.article import Draft, Figure, Medium
from feedsvc.domain.fetched import Fetched, Listing, Request
from feedsvc.domain.record import Hypertext, Line, PictureNames, PlainText, RawRecord
from feedsvc.domain.source import Source
from feedsvc.markup.reader import HtmlReader
from feedsvc.pipeline.normalise import normalise
from feedsvc.sources.documents import Documents
from feedsvc.sources.documents.kind import DocumentsOptions
from tests.fakes.folder import FakeFolder

from .newsroom import NOW, SOURCE, VIETNAMESE

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def picture(name: str) -> Medium:
    return Medium(address=f"/media/0/{name}", media_type="image/jpeg", length=1)


def record(*lines: str | PictureNames, media: Mapping[str, Medium] | None = None, title: str = "Tin") -> RawRecord:
    blocks = tuple(Line(line) if isinstance(line, str) else line for line in lines)
    return RawRecord(key="tin.txt", title=title, content=PlainText(blocks), media=media or {})


def page(html: str, media: Mapping[str, Medium] | None = None, link: str | None = None) -> RawRecord:
    return RawRecord(key="tin.html", title="Tin", content=Hypertext(html), media=media or {}, link=link)


def draft_of(raw: RawRecord, source: Source = SOURCE) -> Draft:
    return normalise(source, VIETNAMESE, HtmlReader(), raw, NOW)


def read(name: str, text: str, *pictures: str) -> Draft:
    """The draft of a file in a folder, with the pictures that stand beside it."""
    source = replace(SOURCE, options=DocumentsOptions(path=Path("/inbox")))
    folder, kind = FakeFolder(NOW), Documents()
    for file in (name, *pictures):
        folder.put(file, text.encode() if file == name else GIF, NOW - timedelta(days=1))
    listing = folder.fetch(Request(address="folder:/inbox"), timedelta(seconds=1))
    assert isinstance(listing, Listing)
    [request] = [one for one in kind.parse(source, listing).follow if one.context["key"] == name]
    answer = folder.fetch(request, timedelta(seconds=1))
    assert isinstance(answer, Fetched)
    [raw] = kind.parse(source, answer).records
    media = {called: picture(want.name) for want in raw.wants for called in want.called}
    return draft_of(replace(raw, media=media), source)


def kinds(draft: Draft) -> list[str]:
    return [type(block).__name__ for block in draft.content]


def texts(draft: Draft) -> list[str]:
    return [block.caption if isinstance(block, Figure) else block.text for block in draft.content]


def pictures_of(draft: Draft) -> tuple[Medium, ...]:
    figures = (block for block in draft.content if isinstance(block, Figure))
    return tuple(dict.fromkeys(medium for figure in figures for medium in figure.pictures))
