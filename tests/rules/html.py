"""HTML in a feed: passive, and with absolute addresses only, for it is read far from where it stood."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from .addresses import address
from .characters import forbidden

_ACTIVE = frozenset(
    "applet base button embed form frame frameset iframe input link meta object script select style textarea".split()
)
_ADDRESSES = frozenset("action background cite data formaction href longdesc poster src".split())


def html(where: str, markup: str) -> Iterator[str]:
    """No active elements, no handlers, no styles, no scripts in addresses, no relative addresses."""
    if not markup.strip():
        return
    for element in lxml_html.fragment_fromstring(markup, create_parent="div").iter():
        if not isinstance(element.tag, str):
            yield f"{where} holds a comment or an instruction"
            continue
        if element.tag in _ACTIVE:
            yield f"{where} holds <{element.tag}>"
        yield from forbidden(where, f"{element.text or ''}{element.tail or ''}")
        yield from _attributes(where, element)


def _attributes(where: str, element: etree._Element) -> Iterator[str]:
    for name, value in ((str(key), str(value)) for key, value in element.attrib.items()):
        place = f"{where}: {name} of <{element.tag}>"
        if name.startswith("on") or name == "style":
            yield f"{place} is active"
        if name in _ADDRESSES:
            yield from address(place, value)
        if name == "srcset":
            for candidate in value.split(","):
                yield from address(place, candidate.split()[0] if candidate.split() else "")
