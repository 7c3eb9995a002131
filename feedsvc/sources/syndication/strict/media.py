"""Titles, categories and media of an entry, which well-formed feeds write in several ways and at several depths."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..addresses import PLAIN
from .names import INERT, Doubt, Names
from .record import Entry
from .texts import BASE, LANGUAGE, attributes_of, language_of, pass_by, pass_over, text_of, typed

if TYPE_CHECKING:
    from lxml.etree import _Element

SCHEME_OF_MEDIA = "http://search.yahoo.com/mrss/category_schema"
SCHEME_OF_ITUNES = "http://www.itunes.com/"


def read_text(entry: Entry, element: _Element, default: str) -> tuple[str, str, str]:
    """The type of a text, the text, and the base of its addresses. Raises Doubt.

    feedparser forgets to return to no base at all: the first to be written is that of all that follows.
    """
    kind, text = typed(element, default, entry.is_atom, BASE)
    written = element.get(BASE)
    if written is None:
        return kind, text, entry.left_base
    if not PLAIN.fullmatch(written):
        raise Doubt(written)
    entry.left_base = entry.outer_base or written
    return kind, text, written


def read_title(entry: Entry, element: _Element) -> None:
    """A title, behind which no other counts unless it stands nearer to the entry. Raises Doubt."""
    if _named(entry, element, 1):
        entry.title_until = 1


def _named(entry: Entry, element: _Element, depth: int) -> bool:
    """Takes the title unless one stands already that counts for more; whether it says anything."""
    if depth == 1:
        kind, text, base = read_text(entry, element, "text/plain")
    else:
        (kind, text), base = typed(element, "text/plain", entry.is_atom), entry.left_base
    if -1 < entry.title_until <= depth:
        return bool(text)
    if entry.title_depth is None or depth <= entry.title_depth:
        entry.title, entry.title_depth = text, depth
    entry.title_base = base
    entry.markup_title = kind == "text/html"
    entry.title_language = language_of(element, entry.language)
    return bool(text)


def read_category(entry: Entry, element: _Element) -> None:
    """A category by attributes, a text, or both. Raises Doubt."""
    given = attributes_of(element) if element.keys() else {}
    _categorise(entry, element, given, given.get("scheme", given.get("domain")))


def _category_of_media(entry: Entry, element: _Element) -> None:
    given = attributes_of(element)
    _categorise(entry, element, given, given.get("scheme", SCHEME_OF_MEDIA))


def _categorise(entry: Entry, element: _Element, given: dict[str, str], scheme: str | None) -> None:
    entry.categories.add((given.get("term"), scheme, given.get("label")))
    if text := text_of(element):
        entry.categories.say(text)


def read_keywords(entry: Entry, element: _Element, scheme: str | None = SCHEME_OF_ITUNES) -> None:
    """Categories between commas. Raises Doubt."""
    if element.keys():
        raise Doubt("keywords with attributes")
    for term in text_of(element).split(","):
        if term.strip():
            entry.categories.add((term.strip(), scheme, None))


def read_media(entry: Entry, element: _Element, name: str, names: Names, depth: int = 1) -> None:
    """An element of Media RSS, with those in it (https://www.rssboard.org/media-rss). Raises Doubt."""
    if name in {"media_content", "media_group"}:
        given = attributes_of(element)
        if len(element) and element.get(LANGUAGE) is not None:
            raise Doubt("a language for what is within")
        if name == "media_content":
            entry.media.append(_described(given))
        for child in element:
            _within(entry, child, names, depth + 1)
    elif name == "media_thumbnail":
        _thumbnail(entry, element)
    elif name == "media_title":
        _named(entry, element, depth)
    elif name == "media_caption":
        _caption(entry, element, depth)
    elif name == "media_category":
        _category_of_media(entry, element)
    elif name == "media_keywords":
        read_keywords(entry, element, None)
    else:
        pass_by(element, name)


def _within(entry: Entry, element: _Element, names: Names, depth: int) -> None:
    name = names[element.tag]
    if name is INERT:
        pass_over(element, names)
    else:
        read_media(entry, element, name, names, depth)


def _described(given: dict[str, str]) -> dict[str, str]:
    return {name: given.get(name, "").strip() for name in ("url", "type", "medium")} | {
        "type": given.get("type", "").strip().lower()
    }


def _thumbnail(entry: Entry, element: _Element) -> None:
    given = attributes_of(element)
    if text_of(element):
        raise Doubt("a thumbnail with a text")
    entry.thumbnails.append(given.get("url", ""))


def _caption(entry: Entry, element: _Element, depth: int) -> None:
    """feedparser keeps the attributes of an unknown element if it has any, and else its text."""
    text = text_of(element)
    if element.keys():
        attributes_of(element)
        entry.caption = ""
    elif entry.caption_depth is None or depth <= entry.caption_depth:
        entry.caption, entry.caption_depth = text, depth
