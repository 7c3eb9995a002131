"""Where a redirect leads, decided before anything is asked there (RFC 9110 section 15.4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlunsplit

from ..domain.address import web_parts
from ..domain.fetched import FailureKind
from .unreached import Unreached

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 8192
"""Characters of an address that is asked for at all."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whom an address asks; `host` is in lower case, one of IPv6 without its brackets."""

    scheme: str
    host: str
    port: int

    @property
    def usual_port(self) -> int:
        """The port where nothing else is said."""
        return PORTS[self.scheme]

    @property
    def name(self) -> str:
        """The host as a certificate has it: a dot at its end means nothing there."""
        return self.host.rstrip(".")

    def same_origin(self, other: Place) -> bool:
        """Whether both have scheme, host and port in common (RFC 6454 section 5)."""
        return (self.scheme, self.name, self.port) == (other.scheme, other.name, other.port)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@lru_cache(maxsize=256)  # a fetch asks more than once
def place_of(address: str) -> Place:
    """Whom an address asks. Raises Unreached for one that may not be asked."""
    parts = checked(address)
    return Place(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])


def checked(address: str) -> SplitResult:
    """The parts of an address that may be asked. Raises Unreached for any other."""
    parts = web_parts(address)
    if parts is None:
        raise Unreached("it is no address on the web", FailureKind.REFUSED)
    if len(address) > LONGEST_ADDRESS:
        raise Unreached(f"its address is longer than {LONGEST_ADDRESS} characters", FailureKind.REFUSED)
    return parts


def redirected(address: str, location: str | None) -> str:
    """The address that an answer from `address` points to. Raises Unreached where that may not be followed.

    A name and a password in it are dropped: they would be those of somebody else.
    """
    if not location:
        raise Unreached("it redirects without saying where")
    try:
        parts = checked(urljoin(address, _as_text(location).strip()))
    except (Unreached, ValueError):
        raise Unreached("it redirects to what is no address on the web", FailureKind.REFUSED) from None
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def _as_text(header: str) -> str:
    """A header that holds UTF-8, as many servers write it, was read as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header
