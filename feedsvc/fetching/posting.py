"""A message to a server of the operator's: one POST through the same guard as every fetch, and with one deadline.

Nothing is followed, nothing is remembered, and of the reply only its status counts: the rest is read, a little of it,
so that the server is not cut off in the middle of an honest one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from http.client import HTTPException

import requests
from requests.exceptions import RequestException

from ..errors import NotTaken
from .connecting import Adapter, connected, public_trust
from .guarding import Guard
from .redirects import PORTS, REDIRECTS, checked
from .resolving import Address, Lookups
from .unreached import Unreached, why_broken
from .watchdog import Watchdog

SECONDS = 10.0
"""For everything, from the name to the end of the reply."""
MOST_READ = 1024
"""Bytes of a reply."""


class WebPoster:
    """Implements `ports.Poster` for http and https. `agent` is the User-Agent (RFC 9110 section 10.1.5)."""

    def __init__(self, agent: str, lookups: Lookups, guard: Guard, seconds: float = SECONDS) -> None:
        self._agent = agent
        self._lookups = lookups
        self._guard = guard
        self._seconds = seconds

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Send the body and read a little of the reply; see `ports.Poster`."""
        with Watchdog(self._seconds) as watchdog:
            try:
                why = _why_not(self._status(address, body, headers, watchdog))
            except Unreached as unreached:
                why = f"there was no answer within {self._seconds:g} s" if watchdog.over else str(unreached)
        if why:
            raise NotTaken(why)

    def _status(self, address: str, body: bytes, headers: Mapping[str, str], watchdog: Watchdog) -> int:
        """The status of the answer. Raises Unreached for whatever the network does."""
        parts = checked(address)
        host = parts.hostname or ""
        at_home = self._guard.allows(host, parts.port or PORTS[parts.scheme])

        def check(name: str, port: int, found: list[Address]) -> list[Address]:
            return self._guard.passed(name, port, found, at_home)

        try:
            asking = _prepared(address, body, {**headers, "User-Agent": self._agent})
            adapter = Adapter(lambda place: connected(place, watchdog, self._lookups, check), public_trust)
            with adapter.send(asking) as response:
                if watchdog.over:
                    raise TimeoutError  # its headers may have ended because they were ended
                with contextlib.suppress(HTTPException, OSError):
                    response.raw.read(MOST_READ)
                return response.status_code
        except (RequestException, HTTPException, OSError, ValueError) as error:
            raise Unreached(why_broken(error, host)) from None


def _prepared(address: str, body: bytes, headers: dict[str, str]) -> requests.PreparedRequest:
    """A POST of exactly these bytes; a name and a password in the address become a header (RFC 7617)."""
    asking = requests.PreparedRequest()
    asking.prepare(method="POST", url=address, headers=headers, data=body)
    return asking


def _why_not(status: int) -> str:
    """Why a status does not mean that the message was taken, empty where it does (RFC 9110 section 15.3)."""
    if 200 <= status < 300:
        return ""
    said = "; a redirect is not followed" if status in REDIRECTS else ""
    return f"it answered {status}{said}"
