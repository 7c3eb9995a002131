"""Backups of stores, and what is stored, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from feedsvc.domain.setup import Setup
from feedsvc.storage.backing import back_up
from feedsvc.storage.backup_file import Holding
from feedsvc.storage.media import FolderMedia
from feedsvc.storage.restoring import restore
from feedsvc.storage.schema import metadata
from tests.contracts.samples import SETUP, Store

KEPT_ASIDE = {"sources", "feeds", "ledger", "heartbeats"}
"""Tables in which something never goes back."""

Rows = list[tuple[object, ...]]


class Archive:
    """A folder of backups, by name, and of the pictures that belong to them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.media = FolderMedia(folder / "media")
        self.room = folder / "room"

    def file(self, name: str) -> Path:
        return self.folder / name

    def back_up(self, store: Store, name: str = "a.backup", *, force: bool = False) -> Holding:
        return back_up(store.database, self.media, self.file(name), force=force)

    def restore(
        self, store: Store, now: datetime, name: str = "a.backup", *, setup: Setup = SETUP, replace: bool = True
    ) -> Holding:
        return restore(
            store.database, self.media, self.file(name), setup=setup, now=now, room=self.room, replace=replace
        )


def rows(store: Store, *names: str) -> Mapping[str, Rows]:
    """Every row of the named tables, of all that come back as they were by default; in a fixed order."""
    wanted = names or tuple(name for name in metadata.tables if name not in KEPT_ASIDE)
    with store.database.reading() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(metadata.tables[name]))), key=repr) for name in wanted
        }
