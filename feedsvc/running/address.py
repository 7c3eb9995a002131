"""The address to listen on, as an operator writes it."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address

_EVERYWHERE = str(IPv4Address(socket.INADDR_ANY))


@dataclass(frozen=True, slots=True)
class Address:
    """A host, as a number, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_bind(text: str) -> Address:
    """The address in `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` or `:8080` (all of IPv4); else a ValueError."""
    host, colon, port = text.strip().rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    if not colon or not (port.isascii() and port.isdigit()) or (":" in host and not bracketed):
        raise ValueError(f"the address to listen on is HOST:PORT, like 127.0.0.1:8080 or [::1]:8080, not {text!r}")
    if not 1 <= int(port) <= 65535:
        raise ValueError(f"the port to listen on is from 1 to 65535, not {port}")
    return Address(_number(host.strip("[]") or _EVERYWHERE), int(port))


def refusal(address: Address) -> str | None:
    """Why nothing can listen on the address now, in one line; None when something can."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # The web server shares its port with whoever asks (SO_REUSEPORT), so a second one would start without an error.
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
            probe.listen(1)
        except OSError as error:
            return f"cannot listen on {address}: {_reason(error)}"
    return None


def _reason(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "another program already does (FEEDSVC_BIND chooses another address)"
    return error.strerror or str(error)


def _number(host: str) -> str:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ValueError(f"the address to listen on has an unknown host: {host!r}") from None
    return str(found[0][4][0])
