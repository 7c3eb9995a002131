"""Connections of a fetch: resolved in time, watched from the first byte of the handshake on, for this fetch alone."""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Callable
from contextlib import closing
from functools import cache
from http.client import HTTPConnection, HTTPResponse, IncompleteRead
from struct import Struct
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.util import create_urllib3_context

from .redirects import Place, place_of
from .resolving import Address, Lookups
from .unreached import Unreached, why_broken
from .watchdog import LEAST, Watchdog

SPARE = 5.0
"""Seconds after the end of a fetch in which a read ends by itself, should the watchdog not have ended it."""
TIMED_BY_KERNEL = sys.platform == "linux" and sys.maxsize > 2**32
"""Whether SO_SNDTIMEO is for connect(2) too, and a timeval is two longs."""
_TIMEVAL = Struct("ll")

Check = Callable[[str, int, "list[Address]"], "list[Address]"]
"""The addresses of a host and port that may be connected to. Raises Unreached where none may."""
Connect = Callable[[Place], socket.socket]
"""What opens a connection of one fetch; of TLS nothing was said on it yet. Raises Unreached."""
Trust = Callable[[], ssl.SSLContext]
"""Whom to believe that they are who they say; asked when the first server speaks TLS."""


@cache
def public_trust() -> ssl.SSLContext:
    """Those whom the authorities vouch for that requests comes with.

    One for the whole process: to read some hundred and fifty certificates takes longer than all the rest of a fetch.
    It remembers no session of TLS by itself.
    """
    context = create_urllib3_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    context.set_alpn_protocols(["http/1.1"])
    return context


class Adapter(BaseAdapter):
    """An adapter of requests that asks over a connection of `connect` each time, and keeps none of them.

    An adapter and no session: it follows no redirect, reads no body, knows no cookie, no proxy and no .netrc. Nor is
    there a pool of urllib3 in it, which for one request would take twice as long to make as that takes.
    """

    def __init__(self, connect: Connect, trust: Trust) -> None:
        super().__init__()
        self._connect = connect
        self._trust = trust

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """The answer, as far as its head; `raw` is its body. Deadlines, certificates and the like are this adapter's.

        Raises OSError, HTTPException or Unreached.
        """
        place = place_of(request.url or "")
        connection = HTTPConnection(place.host, place.port)
        connection.default_port = place.usual_port  # which is not named in `Host`
        try:
            connection.sock = self._opened(place)
            connection.putrequest(request.method or "GET", request.path_url, skip_accept_encoding=True)
            for name, value in request.headers.items():
                connection.putheader(name, value)
            body = request.body
            connection.endheaders(body if isinstance(body, bytes) else None)
            return _answered(request, connection, connection.getresponse())
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Nothing is kept that had to be closed."""

    def _opened(self, place: Place) -> socket.socket:
        plain = self._connect(place)
        if place.scheme == "http":
            return plain
        try:
            return self._trust().wrap_socket(plain, server_hostname=place.name)
        except BaseException:
            plain.close()
            raise


class Body:
    """The body of one answer, as it is sent: not decoded, and whole or an error."""

    def __init__(self, connection: HTTPConnection, answer: HTTPResponse) -> None:
        self._connection = connection
        self._answer = answer

    def read(self, most: int) -> bytes:
        """Up to so many bytes, none at the end. Raises IncompleteRead where the end came too early, and OSError."""
        try:
            chunk = self._answer.read(most)
        except TypeError:  # nothing came for so long that the kernel ended the read, which http.client does not expect
            raise TimeoutError from None
        if not chunk and self._answer.length:
            raise IncompleteRead(b"", self._answer.length)
        return chunk

    def close(self) -> None:
        """End the connection, whatever is still to come."""
        with closing(self._connection):
            self._answer.close()


def _answered(request: PreparedRequest, connection: HTTPConnection, answer: HTTPResponse) -> Response:
    response = Response()
    response.status_code = answer.status
    response.reason = answer.reason
    response.headers = CaseInsensitiveDict(answer.headers.items())
    response.raw = Body(connection, answer)
    response.request = request
    return response


def connected(place: Place, watchdog: Watchdog, lookups: Lookups, check: Check) -> socket.socket:
    """A watched connection to the first address of a place's name that takes one. Raises Unreached.

    What is checked is what is connected to: the name is looked up once, so it cannot change its mind in between.

    Each address has its share of the time that is left, so that a dead one does not cost the others.
    """
    name, port = place.name, place.port
    addresses = check(name, port, lookups.addresses(name, port, watchdog.left))
    problem: OSError = TimeoutError()
    for tried, address in enumerate(addresses):
        try:
            return _connected(address, place, watchdog, watchdog.left / (len(addresses) - tried))
        except OSError as error:
            problem = TimeoutError() if watchdog.over else error  # what was ended says nothing of whom it asked
    raise Unreached(why_broken(problem, name)) from None


def _connected(address: Address, place: Place, watchdog: Watchdog, seconds: float) -> socket.socket:
    family, end = address
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wrapped = place.scheme == "https"
        watchdog.watch(one, wrapped)
        # TLS asks again for what took too long, and would do so for ever.
        timed = _timed_by_python if wrapped or not TIMED_BY_KERNEL else _timed_by_kernel
        timed(one, end, seconds, watchdog.left + SPARE)
    except BaseException:
        one.close()
        raise
    return one


def _timed_by_python(one: socket.socket, end: Any, seconds: float, reading: float) -> None:
    """Connect within so many seconds; no call after that waits for longer than `reading`. Raises OSError."""
    one.settimeout(seconds)
    one.connect(end)
    one.settimeout(reading)


def _timed_by_kernel(one: socket.socket, end: Any, seconds: float, reading: float) -> None:
    """The same, timed by the kernel (socket(7)).

    A timeout of Python's is a system call more for each read and write, and with many fetches under way a thread waits
    for its turn after every one of them.
    """
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(seconds))
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _timeval(reading))
    one.connect(end)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(reading))


def _timeval(seconds: float) -> bytes:
    whole, part = divmod(max(seconds, LEAST), 1.0)
    return _TIMEVAL.pack(int(whole), int(part * 1e6))
