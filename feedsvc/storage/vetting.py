"""Whether a file is a sound backup that this release can restore; nothing is written to it, or beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, NullPool, Table, create_engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from ..errors import BackupFailed
from .backup_file import Rows, pictures, portions_of
from .migrating import HEAD, SCRIPTS, bring_to_head
from .schema import ledger
from .sealing import broken
from .sqlite import DRIVER, SqliteDatabase

_OURS = frozenset(("alembic_version", "records", "entries", "ledger", "pictures"))
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was checked; `name` is what the operator knows it by."""

    name: Path
    connection: Connection

    def rows(self, table: Table) -> Iterator[Rows]:
        """The rows of a table, in portions. Raises BackupFailed where they cannot be read."""
        with _damage(self.name):
            yield from portions_of(self.connection, table)

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """The digest and the bytes of each picture, one at a time. Raises BackupFailed."""
        one_by_one = select(pictures).execution_options(yield_per=1)
        with _damage(self.name):
            for row in self.connection.execute(one_by_one):
                yield row.digest, row.body


@contextmanager
def checked(file: Path, room: Path) -> Iterator[Backup]:
    """A backup, found sound; one of an earlier release is migrated in a copy of it in the folder `room`.

    Raises BackupFailed for anything else, StoreError and OSError for what is in the way.
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
        raise BackupFailed(f"{file} is empty. Restore another one.")
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
        found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is None:
        raise _foreign(file)
    if found != HEAD and found not in _known_revisions():
        raise BackupFailed(
            f"{file} was made by a newer release: it has the schema {found}, and this one knows schemas up to {HEAD}. "
            "Restore it with that release."
        )
    return str(found)


def _known_revisions() -> frozenset[str]:
    from .upgrading import revisions  # noqa: PLC0415 - imports alembic

    return revisions(SCRIPTS)


def _check(file: Path, connection: Connection) -> None:
    if broken(file):
        raise damaged(file, "it is not as it was when it was made")
    with _damage(file):
        found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
        if found != "ok":
            raise damaged(file, str(found))
        if connection.scalar(select(func.count()).select_from(ledger)) != 1:
            raise damaged(file, "its ledger is not one row")


@contextmanager
def _damage(file: Path) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise damaged(file, str(error.orig)) from error


def damaged(file: Path, why: str) -> BackupFailed:
    """What to raise for a backup that is not what it was."""
    return BackupFailed(f"{file} is damaged ({' '.join(why.split())}). Restore another one.")


def _foreign(file: Path) -> BackupFailed:
    return BackupFailed(f"{file} is not a backup. Name a file that `feedsvc backup` made.")


def _migrated(file: Path, folder: Path) -> Path:
    copy = folder / "backup.db"
    shutil.copyfile(file, copy)
    with closing(SqliteDatabase(copy)) as database:
        database.name = "a copy of it"
        bring_to_head(database)
    return copy
