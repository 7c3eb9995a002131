"""The feed that an HTML page names for itself, for an operator who gave the page's address (WHATWG HTML, 4.6.7.1)."""

from __future__ import annotations

import html
import re

from .addresses import absolute

LOOKED_AT = 256 * 1024
"""Bytes at the start of a page, in which its head stands."""
LINK = re.compile(r"<link\b([^<>]{1,2000})>", re.I)
ATTRIBUTE = re.compile(r"""([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


def named_feed(page: bytes, base: str) -> str | None:
    """The address of the first feed that a page names, None where it names none."""
    text = page[:LOOKED_AT].decode("utf-8", "replace")
    links = (_attributes(found[1]) for found in LINK.finditer(text))
    addresses = (absolute(html.unescape(one.get("href", "")), base) for one in links if _is_feed(one))
    return next((address for address in addresses if address is not None), None)


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): quoted or single or bare for name, quoted, single, bare in ATTRIBUTE.findall(tag)}


def _is_feed(link: dict[str, str]) -> bool:
    media_type = link.get("type", "").partition(";")[0].strip().lower()
    return media_type in TYPES and "alternate" in link.get("rel", "").lower().split()
