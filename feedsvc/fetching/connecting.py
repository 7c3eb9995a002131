"""Connections of a fetch: resolved in time, watched from the first byte of the handshake on, for this fetch alone."""

from __future__ import annotations

import socket
from collections.abc import Callable

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from .resolving import Address, Lookups
from .unreached import Unreached, why_broken
from .watchdog import Watchdog

Check = Callable[[str, int, "list[Address]"], "list[Address]"]
"""The addresses of a host and port that may be connected to. Raises Unreached where none may."""


def adapter_of(watchdog: Watchdog, lookups: Lookups, check: Check) -> HTTPAdapter:
    """An adapter of requests all of whose connections end with the watchdog's time, and lead where `check` lets them.

    An adapter and no session: it follows no redirect, reads no body, knows no cookie, no proxy and no .netrc.
    """

    def connect(host: str, port: int) -> socket.socket:
        return connected(host.strip("[]").rstrip("."), port, watchdog, lookups, check)

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    adapter = HTTPAdapter()
    adapter.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return adapter


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
