"""Which fetcher an address belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property

from ..domain.fetched import Answer, Failure, FailureKind, Request
from ..ports import Clock, Fetcher


class Door:
    """Implements `ports.Fetcher` over one fetcher a scheme; an address of any other scheme is refused."""

    def __init__(self, fetchers: Mapping[str, Fetcher], clock: Clock) -> None:
        self._fetchers = fetchers
        self._clock = clock

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """Hand the request to the fetcher of its scheme; see `ports.Fetcher`."""
        scheme = request.address.partition(":")[0].lower()
        if (fetcher := self._fetchers.get(scheme)) is not None:
            return fetcher.fetch(request, deadline)
        why = f"addresses of the scheme {scheme!r} are not fetched"
        return Failure(request=request, at=self._clock(), kind=FailureKind.REFUSED, why=why)


class Deferred:
    """Implements `ports.Fetcher` by one that is made when it is first asked."""

    def __init__(self, make: Callable[[], Fetcher]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Fetcher:
        return self._make()

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """Hand the request on; see `ports.Fetcher`."""
        return self._made.fetch(request, deadline)
