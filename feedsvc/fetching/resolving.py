"""Names to addresses, in bounded time.

The system's resolver cannot be interrupted. It runs in a thread that nobody waits for longer than allowed, and only so
many of these may be stuck at once.
"""

from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address
from typing import Union

from .unreached import Unreached

MOST_LOOKUPS = 32
"""Lookups at once; a resolver that hangs must not fill the process with threads."""

Address = tuple[socket.AddressFamily, tuple[str, int]]
"""A family and what `connect` takes: the numeric host and the port."""
Resolver = Callable[[str, int], "list[Address]"]


def system_resolver(host: str, port: int) -> list[Address]:
    """Every stream address of a name in the order of preference (RFC 6724). Raises OSError or ValueError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, (str(address[0]), port)) for family, _, _, _, address in found]


def _numeric(host: str, port: int) -> Address | None:
    """The address that a host is by itself: there is nothing to look up in it."""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    return family, (str(address), port)


class Lookups:
    """Asks a resolver; one for the whole process, safe from many threads."""

    def __init__(self, resolver: Resolver = system_resolver, most: int = MOST_LOOKUPS) -> None:
        self._resolver = resolver
        self._free = threading.BoundedSemaphore(most)

    def addresses(self, host: str, port: int, seconds: float) -> list[Address]:
        """The addresses of a name, at least one. Raises Unreached."""
        if (numeric := _numeric(host, port)) is not None:
            return [numeric]
        if not self._free.acquire(timeout=seconds):
            raise Unreached(f"the name {host} could not be looked up: too many names are being looked up already")
        answer: queue.SimpleQueue[Union[list[Address], Exception]] = queue.SimpleQueue()
        threading.Thread(target=self._look_up, args=(host, port, answer), name="lookup", daemon=True).start()
        try:
            found = answer.get(timeout=seconds)
        except queue.Empty:
            raise Unreached(f"the name {host} could not be looked up in time") from None
        if isinstance(found, Exception) or not found:
            raise Unreached(f"the name {host} is not known") from None
        return found

    def _look_up(self, host: str, port: int, answer: queue.SimpleQueue[Union[list[Address], Exception]]) -> None:
        try:
            answer.put(self._resolver(host, port))
        except Exception as error:  # OSError, and UnicodeError for names that are none
            answer.put(error)
        finally:
            self._free.release()
