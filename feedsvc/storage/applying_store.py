"""The part of the store that puts one configuration in the place of another: see Applying in ports."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from ..domain.applied import Applied, Applying, Effect, Look
from ..domain.passes import Placed
from ..domain.setup import Setup
from . import applying, configuring, effect, surveying
from .moments import seconds
from .polling_store import PollingStore


class ApplyingStore(PollingStore):
    """Each method is one transaction and keeps the promise of its namesake in ports."""

    def applied(self) -> Applied | None:
        """See Rules."""
        with self._database.reading() as connection:
            return configuring.applied(connection)

    def applied_number(self) -> int:
        """See Rules."""
        with self._database.reading() as connection:
            return configuring.applied_number(connection)

    def configured_digest(self) -> str | None:
        """See Rules."""
        with self._database.reading() as connection:
            return configuring.applied_digest(connection)

    def opened_and_closed(self, setup: Setup) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """See Survey."""
        with self._database.reading() as connection:
            return configuring.difference(connection, setup).opened_and_closed

    def bounds(self, every: int) -> tuple[str, ...]:
        """See Survey."""
        with self._database.reading() as connection:
            return surveying.bounds(connection, every)

    def look(
        self,
        after: str,
        limit: int,
        *,
        until: str | None = None,
        sources: frozenset[str] | None = None,
        labels: bool = True,
    ) -> Look:
        """See Survey."""
        with self._database.reading() as connection:
            return surveying.look(connection, after, limit, until, sources, labels)

    def look_at(self, names: Collection[str]) -> Look:
        """See Survey."""
        with self._database.reading() as connection:
            return surveying.look_at(connection, names)

    def begin_apply(self, holder: str, now: datetime, lease: timedelta) -> Applying:
        """See Applier."""
        with self._database.writing() as connection:
            return applying.begin(connection, holder, seconds(now), seconds(now + lease))

    def hold_apply(self, one: Applying, now: datetime, lease: timedelta) -> None:
        """See Applier."""
        with self._database.writing() as connection:
            applying.hold(connection, one, seconds(now + lease))

    def stage(
        self, one: Applying, placed: Iterable[Placed], seq: int, until: datetime, again: Collection[str] = ()
    ) -> None:
        """See Applier."""
        with self._database.writing() as connection:
            applying.hold(connection, one, seconds(until))
            applying.put(connection, placed, seq, again=again)

    def stale(self, one: Applying, limit: int) -> tuple[str, ...]:
        """See Applier."""
        with self._database.reading() as connection:
            return applying.stale(connection, one, limit)

    def take_effect(self, one: Applying, setup: Setup, place: effect.Place, now: datetime) -> Effect | None:
        """See Applier."""
        with self._database.writing() as connection:
            return effect.take_effect(connection, one, setup, place, seconds(now))

    def give_up(self, one: Applying) -> None:
        """See Applier."""
        with self._database.writing() as connection:
            applying.give_up(connection, one)
