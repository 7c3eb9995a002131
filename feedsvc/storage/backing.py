"""Makes a backup while everything goes on: one snapshot of the database, then the pictures that it speaks of.

snapshot ─► temporary file beside FILE: tables, pictures ─► seal ─► FILE

Pictures are stored before the articles that show them and are never taken away, so none that the snapshot needs is
missed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import DBAPIError

from ..errors import BackupFailed, StoreError
from .backup_file import Holding, pictures, portions_of, told
from .database import Database, append
from .media import FolderMedia, digest_of
from .migrating import bring_to_head, require_head
from .schema import ledger, metadata
from .sealing import seal
from .sqlite import SqliteDatabase
from .syncing import sync_folder

_BESIDE = ("", "-wal", "-shm", "-journal", ".lock")


def back_up(database: Database, media: FolderMedia, file: Path, *, force: bool = False) -> Holding:
    """Write everything that is stored to one file: whole and on disk when this returns, or not there at all.

    Raises BackupFailed; also for a file that exists, unless by `force`.
    """
    with told(file, "written", "or name another file"):
        _refuse(database, file, force)
        with TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
            part = Path(folder) / "backup.db"
            found = _written(database, media, part)
            seal(part)
            _refuse(database, file, force)
            part.replace(file)
        sync_folder(file.parent)
    return found


def _refuse(database: Database, file: Path, force: bool) -> None:
    if not file.parent.is_dir():
        raise BackupFailed(f"{file}: its folder does not exist. Make it, or name a file in another one.")
    if file.is_dir():
        raise BackupFailed(f"{file} is a folder. Name a file in it.")
    if file.resolve() in {Path(database.name + end).resolve() for end in _BESIDE}:
        raise BackupFailed(f"{file} is the database itself. Name another file.")
    if os.path.lexists(file) and not force:
        raise BackupFailed(f"{file} exists and was left as it is. Name another file, or replace it with --force.")


def _written(database: Database, media: FolderMedia, part: Path) -> Holding:
    with closing(SqliteDatabase(part)) as made:
        made.name = "the new file"
        bring_to_head(made)
        # What is read fails within the inner block, so that each error names the right database; see `_blamed`.
        with made.writing() as copy, database.reading() as live:
            require_head(live, database.name)
            _prepare(copy)
            rows = {table.name: _copied(live, copy, table.name) for table in metadata.sorted_tables}
            kept, left_out = _copy_pictures(media, copy)
    return Holding(
        articles=rows["articles"],
        sources=rows["sources"],
        pictures=kept,
        size=part.stat().st_size,
        left_out=left_out,
    )


def _prepare(copy: Connection) -> None:
    copy.execute(delete(ledger))
    pictures.create(copy)


def _copied(live: Connection, copy: Connection, name: str) -> int:
    """Copy a table; returns how many rows it has."""
    table, count = metadata.tables[name], 0
    for rows in portions_of(live, table):
        with _blamed():
            append(copy, table, rows)
        count += len(rows)
    return count


def _copy_pictures(media: FolderMedia, copy: Connection) -> tuple[int, tuple[str, ...]]:
    """Copy every sound picture; returns how many, and the digests of the others."""
    count, left_out = 0, []
    for digest, body in media.pictures():
        if digest_of(body) != digest:
            left_out.append(digest)
            continue
        with _blamed():
            copy.execute(insert(pictures), {"digest": digest, "body": body})
        count += 1
    return count, tuple(left_out)


@contextmanager
def _blamed() -> Iterator[None]:
    """Errors in the block are those of the new file, though it stands within another database's."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(str(error.orig)) from error
