"""One entry of RSS or Atom, as feedparser has it, as a record."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...domain.record import Hypertext, RawFigure, RawRecord
from .addresses import absolute, joined
from .entries import PERSON, encodable, paragraphs, person

Entry = Mapping[str, Any]
IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")


def record_of(entry: Entry, feed: Entry, address: str, is_atom: bool) -> RawRecord:
    """The record of an entry of `feed`, found at `address`; its key is its own identifier, if it has one."""
    entry, feed = dict(entry), dict(feed)  # feedparser's own mappings answer for names that are not there
    base = _base(entry, address)
    link = _link(entry, base)
    texts = _texts(entry) or [(paragraphs(_text(entry, "media_caption")), base)]
    content, content_base = max(texts, key=lambda one: len(one[0]))
    summary = _markup(entry.get("summary_detail"), _text(entry, "summary"))
    updated = _text(entry, "updated") or None
    return RawRecord(
        key=_text(entry, "id"),
        title=_title(entry, is_atom),
        content=Hypertext(content, joined(address, content_base)),
        summary=summary if summary and summary != content else None,
        link=link,
        published=_text(entry, "published") or _text(entry, "created") or updated,
        updated=updated,
        authors=_authors(entry) or (_authors(feed) if is_atom else ()),
        categories=_categories(entry),
        language=_text(_detail(entry, "title_detail"), "language") or _text(feed, "language") or None,
        figures=tuple(_figures(entry, base)),
    )


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name)
    return encodable(value).strip() if isinstance(value, str) else ""


def _detail(entry: Entry, name: str) -> Entry:
    value = entry.get(name)
    return dict(value) if isinstance(value, dict) else {}


def _dicts(entry: Entry, name: str) -> Iterator[Entry]:
    values = entry.get(name)
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict):
            yield dict(value)


def _base(entry: Entry, address: str) -> str:
    details = (_detail(entry, name) for name in ("title_detail", "summary_detail"))
    bases = (_text(one, "base") for one in (*details, *_dicts(entry, "content")))
    return joined(address, next(filter(None, bases), ""))


def _title(entry: Entry, is_atom: bool) -> str | Hypertext:
    title = _text(entry, "title")
    if _text(_detail(entry, "title_detail"), "type") in {"text/html", "application/xhtml+xml"}:
        return Hypertext(title)
    return title if is_atom else encodable(html.unescape(title))


def _texts(entry: Entry) -> list[tuple[str, str]]:
    """All that may be the text of an entry, as HTML, each with the base of its addresses."""
    summary = _detail(entry, "summary_detail")
    parts = [*_dicts(entry, "content"), {**summary, "value": _text(entry, "summary")}]
    found = ((_markup(part, _text(part, "value")), _text(part, "base")) for part in parts)
    return [(markup, base) for markup, base in found if markup]


def _markup(detail: object, text: str) -> str:
    kind = str(detail.get("type") or "text/html") if isinstance(detail, dict) else "text/html"
    if kind == "text/plain":
        return paragraphs(text)
    return text if kind.startswith("text/") or kind.endswith("xml") else ""


def _link(entry: Entry, base: str) -> str | None:
    links = [one for one in _dicts(entry, "links") if _text(one, "rel") in {"", "alternate"}]
    pages = [one for one in links if _text(one, "type") in {"", "text/html", "application/xhtml+xml"}]
    written = [_text(one, "href") for one in (*pages, *links)]
    identifier = _text(entry, "id")
    if not written and (named := _text(entry, "link")) != identifier:
        written.append(named)
    found = next(filter(None, (absolute(one, base) for one in written)), None)
    return found or (absolute(identifier, "") if entry.get("guidislink") else None)


def _authors(entry: Entry) -> tuple[str, ...]:
    names = [person(_text(one, "name")) for one in _dicts(entry, "authors")]
    # feedparser cuts an address short whose last label is longer than `info`, and takes the rest for a name.
    if PERSON.fullmatch(last := _text(entry, "author")) or not any(names):
        names[-1:] = [person(last)]
    return tuple(dict.fromkeys(filter(None, names)))


def _categories(entry: Entry) -> tuple[str, ...]:
    words = (_text(one, name) for one in _dicts(entry, "tags") for name in ("term", "label"))
    return tuple(dict.fromkeys(filter(None, words)))


def _figures(entry: Entry, base: str) -> Iterator[RawFigure]:
    """The one picture that stands for an entry."""
    found = next(filter(None, (absolute(one, base) for one in _images(entry))), None)
    if found is not None:
        has_text = any(markup for markup, _ in _texts(entry))
        yield RawFigure((found,), html.unescape(_text(entry, "media_caption")) if has_text else "")


def _images(entry: Entry) -> Iterator[str]:
    enclosures = (one for one in _dicts(entry, "links") if _text(one, "rel") == "enclosure")
    yield from (_text(one, "href") for one in _of_images(enclosures, "href"))
    yield from (_text(one, "url") for one in _of_images(_dicts(entry, "media_content"), "url"))
    yield from (_text(one, "url") for one in _dicts(entry, "media_thumbnail"))


def _of_images(parts: Iterable[Entry], name: str) -> Iterator[Entry]:
    for part in parts:
        said = _text(part, "type").lower()
        named = not said and _text(part, name).lower().partition("?")[0].endswith(IMAGE_SUFFIXES)
        if _text(part, "medium") == "image" or said.startswith("image/") or named:
            yield part
