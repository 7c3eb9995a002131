"""PostgreSQL: one database that processes on several machines share.

Writers take turns from the first statement on, as on SQLite: whoever decides by what it reads must not be overtaken,
and a `seq` is seen only after all smaller ones. Their turn is an advisory lock of the transaction, which ends with
it, so that a pooler in front, a restart or a crash can neither keep it nor hand it to two. Claims take turns among
themselves alone, and pass over the rows of sources that a writer is about to change.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from psycopg.errors import DiskFull
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError

from ..errors import NoRoom, StoreError, Unstorable

_CONNECTING = 5
"""Seconds to wait for the server to take a connection."""
_UNREACHED = {"tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""Milliseconds until a machine that acknowledges nothing is taken to be gone, and seconds between questions to it.

Without them whoever waits for its answer would wait for a quarter of an hour (tcp(7)).
"""
_TURN = "10s"
_STATEMENT = "60s"
_READERS = 8
_WRITERS = 4
_REST = 1.0
"""Seconds for which a server that took no connection is not asked again: who asks has something else to serve."""

_BEGUN = (
    f"SET LOCAL lock_timeout = '{_TURN}'; SET LOCAL statement_timeout = '{_STATEMENT}'; SET LOCAL jit = off; "
    "SELECT pg_advisory_xact_lock(hashtext('feedsvc ' || current_schema()), {turn})"
)
_WRITING, _CLAIMING = (_BEGUN.format(turn=turn) for turn in (1, 2))


class PostgresDatabase:
    """A `Database` on a server; the schema is the first of the connection's search path."""

    def __init__(self, url: URL, monotonic: Callable[[], float] = time.monotonic) -> None:
        # Without what follows a question mark, where a password may stand too.
        self.name = url.set(query={}).render_as_string(hide_password=True)
        self._monotonic = monotonic
        self._resting_until = 0.0
        self._writers = _engine(url, _WRITERS)
        readers = _engine(url, _READERS)
        self._readers = readers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._askers = readers.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot; see Database."""
        with self._as_store_errors(), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """Without the two journeys to the server that begin and end a transaction; see Database.

        It is not the server that sees to it that nothing is written.
        """
        with self._as_store_errors(), self._askers.connect() as connection:
            try:
                yield connection
            except DBAPIError:
                connection.invalidate()  # psycopg forgets statements that fail from now on only where it rolls back
                raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only write transaction over all processes and machines; see Database."""
        with self._as_store_errors(), self._writers.begin() as connection:
            connection.exec_driver_sql(_WRITING)
            yield connection

    @contextmanager
    def claiming(self) -> Iterator[Connection]:
        """The only one that claims, while others may write; see Database."""
        with self._as_store_errors(), self._writers.begin() as connection:
            connection.exec_driver_sql(_CLAIMING)
            yield connection

    def settle(self) -> None:
        """Nothing is left to do."""

    def shrink(self, most: int) -> int:
        """Nothing: autovacuum, which the server does by itself, makes room within the files."""
        return 0

    def close(self) -> None:
        """Give every connection back."""
        self._readers.dispose()
        self._writers.dispose()

    @contextmanager
    def _as_store_errors(self) -> Iterator[None]:
        if self._monotonic() < self._resting_until:
            raise StoreError(f"{self.name}: the server took no connection a moment ago")
        try:
            yield
        except OperationalError as error:
            if error.connection_invalidated or _unconnected(error):
                self._resting_until = self._monotonic() + _REST
            wrong = NoRoom if isinstance(error.orig, DiskFull) else StoreError
            raise wrong(f"{self.name}: {_one_line(error.orig)}") from error
        except DataError as error:
            raise Unstorable(f"{self.name}: {_one_line(error.orig)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self.name}: {_one_line(getattr(error, 'orig', error))}") from error
        except (UnicodeEncodeError, OverflowError) as error:
            raise Unstorable(f"{self.name}: {error}") from error


def _engine(url: URL, connections: int) -> Any:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        # A server that was restarted is noticed before the connection is used, not by it.
        pool_pre_ping=True,
        connect_args={"connect_timeout": _CONNECTING, "application_name": "feedsvc", **_UNREACHED},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: object) -> None:
    # Many rows at a time go as one statement each otherwise, and are planned anew by the server.
    connection.prepare_threshold = 3


def _unconnected(error: OperationalError) -> bool:
    """Whether there was no way to the server, as against an answer of it: that has a code (SQLSTATE)."""
    return getattr(error.orig, "sqlstate", None) is None


def _one_line(error: BaseException | None) -> str:
    return " ".join(str(error).split())
