"""A response as a value, of no framework; and the answers for what is not here, but somewhere else or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

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
    """A response, complete: a server only has to write it down. `coding` is the content coding of its body."""

    status: int
    fields: Fields
    body: bytes = b""
    coding: str = "identity"


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


@dataclass(frozen=True, slots=True)
class Closed:
    """An address at which there is nothing: every method is told the same."""

    told: Callable[[str], Answer]

    def answer(self, method: str, _asked: Asked) -> Answer:
        """The answer to a GET or HEAD."""
        return self.told(method)
