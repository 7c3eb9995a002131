"""What a browser would find active in HTML, by the algorithm that browsers parse with (HTML, section 13.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from justhtml import JustHTML

ACTIVE = frozenset(
    "applet audio base body button canvas datalist details dialog embed fencedframe form frame frameset head html "
    "iframe input isindex keygen link map marquee math meta noembed noframes noscript object option param plaintext "
    "portal script select source style svg template textarea title track video xmp".split()
)
"""Elements that no article may hold."""
ADDRESSES = frozenset(
    "action archive background cite classid code codebase data dynsrc formaction href icon longdesc lowsrc manifest "
    "ping poster profile src usemap values xlink:href".split()
)
FORBIDDEN = frozenset("autofocus form formaction http-equiv is name srcdoc srcset style tabindex".split())
"""Attributes that no article may hold, beside those that handle events."""
IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b]")
"""What some browser, now or once, leaves out of an address before it looks at its scheme."""
OF_A_PAGE = frozenset({"html", "head", "body", "title", "meta", "link", "details"})
RELATIONS = frozenset({"canonical", "alternate", "icon", "stylesheet", "license", "outline"})


def active(html: str) -> list[str]:
    """What acts, or could, in the HTML of an article, put into a page or made one, with scripts and without."""
    parsed = [
        JustHTML(html, sanitize=False, fragment=fragment, scripting_enabled=scripts).root
        for fragment in (True, False)
        for scripts in (True, False)
    ]
    every = [element for root in parsed for element in _elements(root) if not _is_bare(element)]
    return [harm for element in every for harm in _harm(element, _absolute)]


def active_in_page(html: str) -> list[str]:
    """What acts, or could, in a page of ours beside what a page of ours is made of."""
    found = []
    for scripts in (True, False):
        for element in _elements(JustHTML(html, sanitize=False, scripting_enabled=scripts).root):
            harm = list(_harm(element, _absolute_or_ours))
            found += _of_a_head(element, harm) if element.name in OF_A_PAGE else harm
    return found


def text_alone(html: str) -> str | None:
    """The text of HTML that is nothing but text; None where there is any markup in it."""
    root: Any = JustHTML(html, sanitize=False, fragment=True).root
    nodes = list(root.children)
    return "".join(node.data for node in nodes) if all(node.name == "#text" for node in nodes) else None


def _elements(node: Any) -> Iterator[Any]:
    for child in node.children or ():
        if child.name not in {"#text", "!doctype"}:
            yield child
        yield from _elements(child)
    if getattr(node, "template_content", None):
        yield from _elements(node.template_content)


def _is_bare(element: Any) -> bool:
    """Whether it is what a parser puts around everything."""
    return element.name in {"html", "head", "body"} and not element.attrs


def _harm(element: Any, fine: Callable[[str], bool]) -> Iterator[str]:
    if element.name == "#comment":
        yield f"a comment: {element.data}"
        return
    if element.name in ACTIVE or element.namespace != "html":
        yield f"<{element.name}> of {element.namespace}"
    for name, value in element.attrs.items():
        if name.startswith("on") or name in FORBIDDEN:
            yield f"{name} of <{element.name}>"
        if name in ADDRESSES and not fine(IGNORED.sub("", value or "")):
            yield f"{name} of <{element.name}>: {value}"


def _absolute(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _absolute_or_ours(address: str) -> bool:
    return _absolute(address) or address.startswith("#") or (address.startswith("/") and not address.startswith("//"))


def _of_a_head(element: Any, harm: list[str]) -> list[str]:
    """What is wrong with an element that a page needs, beside that it is there."""
    allowed = {f"<{element.name}> of html", *([f"name of <{element.name}>"] if element.name == "meta" else [])}
    if element.name == "link" and element.attrs.get("rel") not in RELATIONS:
        return [*harm, f"a link to {element.attrs}"]
    return [one for one in harm if one not in allowed]
