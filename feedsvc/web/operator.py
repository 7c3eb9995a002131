"""The door to what only the operator needs: who may come in, and what everybody else is told.

request ─► refusal ─┬─► None: the page, kept by nobody
                    └─► 404 nobody is the operator · 401 no token or a wrong one · 429 too many wrong ones
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address
from threading import Lock
from typing import Any, Protocol

from ..domain.operator import Operator
from ..ports import Clock
from .answer import Answer, Asked, Fields
from .attempts import MOST_WRONG, Attempts, place_of
from .clients import address_of, came_by_proxy
from .health import plain

_log = logging.getLogger(__name__)

_CLOSED = (
    "404 Not Found: this page is the operator's, and feedsvc.yaml names none; "
    "operator.token_file, or operator.trusted, opens it"
)
_WANTED = "401 Unauthorized: this page wants the operator's token, as Authorization: Bearer TOKEN or as ?token=TOKEN"
_LOCKED = "429 Too Many Requests: too many wrong tokens came from this address; wait {} seconds"
_CHALLENGE = ("WWW-Authenticate", 'Bearer realm="feedsvc"')  # RFC 6750 section 3

# A page's address may hold the token, which must not go out with its links (Referrer Policy, section 3.1).
_PRIVATE: Fields = (("Cache-Control", "private, no-store"), ("Referrer-Policy", "no-referrer"))
_REPLACED = frozenset(name.lower() for name, _ in _PRIVATE)


class Visitor(Protocol):
    """A request, as far as it tells who sends it; Flask's own will do."""

    @property
    def headers(self) -> Asked:
        """The header fields."""

    @property
    def args(self) -> Asked:
        """The parameters of the query, decoded."""

    @property
    def remote_addr(self) -> str | None:
        """The client, as far as that is known: the other end of the connection, or whom a proxy of ours names."""

    @property
    def environ(self) -> Mapping[str, Any]:
        """What else is known of the request (PEP 3333)."""


class OperatorDesk:
    """Guards the operator's pages; for many threads. What it knows of wrong tokens is this process's alone."""

    def __init__(self, operator: Operator, clock: Clock) -> None:
        self._operator = operator
        self._clock = clock
        self._attempts = Attempts()
        self._lock = Lock()

    def guarded(self, visitor: Visitor, answer: Callable[[], Answer]) -> Answer:
        """The answer for the operator, made only then, or why not; kept by nobody either way."""
        return private(self.refusal(visitor) or answer())

    def partly(self, visitor: Visitor, *, whole: Callable[[], Answer], part: Callable[[], Answer]) -> Answer:
        """The whole for the operator, kept by nobody, and a part of it for everybody else.

        Who brings a token that is wrong is told so: a part would look like all there is.
        """
        refused = self.refusal(visitor)
        if refused is None:
            return private(whole())
        brought = self._operator.known and bool(_tokens(visitor.headers, visitor.args))
        return private(refused) if brought else part()

    def refusal(self, visitor: Visitor) -> Answer | None:
        """Why the visitor is not let in, None for the operator. For a page of which others see a part."""
        if not self._operator.known:
            return plain(404, _CLOSED)
        # What a proxy lets through may say anything of itself: no address that it names opens a door.
        peer = None if came_by_proxy(visitor.environ) else visitor.remote_addr
        if _trusted(self._operator, address_of(peer)):
            return None
        admitted = admits(self._operator, visitor.headers, visitor.args, peer)
        wrong = not admitted and bool(_tokens(visitor.headers, visitor.args))
        wait = self._wait(place_of(address_of(visitor.remote_addr)), wrong=wrong)
        if wait:
            return plain(429, _LOCKED.format(wait), ("Retry-After", str(wait)))
        return None if admitted else plain(401, _WANTED, _CHALLENGE)

    def _wait(self, place: str, *, wrong: bool) -> int:
        """Seconds that the place still has to wait, whatever it brings now; else a wrong token is noted, and 0."""
        now = self._clock()
        with self._lock:
            wait = self._attempts.wait(place, now)
            many = wrong and not wait and self._attempts.wrong(place, now) == MOST_WRONG
        if many:
            _log.warning("wrong tokens for the operator's pages; who sent them has to wait")
        return wait


def admits(operator: Operator, headers: Asked, query: Asked, remote_address: str | None) -> bool:
    """Whether a request is the operator's: by a token, or by the other end of its connection.

    What a request says of itself, as in X-Forwarded-For, is not looked at. The time that it takes tells nothing of the
    token.
    """
    return _trusted(operator, address_of(remote_address)) or _right(operator, _tokens(headers, query))


def private(answer: Answer) -> Answer:
    """The same, kept by nobody, and its address told to nobody."""
    fields = (field for field in answer.fields if field[0].lower() not in _REPLACED)
    return replace(answer, fields=(*fields, *_PRIVATE))


def _tokens(headers: Asked, query: Asked) -> tuple[str, ...]:
    """Every token that a request brings (RFC 6750 sections 2.1 and 2.3)."""
    scheme, _, credentials = (headers.get("Authorization") or "").partition(" ")
    bearer = credentials.strip() if scheme.lower() == "bearer" else ""
    return tuple(token for token in (bearer, query.get("token") or "") if token)


def _right(operator: Operator, given: tuple[str, ...]) -> bool:
    if operator.token is None:
        return False
    token = operator.token.text.encode()
    return any(hmac.compare_digest(one.encode("utf-8", "surrogatepass"), token) for one in given)


def _trusted(operator: Operator, address: IPv4Address | IPv6Address | None) -> bool:
    return address is not None and any(address in network for network in operator.trusted)
