"""Texts and attributes of a well-formed feed, wherever feedparser is certain to read what is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.entities import entitydefs
from typing import TYPE_CHECKING, cast

from .names import INERT, Doubt, Names

if TYPE_CHECKING:
    from lxml.etree import _Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
PLAIN_TEXT, HTML = "text/plain", "text/html"
TYPES = {"text": PLAIN_TEXT, "plain": PLAIN_TEXT, PLAIN_TEXT: PLAIN_TEXT, "html": HTML, HTML: HTML}
CLOSED_OR_REFERRED = re.compile(r"</\w+>|&#?\w+;")
HARMLESS = frozenset("a abbr b big blockquote br cite code em i img li ol p q s small span strong sub sup u ul".split())
"""Elements by which a text is told to be HTML; more are known, and in doubt."""
DATE = re.compile(r"[0-9A-Za-z ,:+./()-]{0,64}")
POINT = re.compile(r"-?\d{1,3}(?:\.\d{1,20})? -?\d{1,3}(?:\.\d{1,20})?")
MARKED_UP = frozenset("title dc_title subtitle tagline rights copyright dc_rights itunes_subtitle".split())
"""Elements that may be marked as HTML, and mean nothing to a record unless they are the title of an entry."""
LEAVES = MARKED_UP - {"title", "dc_title"} | frozenset(
    """webmaster dc_publisher generator contributor dc_contributor georss_point expirationdate
    itunes_explicit itunes_block itunes_image media_rating media_credit media_restriction media_license media_player
    creativecommons_license""".split()
)
"""Elements of which feedparser takes note, and no record does, wherever they stand."""
DATED = frozenset(
    """pubdate published issued updated modified lastbuilddate created expirationdate dc_date
    dcterms_created dcterms_issued dcterms_modified""".split()
)
LANGUAGES = frozenset({"language", "dc_language"})
NEVER_GIVEN = frozenset({"base", "lang", "mode", "src"})
NOTED = frozenset("href rel type url uri term scheme domain label ispermalink medium".split())
"""Attributes that count, and that feedparser takes from any namespace."""
GROUPS = {
    "contributor": frozenset({"name", "uri", "url", "email"}),
    "image": frozenset({"url", "title", "link", "width", "height", "description"}),
    "textinput": frozenset({"title", "description", "name", "link"}),
    "itunes_owner": frozenset({"itunes_name", "itunes_email"}),
    "itunes_category": frozenset({"itunes_category"}),
}
"""Elements without a consequence that hold others, and which."""


def language_of(element: _Element, around: str | None) -> str | None:
    """The language of what an element holds; an empty one is none."""
    return element.get(LANGUAGE, around) or None


def attribute_names(element: _Element) -> Iterable[str]:
    """The names as lxml writes them; those of parsed documents are never bytes."""
    return cast("Iterable[str]", element.attrib)


def check_attribute(name: str) -> None:
    """Raises Doubt for an attribute that may count for more than its element."""
    if not name.isascii() or name.lower().endswith("base"):
        raise Doubt(name)


def pass_over(element: _Element, names: Names) -> None:
    """Raises Doubt unless an element that means nothing, and all within it, changes nothing."""
    for name in attribute_names(element):
        check_attribute(name)
    for child in element:
        name = names[child.tag]
        if name is INERT:
            pass_over(child, names)
        else:
            pass_by(child, name)


def pass_by(element: _Element, name: str, known: frozenset[str] = LEAVES) -> None:
    """Raises Doubt unless an element is one of those of which no record takes note, and holds nothing but a text."""
    if name not in known:
        raise Doubt(name)
    text, given = text_of(element), attributes_of(element)
    odd = name in MARKED_UP and given.get("type", "text").lower() not in TYPES
    undated = name in DATED and not DATE.fullmatch(text)
    if odd or undated or (name == "georss_point" and not POINT.fullmatch(text)):
        raise Doubt(name)


def pass_group(element: _Element, name: str, names: Names) -> None:
    """Raises Doubt unless an element holds nothing but those parts of its own that feedparser keeps with it."""
    for attribute in attribute_names(element):
        check_attribute(attribute)
    for child in element:
        part = names[child.tag]
        if part is INERT:
            pass_over(child, names)
        elif part in GROUPS[name] and part in GROUPS:
            pass_group(child, part, names)
        elif part in GROUPS[name]:
            text_of(child)
            attributes_of(child)
        else:
            raise Doubt(part)


def text_of(element: _Element) -> str:
    """The text of an element that holds nothing else. Raises Doubt where feedparser would mend its encoding."""
    if len(element):
        raise Doubt(element.tag)
    text = (element.text or "").strip()
    if not text.isascii():
        try:
            text.encode("latin-1").decode()
        except UnicodeError:
            return text
        raise Doubt("characters of two bytes each")
    return text


def attributes_of(element: _Element, beside: str = LANGUAGE) -> dict[str, str]:
    """The attributes under their names in lower case, but for the language and one `beside`.

    Raises Doubt for those that count for more than their element.
    """
    found: dict[str, str] = {}
    for name, value in cast("Iterable[tuple[str, str]]", element.items()):
        if name not in {LANGUAGE, beside}:
            lower = name.lower()
            local = lower.rpartition("}")[2]
            if local in NEVER_GIVEN or not name.isascii() or (local is not lower and local in NOTED):
                raise Doubt(name)
            found[lower] = value
    return found


def date_of(element: _Element) -> str:
    """A date as written. Raises Doubt for one that feedparser might stumble over."""
    text = text_of(element)
    if not DATE.fullmatch(text):
        raise Doubt(text)
    if element.keys():
        attributes_of(element)
    return text


def typed(element: _Element, default: str, is_atom: bool, beside: str = LANGUAGE) -> tuple[str, str]:
    """The type of a text, and the text; outside Atom, HTML that is said to be plain is told by its looks."""
    kind = default
    if element.keys() and (said := attributes_of(element, beside).get("type")) is not None:
        kind = TYPES.get(said.lower(), "")
        if not kind:
            raise Doubt(said)
    text = text_of(element)
    if kind == "text/plain" and not is_atom and _looks_like_html(text):
        kind = "text/html"
    return kind, text


def _looks_like_html(text: str) -> bool:
    if ("&" not in text and "<" not in text) or not CLOSED_OR_REFERRED.search(text):
        return False
    if any(tag.lower() not in HARMLESS for tag in re.findall(r"</?(\w+)", text)):
        raise Doubt("a text with tags")
    return all(name in entitydefs for name in re.findall(r"&(\w+);", text))
