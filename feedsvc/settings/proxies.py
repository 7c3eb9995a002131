"""Who is believed when it says where a request comes from."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network
from typing import Annotated

from pydantic import AfterValidator

from .values import Network


def _proxy(value: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    if not value.prefixlen:
        raise ValueError("is everybody, and whoever is a proxy may say who a client is; name the proxies alone")
    return value


Proxy = Annotated[Network, AfterValidator(_proxy)]
