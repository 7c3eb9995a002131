"""How readers are served, as far as an operator has a say in it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """`preview`: a browser that opens a feed is sent to its page. `proxies` are believed where a request comes from.

    `memory` is how many bytes of it a web process may take.

    `whole_an_hour` is how often within an hour one client gets one feed whole without a condition; 0: without limit.
    """

    preview: bool = True
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    whole_an_hour: int = 60
    memory: int = 256 * MEGABYTE


USUAL_SERVING = Serving()
"""Where nothing is said."""
