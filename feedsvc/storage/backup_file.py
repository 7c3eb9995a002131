"""The file of a backup: a SQLite database with our tables and one of pictures, whatever the rows come from or go to."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    NullPool,
    Select,
    Table,
    Text,
    create_engine,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from ..errors import BackupFailed
from .migrating import HEAD, SCRIPTS, bring_to_head
from .schema import ledger
from .sealing import broken
from .sqlite import DRIVER, SqliteDatabase

pictures = Table(
    "pictures",
    MetaData(),
    Column("digest", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

_OURS = frozenset(("alembic_version", "records", "entries", "ledger", "pictures"))
_MAGIC = b"SQLite format 3\0"
_ROWS = 200
"""Rows in memory at once: articles may be long."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a backup holds: rows of articles and sources, pictures, and its size in bytes.

    `left_out` are the digests of pictures that are no longer what they were.
    """

    articles: int
    sources: int
    pictures: int
    size: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was checked; `name` is what the operator knows it by."""

    name: Path
    connection: Connection

    def rows(self, table: Table) -> Iterator[Rows]:
        """The rows of a table, in portions. Raises BackupFailed where they cannot be read."""
        with blamed(self.name):
            yield from portions_of(self.connection, table)

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """The digest and the bytes of each picture, one at a time. Raises BackupFailed."""
        one_by_one = select(pictures).execution_options(yield_per=1)
        with blamed(self.name):
            for row in self.connection.execute(one_by_one):
                yield row.digest, row.body

    def scalar(self, asked: Select[Any]) -> Any:
        """The one value that a selection has. Raises BackupFailed."""
        with blamed(self.name):
            return self.connection.scalar(asked)


def portions_of(connection: Connection, table: Table) -> Iterator[Rows]:
    """The rows of a table, as many at once as fit into memory."""
    names = table.columns.keys()
    for portion in connection.execute(select(table).execution_options(yield_per=_ROWS)).partitions():
        yield [dict(zip(names, row)) for row in portion]


@contextmanager
def blamed(file: Path) -> Iterator[None]:
    """Errors of a database in the block are those of this file, whatever other database the block stands in."""
    try:
        yield
    except DBAPIError as error:
        raise BackupFailed(f"{file}: {error.orig}") from error


@contextmanager
def checked(file: Path, room: Path) -> Iterator[Backup]:
    """A backup, found sound; one of an earlier release is migrated in a copy of it in the folder `room`.

    Nothing is written to the file or beside it. Raises BackupFailed for anything else; OSError.
    """
    _look(file)
    with ExitStack() as stack:
        connection = stack.enter_context(_opened(file))
        revision = _revision(file, connection)
        _check(file, connection)
        if revision != HEAD:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix=".restore-", dir=room)))
            connection = stack.enter_context(_opened(_migrated(file, folder)))
        yield Backup(file, connection)


def _look(file: Path) -> None:
    """What can be told without SQLite, which would make a missing file."""
    if not file.exists():
        raise BackupFailed(f"{file} does not exist. Name a file that `feedsvc backup` made.")
    if not file.is_file():
        raise BackupFailed(f"{file} is not a file. Name one that `feedsvc backup` made.")
    with file.open("rb") as opened:
        head = opened.read(len(_MAGIC))
    if not head:
        raise BackupFailed(f"{file} is empty. Take another backup.")
    if head != _MAGIC:
        raise _foreign(file)


@contextmanager
def _opened(file: Path) -> Iterator[Connection]:
    address = f"{file.resolve().as_uri()}?immutable=1"
    engine = create_engine(
        "sqlite://", module=DRIVER, creator=lambda: DRIVER.connect(address, uri=True), poolclass=NullPool
    )
    with engine.connect() as connection:
        yield connection


def _revision(file: Path, connection: Connection) -> str:
    """The schema that the backup has, one that this release knows."""
    with _damage(file):
        if not frozenset(inspect(connection).get_table_names()) >= _OURS:
            raise _foreign(file)
        found = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    if found != HEAD and found not in _known_revisions():
        raise BackupFailed(
            f"{file} was made by a newer release: it has the schema {found}, and this one knows schemas up to {HEAD}. "
            "Restore it with that release."
        )
    return found


def _known_revisions() -> frozenset[str]:
    from .upgrading import revisions  # noqa: PLC0415 - imports alembic

    return revisions(SCRIPTS)


def _check(file: Path, connection: Connection) -> None:
    if broken(file):
        raise _damaged(file, "it is not as it was when it was made")
    with _damage(file):
        found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if found != "ok":
            raise _damaged(file, str(found))
        if connection.scalar(select(func.count()).select_from(ledger)) != 1:
            raise _damaged(file, "its ledger is not one row")


@contextmanager
def _damage(file: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _damaged(file, str(error.orig)) from error


def _damaged(file: Path, why: str) -> BackupFailed:
    return BackupFailed(f"{file} is damaged ({' '.join(why.split())}). Take another backup.")


def _foreign(file: Path) -> BackupFailed:
    return BackupFailed(f"{file} is not a backup. Name a file that `feedsvc backup` made.")


def _migrated(file: Path, folder: Path) -> Path:
    copy = folder / "backup.db"
    shutil.copyfile(file, copy)
    database = SqliteDatabase(copy)
    database.name = f"the copy of {file} for this release"
    try:
        bring_to_head(database)
    finally:
        database.close()
    return copy
