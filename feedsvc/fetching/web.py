"""The web as a place to fetch from: one GET, its redirects, and what they brought.

A fetch has one deadline for everything, from the name to the last byte. What it may bring is bounded, decoded here, and
whole. Nothing is remembered between two fetches: no cookie, no connection, no password.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Union

import requests
from requests.exceptions import RequestException
from requests.structures import CaseInsensitiveDict

from ..domain.fetched import Answer, Failure, FailureKind, Fetched, NotModified, Request, Validators
from ..ports import Clock
from .body import read_body, too_large
from .connecting import Adapter, Trust, connected, public_trust
from .freshness import fresh_for
from .guarding import Guard
from .later import retry_after
from .moments import moment_of
from .redirects import MOST_REDIRECTS, PERMANENT, REDIRECTS, Place, place_of, redirected
from .resolving import Address, Lookups, system_resolver
from .turns import Turns
from .unreached import Unreached, why_broken
from .watchdog import Watchdog

LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of a decoded body that is taken in at all."""
PLAIN = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[1-9][0-9]*)?(?:/[\w~-]+(?:\.[\w~-]+)*)*/?(?:\?[\w.~=&-]+)?", re.ASCII
)
"""Addresses that stand on the wire as they are written, as most do."""
LONGEST_HEADER = 1024
"""Characters of a header that is kept, and given back to the upstream later."""
OK, NOT_MODIFIED = 200, 304
KINDS = {404: FailureKind.MISSING, 410: FailureKind.GONE}


class WebFetcher:
    """Implements `ports.Fetcher` for http and https. `agent` is the User-Agent (RFC 9110 section 10.1.5)."""

    def __init__(
        self,
        clock: Clock,
        agent: str,
        lookups: Lookups | None = None,
        guard: Guard | None = None,
        largest_body: int = LARGEST_BODY,
        turns: Turns | None = None,
        trust: Trust = public_trust,
    ) -> None:
        self._clock = clock
        self._agent = agent
        self._guard = guard or Guard()
        self._lookups = lookups or Lookups(system_resolver)
        self._turns = turns or Turns()
        self._largest_body = largest_body
        self._trust = trust

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """The body behind an address and its redirects, or NotModified; see `ports.Fetcher`."""
        with Watchdog(deadline.total_seconds()) as watchdog:
            try:
                answer = self._answer(request, watchdog)
            except Unreached as unreached:
                answer = Failure(
                    request=request,
                    at=self._clock(),
                    kind=unreached.kind,
                    why=str(unreached),
                    not_before=unreached.not_before,
                )
            if watchdog.over and not isinstance(answer, NotModified):
                # Whatever came then may be a part, and whatever failed then failed because it was ended.
                why = f"there was no whole answer within {deadline.total_seconds():g} s"
                return Failure(request=request, at=self._clock(), kind=FailureKind.UNREADABLE, why=why)
            return answer

    def _answer(self, request: Request, watchdog: Watchdog) -> Answer:
        address, validators = request.address, request.validators
        first = place_of(address)
        moved: str | None = None
        adapter = self._adapter(first, watchdog)
        for _ in range(MOST_REDIRECTS + 1):
            secrets = request.secrets if place_of(address).same_origin(first) else {}
            with self._asked(adapter, address, _headers(self._agent, validators, secrets), watchdog) as response:
                if response.status_code not in REDIRECTS:
                    return self._read(request, address, validators, response, moved)
                was, address = address, redirected(address, response.headers.get("Location"))
                if response.status_code in PERMANENT and was == (moved or request.address):
                    moved = address
                # What they name are versions of the first address alone.
                validators = Validators()
        raise Unreached(f"it redirects more than {MOST_REDIRECTS} times")

    def _adapter(self, first: Place, watchdog: Watchdog) -> Adapter:
        """What asks for one fetch, which begins at a place."""
        at_home = self._guard.allows(first.host, first.port)

        def check(host: str, port: int, found: list[Address]) -> list[Address]:
            redirected = (host, port) != (first.name, first.port)
            return self._guard.passed(host, port, found, at_home, redirected)

        return Adapter(lambda place: connected(place, watchdog, self._lookups, check), self._trust)

    @contextmanager
    def _asked(
        self, adapter: Adapter, address: str, headers: dict[str, str], watchdog: Watchdog
    ) -> Iterator[requests.Response]:
        """The answer of one address, its body not yet read; raises Unreached for whatever the network does."""
        place = place_of(address)
        try:
            asking = _prepared(address, headers)
            with self._turns.taken(str(place), watchdog.left), adapter.send(asking) as response:
                yield response
        except (RequestException, HTTPException, OSError, ValueError) as error:
            raise Unreached(why_broken(error, place.host)) from None

    def _read(
        self,
        request: Request,
        address: str,
        validators: Validators,
        response: requests.Response,
        moved: str | None,
    ) -> Union[Fetched, NotModified]:
        fresh = _fresh_for(response.headers, self._clock())
        if response.status_code == NOT_MODIFIED and validators != Validators():
            return NotModified(request=request, at=self._clock(), fresh_for=fresh)
        if response.status_code != OK:
            kind = KINDS.get(response.status_code, FailureKind.UNREADABLE)
            later = retry_after(response.headers.get("Retry-After"), self._clock())
            raise Unreached(f"it answered {response.status_code}{_named(response.reason)}", kind, later)
        body = self._body(response)
        kept = {name: _kept(response.headers, name) for name in ("Content-Type", "ETag", "Last-Modified")}
        return Fetched(
            request=request,
            at=self._clock(),
            body=body,
            modified=moment_of(kept["Last-Modified"]),
            media_type=kept["Content-Type"],
            address=None if address == request.address else address,
            validators=Validators(etag=kept["ETag"], last_modified=kept["Last-Modified"]),
            moved=moved,
            fresh_for=fresh,
        )

    def _body(self, response: requests.Response) -> bytes:
        promised = response.headers.get("Content-Length", "")
        if promised.isdecimal() and int(promised[:20]) > self._largest_body:
            raise too_large(self._largest_body)
        return read_body(response.raw.read, response.headers.get("Content-Encoding", ""), self._largest_body)


def agent_of(version: str, public_url: str, contact: str | None) -> str:
    """How the service names itself to those whose servers it asks: what it is, where it is, and whom to write to."""
    return f"feedsvc/{version} (+{public_url}{f'; {contact}' if contact else ''})"


def _prepared(address: str, headers: dict[str, str]) -> requests.PreparedRequest:
    """A request for an address, without whatever a GET has none of. Raises RequestException for what is no address."""
    asking = requests.PreparedRequest()
    asking.method = "GET"
    asking.url = address if PLAIN.fullmatch(address) else _written(address)
    asking.prepare_headers(headers)
    if "@" in address:
        asking.prepare_auth(None)
    return asking


def _written(address: str) -> str:
    """An address as requests writes it to a server (RFC 3986 section 2.1, RFC 3490)."""
    asking = requests.PreparedRequest()
    asking.prepare_url(address, None)
    return asking.url or ""


def _headers(agent: str, validators: Validators, secrets: Mapping[str, str]) -> dict[str, str]:
    headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
    given = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {**secrets, **headers, **{name: value for name, value in given.items() if value is not None and _fit(value)}}


def _kept(headers: CaseInsensitiveDict[str], name: str) -> str | None:
    value = headers.get(name, "").strip()
    return value if value and _fit(value) else None


def _fresh_for(headers: CaseInsensitiveDict[str], now: datetime) -> timedelta | None:
    return fresh_for(headers.get("Cache-Control"), headers.get("Age"), headers.get("Expires"), now)


def _fit(value: str) -> bool:
    """Whether a header's value can be stored and given back as it was (RFC 9110 section 5.5)."""
    return len(value) <= LONGEST_HEADER and value.isascii() and value.isprintable()


def _named(reason: str | None) -> str:
    return f" {reason[:60]}" if reason and reason.isascii() and reason.isprintable() else ""
