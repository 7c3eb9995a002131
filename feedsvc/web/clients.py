"""Where a request comes from: the other end of the connection, or whom a proxy in front names; pure but for one place.

peer ──────────────────────────┐
X-Forwarded-For ───────────────┼─► client_address ─► REMOTE_ADDR, before anything looks at it
proxies of the configuration ──┘
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MOST_PROXIES = 16
"""Links of a chain that are followed: a client may write as many as it likes."""
_BY_PROXY = "feedsvc.by_proxy"
_OWN: tuple[Network, ...] = (
    ip_network("127.0.0.0/8"),
    ip_network("10.0.0.0/8"),
    ip_network("172.16.0.0/12"),
    ip_network("192.168.0.0/16"),
    ip_network("169.254.0.0/16"),
    ip_network("100.64.0.0/10"),
    ip_network("::1"),
    ip_network("fc00::/7"),
    ip_network("fe80::/10"),
)
"""Loopback, private and shared addresses (RFC 1122, 1918, 3927, 6598, 4193, 4291): of nobody whom a reader could be."""


def client_address(peer: str | None, forwarded: str | None, proxies: Sequence[Network]) -> str | None:
    """The rightmost address that is none of a proxy of ours: whatever stands left of it anybody may have written.

    `forwarded` is X-Forwarded-For, all its fields joined by commas. Where it is nonsense, the last one that could be
    believed.
    """
    client = peer
    for written in reversed((forwarded or "").rsplit(",", MOST_PROXIES)[-MOST_PROXIES:]):
        address = _named(written)
        if address is None or not _within(address_of(client), proxies):
            return client
        client = str(address)
    return client


def address_of(written: str | None) -> Address | None:
    """An address, None for what is none. One of IPv4 that came through a socket of IPv6 is one of IPv4 (RFC 4291)."""
    try:
        address = ip_address(written or "")
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_public(address: Address | None) -> bool:
    """Whether a client of this address is somebody out there, and not our own network or a proxy within it."""
    return address is not None and not _within(address, _OWN)


def came_by_proxy(environ: Mapping[str, Any]) -> bool:
    """Whether the other end of the connection is a proxy of ours."""
    return bool(environ.get(_BY_PROXY))


def see_client(environ: dict[str, Any], proxies: Sequence[Network]) -> None:
    """Let the other end be the client, in what is known of a request (PEP 3333).

    Nothing else that a proxy may say is looked at: scheme, host and prefix are configured. Who is seen is seen once.
    """
    if _BY_PROXY in environ:
        return
    if not proxies:
        environ[_BY_PROXY] = False
        return
    peer, forwarded = environ.get("REMOTE_ADDR"), environ.get("HTTP_X_FORWARDED_FOR")
    environ[_BY_PROXY] = _within(address_of(peer), proxies)
    if environ[_BY_PROXY]:
        environ["REMOTE_ADDR"] = client_address(peer, forwarded, proxies)


def _named(written: str) -> Address | None:
    """An address as proxies write it, with a port or without: `192.0.2.1:80`, `[2001:db8::1]:80`."""
    text = written.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    return address_of(text)


def _within(address: Address | None, networks: Iterable[Network]) -> bool:
    return address is not None and any(address in network for network in networks)
