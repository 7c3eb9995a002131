"""Connections of a fetch: resolved in time, watched from the first byte of the handshake on, for this fetch alone."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from .resolving import Address, Lookups
from .unreached import Unreached, why_broken
from .watchdog import Watchdog

Check = Callable[[str, int, "list[Address]"], "list[Address]"]
"""The addresses of a host and port that may be connected to. Raises Unreached where none may."""


Connect = Callable[[str, int], socket.socket]
"""What opens a connection of one fetch. Raises Unreached."""


class Adapter(HTTPAdapter):
    """An adapter of requests all of whose connections are made by `connect`.

    An adapter and no session: it follows no redirect, reads no body, knows no cookie, no proxy and no .netrc.
    """

    def __init__(self, connect: Connect) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1)
        self._connect = connect

    def get_connection_with_tls_context(self, request: Any, verify: Any, proxies: Any = None, cert: Any = None) -> Any:
        """The pool of urllib3 for a request, its connections opened by `connect`."""
        pool: Any = super().get_connection_with_tls_context(request, verify, proxies, cert)
        pool.ConnectionCls = partial(CONNECTIONS[pool.scheme], connect=self._connect)
        return pool


def adapter_of(watchdog: Watchdog, lookups: Lookups, check: Check) -> HTTPAdapter:
    """An adapter whose connections end with the watchdog's time, and lead where `check` lets them."""
    return Adapter(lambda host, port: connected(host.strip("[]").rstrip("."), port, watchdog, lookups, check))


class _Plain(HTTPConnection):
    def __init__(self, *arguments: Any, connect: Connect, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._opened = connect

    def _new_conn(self) -> socket.socket:
        return self._opened(self.host, self.port)


class _Secure(HTTPSConnection):
    def __init__(self, *arguments: Any, connect: Connect, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._opened = connect

    def _new_conn(self) -> socket.socket:
        return self._opened(self.host, self.port)


CONNECTIONS: dict[str, type[_Plain] | type[_Secure]] = {"http": _Plain, "https": _Secure}


def connected(host: str, port: int, watchdog: Watchdog, lookups: Lookups, check: Check) -> socket.socket:
    """A watched connection to the first address of a name that takes one. Raises Unreached.

    What is checked is what is connected to: the name is looked up once, so it cannot change its mind in between.

    Each address has its share of the time that is left, so that a dead one does not cost the others.
    """
    addresses = check(host, port, lookups.addresses(host, port, watchdog.left))
    problem: OSError = TimeoutError()
    for tried, address in enumerate(addresses):
        try:
            return _connected(address, watchdog, watchdog.left / (len(addresses) - tried))
        except OSError as error:
            problem = error
    raise Unreached(why_broken(problem, host)) from None


def _connected(address: Address, watchdog: Watchdog, seconds: float) -> socket.socket:
    family, place = address
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.settimeout(seconds)
        one.connect(place)
        one.settimeout(watchdog.left)
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        watchdog.watch(one)
    except BaseException:
        one.close()
        raise
    return one
