"""What HTML may hold when it is published."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

import nh3

POLICY_VERSION = 1
"""Grows with every change of what may be published."""
TAGS = frozenset(
    "a abbr b blockquote br caption cite code dd del dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li "
    "mark ol p pre q s samp small strong sub sup table tbody td tfoot th thead time tr u ul var".split()
)
ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "*": {"lang", "dir"},
}
SWALLOWED = frozenset(
    "script style iframe object embed applet noscript template svg math textarea select datalist button video audio "
    "canvas frameset noframes noembed title xmp".split()
)
"""Elements that go with everything in them. A form is not one: some software puts the whole page into it."""
LONGEST_ADDRESS = 4000
IGNORED_IN_ADDRESSES = re.compile(r"[\t\r\n]")
NOT_IN_ADDRESSES = re.compile(r"[\s<>\"{}|\\^`]")
"""Characters that no IRI holds (RFC 3987 section 2.2)."""


def sanitised(html: str) -> str:
    """The HTML under the policy: addresses are absolute http(s) ones or are dropped, comments are dropped."""
    return _CLEANER.clean(html)


def unfolded(address: str) -> str:
    """An address without what browsers leave out of it: white space around it, and line ends and tabs within."""
    return IGNORED_IN_ADDRESSES.sub("", address.strip())


def http_address(address: str) -> str | None:
    """An absolute http(s) address as a browser reads it, what no address may hold encoded; None for any other."""
    seen = unfolded(address)
    if len(seen) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(seen)
        valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return NOT_IN_ADDRESSES.sub(lambda found: quote(found.group()), seen) if valid else None


def _only_http(_tag: str, name: str, value: str) -> str | None:
    return http_address(value) if name in {"href", "src"} else value


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(SWALLOWED),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_only_http,
    url_schemes={"http", "https"},
    link_rel="nofollow noopener noreferrer",
    strip_comments=True,
)
