"""Addresses in feeds: made absolute, and made the same where they lead to the same."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from ...domain.address import web_parts
from ...domain.clean import one_line

TRACKING = re.compile(r"(?:utm_[^=]*|fbclid|gclid)(?:=.*)?", re.I | re.S)
TRACKING_FRAGMENT = re.compile(r"(?:utm_|xtor=|fbclid=|gclid=|ref=rss|at_medium=).*", re.I | re.S)
PLAIN = re.compile(
    r"https?://[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*(?:/[\w.~!$&'()*+,=:@%/-]*)?(?:\?[\w.~!$&'()*+,=:@%/-]+)?(?:#[\w.-]+)?",
    re.ASCII,
)
"""Addresses as most are written, which are absolute as they stand: nothing is left to join, or to tidy up."""
CANONICAL = re.compile(
    r"https?://[a-z0-9.-]+/[\w.~!$&'()*+,=:@%/-]*(?:\?(?!(?:[^&]*&)*(?i:utm_|fbclid|gclid))[\w.~!$&'()*+,=:@%/-]+)?",
    re.ASCII,
)
"""Addresses that are so already: without a fragment or a port, and without what counts visitors."""
USUAL_PORTS = {"http": ":80", "https": ":443"}


def absolute(written: object, base: str) -> str | None:
    """An http(s) address, relative ones being seen from `base`, else None."""
    if isinstance(written, str) and PLAIN.fullmatch(written):
        return written
    text = one_line(written) if isinstance(written, str) else ""
    if not text:
        return None
    try:
        address = urljoin(base, text)
    except ValueError:
        return None
    return address if web_parts(address) is not None else None


def joined(base: str, more: object) -> str:
    """The base of a part of a document, which may be written relative to that of the whole."""
    return absolute(more, base) or base


def canonical(address: str) -> str:
    """The address without what only counts visitors, its scheme and host in lower case."""
    if CANONICAL.fullmatch(address):
        return address
    parts = urlsplit(address)
    scheme = parts.scheme.lower()
    query = "&".join(pair for pair in parts.query.split("&") if not TRACKING.fullmatch(pair))
    fragment = "" if TRACKING_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit(SplitResult(scheme, _authority(parts, scheme), parts.path or "/", query, fragment))


def _authority(parts: SplitResult, scheme: str) -> str:
    user, at, host = parts.netloc.rpartition("@")
    return user + at + host.lower().removesuffix(USUAL_PORTS[scheme])
