"""What was found of an entry of a well-formed feed, as a record: what `record_of` makes of feedparser's entries."""

from __future__ import annotations

import html
from collections.abc import Iterator

from ....domain.record import Hypertext, RawFigure, RawRecord
from ..addresses import absolute
from ..entries import encodable, paragraphs
from ..xmlentry import IMAGE_SUFFIXES
from .people import People

Tag = tuple[str | None, str | None, str | None]
"""The term, the scheme and the label of a category."""


class Categories:
    """The categories of an entry in their order; none is added twice."""

    __slots__ = ("_all", "tags")

    def __init__(self) -> None:
        self.tags: list[Tag] = []
        self._all: set[Tag] = set()

    def add(self, tag: Tag) -> None:
        """One more, unless it says nothing or stands there already."""
        if any(tag) and tag not in self._all:
            self.tags.append(tag)
            self._all.add(tag)

    def say(self, term: str) -> None:
        """A term in a text: that of the last category if it has none, which may be an earlier one, else one more."""
        if not self.tags or self.tags[-1][0]:
            self.add((term, None, None))
            return
        last = self.tags.pop()
        self._all.remove(last)
        self.tags.append((term, *last[1:]))
        self._all.add(self.tags[-1])


class Entry:
    """What has been found of an entry so far; feedparser's own bookkeeping beside it decides what counts."""

    __slots__ = (
        "caption caption_depth categories content created has_content id id_is_link is_atom language link links "
        "left_base markup_title media outer_base people published summary summary_base summary_type thumbnails title "
        "title_base title_depth title_language title_until updated"
    ).split()

    def __init__(self, is_atom: bool, language: str | None, base: str) -> None:
        self.is_atom, self.language = is_atom, language
        self.outer_base = self.left_base = base
        self.title_base = self.summary_base = ""
        self.id = self.title = self.published = self.updated = self.created = self.caption = ""
        self.link: str | None = None
        self.summary: str | None = None
        self.summary_type = "text/html"
        self.title_language: str | None = None
        self.id_is_link: bool | None = None
        self.markup_title = self.has_content = False
        self.title_until = -1
        self.title_depth: int | None = None
        self.caption_depth: int | None = None
        self.links: list[tuple[str, str, str]] = []
        self.content: list[tuple[str, str, str]] = []
        self.categories = Categories()
        self.media: list[dict[str, str]] = []
        self.thumbnails: list[str] = []
        self.people = People()


def record_from(entry: Entry, address: str, people: tuple[str, ...], language: str | None) -> RawRecord:
    """The record of an entry in a feed at `address`, whose people and language stand in for those it lacks."""
    base = entry.title_base or entry.summary_base or next((one[2] for one in entry.content if one[2]), "") or address
    texts = [(markup, own) for kind, text, own in entry.content if (markup := _markup(kind, text))]
    summary = _markup(entry.summary_type, entry.summary or "")
    if summary:
        texts.append((summary, entry.summary_base))
    content, own = max(texts, key=lambda one: len(one[0])) if texts else (paragraphs(entry.caption), base)
    return RawRecord(
        key=entry.id.strip(),
        title=_title(entry),
        content=Hypertext(content, own or address),
        summary=summary if summary and summary != content else None,
        link=_link(entry, base),
        published=entry.published or entry.created or entry.updated or None,
        updated=entry.updated or None,
        authors=entry.people.written() or (people if entry.is_atom else ()),
        categories=_categories(entry),
        language=(entry.title_language or "").replace("_", "-").strip() or language,
        figures=tuple(_figures(entry, base, bool(texts))),
    )


def _markup(kind: str, text: str) -> str:
    return paragraphs(text) if kind == "text/plain" else text


def _title(entry: Entry) -> str | Hypertext:
    if entry.markup_title:
        return Hypertext(entry.title)
    if entry.is_atom or "&" not in entry.title:
        return entry.title
    return encodable(html.unescape(entry.title))


def _link(entry: Entry, base: str) -> str | None:
    links = [one for one in entry.links if one[0] in {"", "alternate"}]
    pages = [one for one in links if one[1] in {"", "text/html", "application/xhtml+xml"}]
    written = [one[2] for one in (*pages, *links)]
    if not written and entry.link and entry.link != entry.id:
        written.append(entry.link)
    found = next(filter(None, (absolute(one, base) for one in written)), None)
    return found or (absolute(entry.id, "") if entry.id_is_link else None)


def _categories(entry: Entry) -> tuple[str, ...]:
    words = (word.strip() for term, _, label in entry.categories.tags for word in (term, label) if word)
    return tuple(dict.fromkeys(filter(None, words)))


def _figures(entry: Entry, base: str, has_text: bool) -> Iterator[RawFigure]:
    found = next(filter(None, (absolute(one, base) for one in _images(entry))), None)
    if found is not None:
        yield RawFigure((found,), html.unescape(entry.caption) if has_text else "")


def _images(entry: Entry) -> Iterator[str]:
    yield from (href for rel, kind, href in entry.links if rel == "enclosure" and _is_image(kind, "", href))
    yield from (one["url"] for one in entry.media if _is_image(one["type"], one["medium"], one["url"]))
    yield from entry.thumbnails


def _is_image(kind: str, medium: str, address: str) -> bool:
    named = not kind and address.lower().partition("?")[0].endswith(IMAGE_SUFFIXES)
    return medium == "image" or kind.startswith("image/") or named
