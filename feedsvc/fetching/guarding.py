"""Which addresses may be connected to: those of the public internet, and the places that the operator listed.

The list of what is not public is our own, for the standard library's differs from release to release. It holds the
special-purpose registries of IANA (RFC 6890), and of IPv6 everything outside of what is given out as global unicast.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Union

from ..domain.fetched import FailureKind
from .resolving import Address
from .unreached import Unreached

NOT_PUBLIC_4 = tuple(
    ip_network(one)
    for one in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
    ).split()
)
"""This network, private, shared, loopback, link-local, documentation, 6to4 relays, benchmarks, multicast, reserved."""
GLOBAL_6 = IPv6Network("2000::/3")
NOT_PUBLIC_6 = tuple(map(IPv6Network, "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()))
"""Within global unicast: Teredo and other protocols, documentation, 6to4, documentation."""
EMBEDDING = tuple(map(IPv6Network, "64:ff9b::/96 ::ffff:0:0/96".split()))
"""IPv4 in the last 32 bits: NAT64 (RFC 6052), by which a network of IPv6 alone reaches the rest; IPv4-mapped."""


OF_CLOUDS_6 = IPv6Address("fd00:ec2::254")
"""Where a large cloud keeps what its link-local address of IPv4 gives away too."""


class Guard:
    """Knows the places `host:port` or `host:*` of a network of one's own; `host` as it stands in an address."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(allowed)

    def allows(self, host: str, port: int) -> bool:
        """Whether the operator listed exactly this place."""
        name = host.strip("[]").lower().rstrip(".")
        name = f"[{name}]" if ":" in name else name
        return f"{name}:{port}" in self._allowed or f"{name}:*" in self._allowed

    def passed(
        self, host: str, port: int, found: list[Address], at_home: bool, redirected: bool = False
    ) -> list[Address]:
        """Those of the addresses of a host that may be connected to, at least one. Raises Unreached.

        `at_home`: the fetch began at a place that is listed. Only then do listed places count: an address of somebody
        else must not lead into the operator's own network, not even to its listed parts.
        """
        if at_home and self.allows(host, port):
            return found
        public = [one for one in found if is_public(one[1][0])]
        if not public:
            raise Unreached(_why(host, port, found[0][1][0], at_home, redirected), FailureKind.REFUSED)
        return public


def is_public(numeric: str) -> bool:
    """Whether a numeric address is one of the public internet."""
    try:
        address = ip_address(numeric.partition("%")[0])
    except ValueError:
        return False
    return _is_public(address)


def _unwrapped(address: Union[IPv4Address, IPv6Address]) -> Union[IPv4Address, IPv6Address]:
    """The address of IPv4 that one of IPv6 stands for, any other as it is."""
    embedded = isinstance(address, IPv6Address) and any(address in one for one in EMBEDDING)
    return IPv4Address(int(address) & 0xFFFFFFFF) if embedded else address


def _is_public(address: Union[IPv4Address, IPv6Address]) -> bool:
    address = _unwrapped(address)
    if isinstance(address, IPv4Address):
        return not any(address in one for one in NOT_PUBLIC_4)
    return address in GLOBAL_6 and not any(address in one for one in NOT_PUBLIC_6)


def _why(host: str, port: int, numeric: str, at_home: bool, redirected: bool) -> str:
    said = f"{host} is no public address" if host == numeric else f"{host} is at {numeric}, which is no public address"
    said = f"it redirects, and {said}" if redirected else said
    address = _unwrapped(ip_address(numeric.partition("%")[0]))
    if (redirected and not at_home) or address.is_link_local or address == OF_CLOUDS_6:
        return said  # listing it would not help, or would hand out the secrets that clouds keep there
    return f"{said}; if it is in your own network, list {host}:{port} under fetch.allow_hosts"
