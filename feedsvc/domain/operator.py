"""Who runs the service: how a request tells, and where messages to them go."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

from .secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The token that opens the operator's pages, and the networks from which they are open without one.

    `webhook` is the address that is told how sources do, a secret since it may hold one; `webhook_key` signs that.
    """

    token: Secret | None = None
    trusted: tuple[IPv4Network | IPv6Network, ...] = ()
    webhook: Secret | None = None
    webhook_key: Secret | None = None

    @property
    def known(self) -> bool:
        """Whether anybody can be the operator."""
        return self.token is not None or bool(self.trusted)


NOBODY = Operator()
"""Where nothing says who the operator is."""
