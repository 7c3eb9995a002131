"""The part of the store that says who polls what and when, and how sources do: a Schedule and a Herald."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from ..domain.history import Beat
from ..domain.passes import Claim, Pass
from ..domain.status import Telling, VerdictChange
from . import due, endings, heartbeats, herald, leases
from .database import Database
from .moments import seconds


class PollingStore:
    """Each method is one transaction and keeps the promise of its namesake in ports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(
        self,
        *,
        holder: str,
        now: datetime,
        lease: timedelta,
        limit: int,
        doubtful: int | None = None,
        a_host: int | None = None,
        only: frozenset[str] | None = None,
    ) -> tuple[Claim, ...]:
        """See Ledger. The common answer, that nothing is due, takes no write transaction."""
        kinds = self._kinds_due(now, lease) if only is None else ()
        if only is None and not kinds:
            return ()
        with self._database.claiming() as connection:
            if only is None:
                most, at_host = limit if doubtful is None else doubtful, limit if a_host is None else a_host
                found = due.due(connection, kinds, now, lease, limit, most, at_host)
            else:
                found = due.named(connection, now, lease, limit, only)
            return leases.claim(connection, found, holder, now, lease)

    def _kinds_due(self, now: datetime, lease: timedelta) -> due.Kinds:
        with self._database.reading() as connection:
            return due.kinds_due(connection, now, lease)

    def renew(self, claims: Iterable[Claim], now: datetime, lease: timedelta) -> None:
        """See Ledger."""
        with self._database.writing() as connection:
            leases.renew(connection, claims, seconds(now + lease))

    def give_back(self, claims: Iterable[Claim]) -> None:
        """See Schedule."""
        with self._database.writing() as connection:
            leases.give_back(connection, claims)

    def release(self, claim: Claim, next_poll: datetime) -> None:
        """See Ledger."""
        with self._database.writing() as connection:
            leases.release(connection, claim, seconds(next_poll))

    def end(self, quiet: Sequence[Pass]) -> None:
        """See Schedule."""
        with self._database.writing() as connection:
            endings.end_quietly(connection, quiet)

    def beat(self, now: datetime, trouble: str = "", doubted: bool = False) -> Beat | None:
        """See Schedule."""
        with self._database.writing() as connection:
            return heartbeats.beat(connection, seconds(now), trouble, doubted)

    def heartbeat(self) -> Beat | None:
        """See Ledger."""
        with self._database.reading() as connection:
            return heartbeats.heartbeat(connection)

    def verdict_changes(self, limit: int) -> tuple[VerdictChange, ...]:
        """See Ledger."""
        with self._database.reading() as connection:
            return herald.verdict_changes(connection, limit)

    def next_telling(self, now: datetime, lease: timedelta) -> Telling | None:
        """See Herald. The common answer, that there is nothing to tell, takes no write transaction."""
        with self._database.reading() as connection:
            if not herald.any_telling(connection, seconds(now)):
                return None
        with self._database.writing() as connection:
            return herald.next_telling(connection, seconds(now), seconds(now + lease))

    def told(self, change: int, now: datetime) -> None:
        """See Herald."""
        with self._database.writing() as connection:
            herald.told(connection, change, seconds(now))

    def tell_again(self, change: int, at: datetime) -> None:
        """See Herald."""
        with self._database.writing() as connection:
            herald.tell_again(connection, change, seconds(at))
