"""The one place where a response is decided: pure, and of no framework.

method · request fields ─┐
Representation ──────────┼─► respond ─► Answer: 200 or 304, for GET and HEAD alike
Policy ──────────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Protocol

from .conditional import not_modified
from .negotiation import choose_coding
from .representations import Representation

Fields = tuple[tuple[str, str], ...]


class Asked(Protocol):
    """The fields of a request, found by name whatever their case."""

    def get(self, key: str, /) -> str | None:
        """The value, those of repeated fields joined by commas; None where there is none."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The fields that every answer about a resource carries, 304 included: caching, links, protection."""

    fields: Fields


@dataclass(frozen=True, slots=True)
class Answer:
    """A response, complete: a server only has to write it down."""

    status: int
    fields: Fields
    body: bytes = b""


def respond(method: str, asked: Asked, representation: Representation, policy: Policy) -> Answer:
    """The answer to a GET or HEAD for something that exists (RFC 9110 sections 9.3, 12.5.3, 13.2 and 15.4.5).

    HEAD has the fields of GET and no body. Ranges are not offered, so a Range field is ignored (14.2).
    """
    coding = choose_coding(asked.get("Accept-Encoding"), representation.bodies)
    fields = (*_validators(representation, coding), *_vary(representation), *policy.fields)
    conditions = asked.get("If-None-Match"), asked.get("If-Modified-Since")
    modified = representation.modified if representation.dated_apart else None
    if not_modified(*conditions, representation.tag, modified):
        return Answer(304, fields)
    body = representation.bodies[coding]
    described = (*_described(representation, coding, len(body)), *fields)
    return Answer(200, described, b"" if method == "HEAD" else body)


def moved(method: str, address: str, policy: Policy) -> Answer:
    """The answer for what lives at another address for good (RFC 9110 section 15.4.2), which is absolute.

    Not 308: some libraries that read feeds tell their callers of a 301 alone. Conditions are for the target.
    """
    body = f"301 Moved Permanently: {address}\n".encode()
    return Answer(301, (("Location", address), *_plain(body), *_unlinked(policy)), b"" if method == "HEAD" else body)


def gone(method: str, text: str, policy: Policy) -> Answer:
    """The answer for what was there and will not be again (RFC 9110 section 15.5.11), with a text that tells why.

    It may be kept as long as what was there: readers who do not give up ask for years.
    """
    body = f"410 Gone: {text}\n".encode()
    return Answer(410, (*_plain(body), *_unlinked(policy)), b"" if method == "HEAD" else body)


def _unlinked(policy: Policy) -> Fields:
    """A feed's fields, but for its links: there is no feed."""
    return tuple(field for field in policy.fields if field[0] != "Link")


def _plain(body: bytes) -> Fields:
    return (("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))))


def _validators(representation: Representation, coding: str) -> Fields:
    tag = ("ETag", representation.etag(coding))
    return (tag, ("Last-Modified", _date(representation.modified))) if representation.modified else (tag,)


def _vary(representation: Representation) -> Fields:
    return (("Vary", "Accept-Encoding"),) if len(representation.bodies) > 1 else ()


def _described(representation: Representation, coding: str, length: int) -> Fields:
    described = (("Content-Type", representation.media_type), ("Content-Length", str(length)))
    return described if coding == "identity" else (*described, ("Content-Encoding", coding))


def _date(when: datetime) -> str:
    return format_datetime(when, usegmt=True)
