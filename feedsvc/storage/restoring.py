"""Puts a backup in the place of everything that is stored, in one transaction, while everything goes on.

FILE ─► checked, migrated ─► pictures ─► [ emptied ─► filled ─► what never goes back ─► configured ]
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, select, text, update

from ..domain.setup import Setup
from ..errors import BackupFailed, MediaRefused
from . import configuring, resuming
from .backup_file import Holding, Rows, told
from .changing import current_seq
from .database import Database, append, take_time
from .documents import mark_changed
from .media import FolderMedia, digest_of
from .migrating import require_head
from .moments import seconds
from .resuming import Replaced
from .schema import articles, feeds, heartbeats, ledger, metadata, sources, verdicts
from .stage import clear
from .vetting import Backup, checked, damaged

_OF_THE_DATA = [table for table in metadata.sorted_tables if table is not heartbeats]
"""Heartbeats are those of processes that run now."""

_SOURCES = select(*(column for column in sources.columns if column.name not in resuming.EMPTIED))
_LAST_VERDICT = select(verdicts).order_by(verdicts.c.id.desc()).limit(1)
_ARTICLES = select(func.count()).select_from(articles)
_SEQUENCE = text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)")


def restore(
    database: Database,
    media: FolderMedia,
    file: Path,
    *,
    setup: Setup,
    now: datetime,
    room: Path,
    replace: bool = False,
) -> Holding:
    """Replace all that is stored by what a backup holds, brought into line with the configuration `setup`.

    `room` is a folder for a copy of a backup of an earlier release. Raises BackupFailed, and then the database is as it
    was; also where it holds articles, unless they may be replaced.
    """
    with told(file, "restored", "and restore again"):
        room.mkdir(parents=True, exist_ok=True)
        with checked(file, room) as backup:
            with database.reading() as live:
                _refuse(live, database.name, replace)
            kept, left_out = _keep_pictures(backup, media)
            with database.writing() as live:
                take_time(live)
                require_head(live, database.name)
                _refuse(live, database.name, replace)
                number = configuring.applied_number(live)
                counts = _replace(live, backup, seconds(now))
                _configure(live, setup, seconds(now), number)
        size = file.stat().st_size
    return Holding(articles=counts["articles"], sources=counts["sources"], pictures=kept, size=size, left_out=left_out)


def _configure(live: Connection, setup: Setup, now: int, number: int) -> None:
    """The configuration that is there now; where labels are still to be made for it, under a number nobody knows."""
    configuring.mark(live, configuring.configure(live, setup, now), now)
    if configuring.applied_digest(live) != setup.digest:
        number = max(number, configuring.applied_number(live)) + 1
        configuring.record_applied(live, setup, now, made=False, number=number)
    clear(live)
    if live.dialect.name == "postgresql":
        _set_sequences(live)


def _refuse(live: Connection, name: str, replace: bool) -> None:
    held = 0 if replace else live.scalar(_ARTICLES) or 0
    if held:
        raise BackupFailed(
            f"{name} holds {held} article{'s' if held > 1 else ''}, and was left as it is. "
            "Replace all that it holds with --replace."
        )


def _keep_pictures(backup: Backup, media: FolderMedia) -> tuple[int, tuple[str, ...]]:
    """Keep every picture; returns how many, and the digests of those that are refused."""
    count, refused = 0, []
    for digest, body in backup.pictures():
        if digest_of(body) != digest:
            raise damaged(backup.name, f"picture {digest} is another one")
        try:
            media.keep(digest, body)
        except MediaRefused:
            refused.append(digest)
        else:
            count += 1
    return count, tuple(refused)


def _replace(live: Connection, backup: Backup, now: int) -> dict[str, int]:
    """Every table emptied and filled; returns how many rows each has from the backup."""
    replaced = _replaced(live)
    for table in reversed(_OF_THE_DATA):
        live.execute(delete(table))
    counts = {table.name: _filled(live, backup, table, replaced, now) for table in _OF_THE_DATA}
    _keep_the_rest(live, replaced, now)
    seq = resuming.next_seq(current_seq(live), replaced.seq)
    live.execute(update(ledger).values(seq=seq))
    mark_changed(live, live.scalars(select(feeds.c.path).where(feeds.c.configured)).all(), seq, now)
    return counts


def _replaced(live: Connection) -> Replaced:
    return Replaced(
        seq=current_seq(live),
        sources={row["id"]: dict(row) for row in live.execute(_SOURCES).mappings()},
        feeds={row["path"]: dict(row) for row in live.execute(select(feeds)).mappings()},
        verdict=next((dict(row) for row in live.execute(_LAST_VERDICT).mappings()), None),
    )


def _filled(live: Connection, backup: Backup, table: Table, replaced: Replaced, now: int) -> int:
    count = 0
    for rows in backup.rows(table):
        append(live, table, _resumed(table, rows, replaced, now))
        count += len(rows)
    return count


def _resumed(table: Table, rows: Rows, replaced: Replaced, now: int) -> Rows:
    if table is sources:
        return [resuming.source_row(row, replaced.sources.get(row["id"]), now) for row in rows]
    if table is feeds:
        return [resuming.feed_row(row, replaced.feeds.get(row["path"])) for row in rows]
    if table is verdicts:
        return [resuming.verdict_row(row, now) for row in rows]
    return rows


def _keep_the_rest(live: Connection, replaced: Replaced, now: int) -> None:
    """Sources and feeds that the backup does not know: were they made anew, their tokens and dates would go back.

    And of the verdicts the last one: its number is known to readers and to the operator's webhook, and the next change
    must not bear it, nor any before it.
    """
    kept = frozenset(live.scalars(select(sources.c.id)))
    rest = [row for name, row in replaced.sources.items() if name not in kept]
    append(live, sources, [resuming.emptied_source_row(row, now) for row in rest])
    kept = frozenset(live.scalars(select(feeds.c.path)))
    append(live, feeds, [dict(row) for path, row in replaced.feeds.items() if path not in kept])
    last = replaced.verdict
    if last is not None and last["id"] > (live.scalar(select(func.max(verdicts.c.id))) or 0):
        append(live, verdicts, [resuming.verdict_row(last, now)])


def _set_sequences(live: Connection) -> None:
    """Rows came with their numbers, which PostgreSQL does not count."""
    for table in _OF_THE_DATA:
        column = table.autoincrement_column
        if column is not None:
            following = (live.scalar(select(func.max(column))) or 0) + 1
            live.execute(_SEQUENCE, {"table": table.name, "column": column.name, "next": following})
