"""The people of a well-formed feed: a text with a name, or elements with its parts (RFC 4287 section 3.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..entries import PERSON, person
from .names import INERT, Doubt, Names
from .texts import attribute_names, attributes_of, check_attribute, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIL = re.compile(r"[a-zA-Z0-9_.+-]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.){1,8}[a-zA-Z]{2,4}")
PARTS = frozenset({"name", "uri", "url", "email"})
UNSURE = "\0"
"""Stands for the name of a person that only feedparser finds."""


class People:
    """The authors of an entry or of a feed, as they are found."""

    __slots__ = ("_last", "_names", "_texts")

    def __init__(self) -> None:
        self._names: list[str] = []
        self._texts, self._last = False, ""

    def take(self, element: _Element, names: Names) -> None:
        """One more author. Raises Doubt."""
        if self._names and self._names[-1] is UNSURE:
            raise Doubt("an author")
        if element.keys():
            attributes_of(element)
        if len(element):
            self._take_parts(element, names)
        else:
            self._take_text(text_of(element))

    def written(self) -> tuple[str, ...]:
        """The names, each once, that the last one gives where it is a text with an address in it."""
        if not self._names:
            return ()
        found = [person(name) for name in self._names]
        if self._names[-1] is UNSURE or not any(found):
            found[-1] = person(self._last)
        return tuple(dict.fromkeys(filter(None, found)))

    def _take_text(self, text: str) -> None:
        self._texts, self._last = True, text
        if "@" not in text:
            self._names.append(text)
        elif PERSON.fullmatch(text):
            self._names.append(UNSURE)
        elif MAIL.fullmatch(text):
            self._names.append("")
        else:
            raise Doubt(text)

    def _take_parts(self, element: _Element, names: Names) -> None:
        parts = _parts(element, names)
        name, mail = parts.get("name", ""), parts.get("email", "")
        unclear = mail and not person(name) and not MAIL.fullmatch(mail)
        # feedparser gives the first author that is a text the name of one in parts behind it.
        if self._texts or "@" in name or next(iter(parts), "name") != "name" or unclear:
            raise Doubt("an author")
        self._names.append(name)
        self._last = f"{name} ({mail})" if name and mail else name or mail


def _parts(element: _Element, names: Names) -> dict[str, str]:
    """The texts within a person, in their order; what means nothing is passed over. Raises Doubt for a text beside."""
    found: dict[str, str] = {}
    beside = element.text or ""
    for child in element:
        name, beside = names[child.tag], beside + (child.tail or "")
        if name is INERT and not len(child) and not child.text:
            for attribute in attribute_names(child):
                check_attribute(attribute)
        elif name not in PARTS or name in found or attributes_of(child):
            raise Doubt(name)
        else:
            found[name] = text_of(child)
    if beside.strip():
        raise Doubt(beside)
    return found
