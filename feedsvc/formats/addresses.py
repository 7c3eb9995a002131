"""Addresses in ASCII, for RSS knows no IRIs; and the same in every format, so that readers can compare them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_URI = re.compile(r"https?://[\w.~-]+(?::\d+)?(?:[/?](?:[\w.~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?", re.ASCII)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 3986 section 2.2, and the percent sign of what is encoded already; brackets are for IPv6 hosts only.
_KEPT = ":/?@!$&'()*+,;=%"


def uri(iri: str) -> str:
    """The URI of an absolute http(s) IRI (RFC 3987 section 3.1): host in IDNA, the rest percent-encoded.

    Raises ValueError for anything else.
    """
    if _URI.fullmatch(iri):
        return iri
    parts = urlsplit(iri)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"{iri!r} is not an absolute http(s) address")
    rest = (_encoded(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, _authority(parts.netloc), *rest))


def _authority(netloc: str) -> str:
    user, at, place = netloc.rpartition("@")
    if place.startswith("["):
        return f"{_encoded(user)}{at}{place}"
    host, colon, port = place.partition(":")
    name = quote(host, safe="%") if host.isascii() else host.encode("idna").decode()
    return f"{_encoded(user)}{at}{name}{colon}{port}"


def _encoded(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_KEPT)
