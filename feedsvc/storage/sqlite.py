"""SQLite: one file that several processes share, or one database in memory.

Writers take turns from the first statement on (`BEGIN IMMEDIATE`), because a transaction that reads
first and writes later fails at once when another one wrote in between. `synchronous=FULL`: an
article that a reader has seen, and the seq that stands for it, must outlive a power cut, and a pass
costs one fsync.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, QueuePool, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import NoRoom, SchemaError, StoreError, Unstorable
from .filelock import PATIENCE, file_lock

try:
    from pysqlite3 import dbapi2 as _driver
except ImportError:
    _driver = sqlite3

DRIVER: ModuleType = _driver
"""The newest SQLite there is. One process uses one: two copies of SQLite in it do not see each other's locks."""

_READERS = 8
_SHRINKS = 2
"""What `auto_vacuum` says of a file whose free pages can be given back; it is said before anything is written."""
_KEPT_FREE = 0.1
"""Of all pages: as many are written again within days, and would have to be asked of the disk anew."""
_TOO_FEW = 256
"""Free pages (1 MiB) that are never worth the work."""
_CHECKPOINT = 2000
"""Pages in the write-ahead log (8 MiB) before they are carried over: many are written again until then.

Whoever wrote the last of them carries them over, and other writers of its process wait for it.
"""
_WRITERS_PAGES = 32_000
"""KiB of pages that the writer keeps: what a pass changes lies all over a large file, and is not to be read twice."""
_LARGEST_LOG = 64 * 1024 * 1024
"""Bytes of the write-ahead log that stay when it begins anew: restoring a backup makes one as large as the database."""
_NOT_A_DATABASE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))

_log = logging.getLogger(__name__)


class SqliteDatabase:
    """A `Database` in a file, or in memory where there is no file; `driver` is pysqlite3 or the standard library."""

    def __init__(self, file: Path | None, driver: ModuleType = DRIVER) -> None:
        self.name = "the database in memory" if file is None else str(file)
        self._writing_turn: Callable[[], AbstractContextManager[object]] = nullcontext
        self._reading_turn: Callable[[], AbstractContextManager[object]] = nullcontext
        if file is None:
            turn = RLock()
            self._writing_turn = self._reading_turn = lambda: turn
            self._writers = self._readers = _engine(None, driver, "BEGIN IMMEDIATE", poolclass=StaticPool)
            return
        _make_room(file)
        if needs_file_lock(driver.sqlite_version_info):
            self._writing_turn = partial(file_lock, file.with_name(file.name + ".lock"))
            _log.warning(
                "SQLite %s can damage a database that several processes write; writes to %s take turns under a file "
                "lock. Install pysqlite3 0.6.1 or newer, or SQLite 3.51.3 or newer.",
                driver.sqlite_version,
                file,
            )
        one = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0, "pool_timeout": PATIENCE}
        self._writers = _engine(file, driver, "BEGIN IMMEDIATE", **one)
        event.listen(self._writers, "connect", _with_room)
        self._readers = _engine(file, driver, "BEGIN", **{**one, "pool_size": _READERS})
        event.listen(self._writers, "connect", _let_shrink)
        event.listen(self._readers, "connect", _forbid_writing)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A snapshot; see Database."""
        with _as_store_errors(self.name), self._reading_turn(), self._readers.begin() as connection:
            yield connection

    asking = reading
    """It costs next to nothing to begin."""

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only write transaction over all threads and processes; see Database."""
        with _as_store_errors(self.name), self._writing_turn(), self._writers.begin() as connection:
            yield connection

    claiming = writing
    """There is one lock for all that is written."""

    def settle(self) -> None:
        """Switch to the write-ahead log: readers and the writer then never wait for each other."""
        with _as_store_errors(self.name), self._writing_turn(), closing(self._writers.raw_connection()) as connection:
            deadline = time.monotonic() + PATIENCE
            # SQLite does not wait for other processes here, whatever the timeout
            while (mode := _switched(connection.driver_connection)) is None and time.monotonic() < deadline:
                time.sleep(0.02)
            if mode not in ("wal", "memory"):
                raise StoreError(f"{self.name}: the write-ahead log cannot be used (the mode is {mode or 'busy'})")

    def shrink(self, most: int) -> int:
        """Make the file smaller; see Database. Some pages stay free, so that what comes next need not make it larger.

        Nothing of a file of a release that did not make them shrink, nor of what is in memory.
        """
        with self.reading() as connection:
            spare = min(most, _spare(connection))
        if spare <= 0:
            return 0
        with self.writing() as connection:
            count = min(most, _spare(connection))
            if count > 0:
                _take_off(connection, count)
        return max(0, count)

    def close(self) -> None:
        """Give every connection back; the last one to close writes a checkpoint, hence in turn."""
        with _as_store_errors(self.name), self._writing_turn():
            self._readers.dispose()
            self._writers.dispose()


def needs_file_lock(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can damage a write-ahead log that two connections write (fixed in 3.51.3)."""
    backported = (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return version < (3, 51, 3) and not backported


def _make_room(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{file}: its folder cannot be made: {error.strerror}") from error


def _engine(file: Path | None, driver: ModuleType, begin: str, **pool: Any) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=None if file is None else str(file)),
        module=driver,
        # None: the driver opens no transactions of its own, so that `begin` is the only way in
        connect_args={"isolation_level": None, "check_same_thread": False, "timeout": PATIENCE},
        **pool,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _spare(connection: Connection) -> int:
    """How many free pages there are more than shall be; none where they cannot be given back."""
    # in this order: what a file is like is only known to a connection that has read of it
    names = "page_count", "freelist_count", "auto_vacuum"
    pages, free, mode = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names)
    return int(free - max(pages * _KEPT_FREE, _TOO_FEW)) if mode == _SHRINKS else 0


def _take_off(connection: Connection, pages: int) -> None:
    """Take so many pages off the file. One by one: with a number, the statement would have to be stepped through."""
    for _ in range(pages):
        connection.exec_driver_sql("PRAGMA incremental_vacuum(1)")


def _let_shrink(connection: Any, _: object) -> None:
    if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        connection.execute(f"PRAGMA auto_vacuum = {_SHRINKS}")


def _prepare(connection: Any, _: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT}")
    connection.execute(f"PRAGMA journal_size_limit = {_LARGEST_LOG}")


def _with_room(connection: Any, _: object) -> None:
    connection.execute(f"PRAGMA cache_size = -{_WRITERS_PAGES}")


def _forbid_writing(connection: Any, _: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _switched(connection: Any) -> str | None:
    """The mode that the database is in now, None while others are in the way."""
    try:
        return str(connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
    except Exception as error:
        if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return None
        raise StoreError(f"the write-ahead log cannot be used: {error}") from error


def _code(error: BaseException | None) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def _as_store_errors(name: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if _code(error.orig) in _NOT_A_DATABASE:
            raise SchemaError(
                f"{name} is damaged, or is not a database ({error.orig}). Nothing was written to it: "
                "move it away, then bring a backup back with `feedsvc restore`, or start anew."
            ) from error
        wrong = NoRoom if _code(error.orig) == sqlite3.SQLITE_FULL else StoreError
        raise wrong(f"{name}: {error.orig}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{name}: {error}") from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise Unstorable(f"{name}: {error}") from error
