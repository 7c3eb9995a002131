"""T32: the disk of the data folder is full: feeds are served, somebody is told, and polling goes on with room.

The disk is a small one in memory, mounted for the test.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedsvc.errors import NoRoom
from feedsvc.scheduling.tick import NO_ROOM
from feedsvc.storage.media import FolderMedia
from feedsvc.storage.sqlite import SqliteDatabase
from tests.contracts.test_media import jpeg
from tests.e2e.service import eventually

from .conftest import SQLITE, Place, SideBySide
from .stage import UNSEEN, stage

pytestmark = pytest.mark.slow

SIZE = 48
"""MiB of the disk."""
FEEDS = ("/feeds/all.atom", "/feeds/sources/bao.rss", "/", "/feeds/topics/politics.json")
MANY = 300
"""Articles, which take more than a megabyte."""
A_LITTLE = 256 * 1024
RETRIED = 75
"""Seconds within which whatever failed is tried again: those of a lease, and then of a crash."""


@dataclass
class Disk:
    """A disk of little room."""

    folder: Path

    def fill(self, leaving: int = 0) -> None:
        """Leave so many bytes."""
        with (self.folder / "full").open("ab", buffering=0) as file, suppress(OSError):
            while (more := self.free - leaving) > 0:
                file.write(bytes(min(more, 1 << 20)))
        assert self.free <= leaving

    def make_room(self) -> None:
        """Give all of it back."""
        (self.folder / "full").unlink()

    @property
    def free(self) -> int:
        """Bytes that are left."""
        found = os.statvfs(self.folder)
        return found.f_bavail * found.f_frsize


@contextmanager
def small(folder: Path) -> Iterator[Disk]:
    """A disk in memory, mounted over a folder; skips where nobody may do so."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "feedsvc-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk in memory")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_up(place: Place) -> None:
    """Little by little, with news all the time."""
    with small(place.folder / "data") as disk, stage(place) as at:
        asked = [at.service.get(path).status for path in FEEDS[:2]]
        assert at.checks()["disk"] == (True, "")
        disk.fill(A_LITTLE)
        at.publishes(MANY, text="Chữ. " * 400)
        if place.database == SQLITE:
            assert eventually(lambda: at.checks()["scheduler"] == (False, NO_ROOM))
        disk.fill()
        assert eventually(lambda: at.checks()["disk"][1].startswith("0 MiB are left"))
        if place.database == SQLITE:
            assert eventually(lambda: at.checks()["scheduler"] == UNSEEN)
        else:  # it is no disk of the database's
            assert eventually(lambda: at.articles == MANY)
        assert at.service.get("/readyz").status == 200
        asked += [at.service.get(path).status for path in FEEDS]
        assert set(asked) == {200}
        disk.make_room()
        assert eventually(lambda: at.articles == MANY, RETRIED)
        assert eventually(at.well)
        at.assert_each_once(MANY)
        assert at.service.stop() == 0


def test_a_full_disk_takes_no_feed_away_is_told_and_polling_goes_on_with_room(
    side_by_side: SideBySide, database: str
) -> None:
    assert side_by_side.play(fill_up)(database) is None


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small(tmp_path / "data") as made:
        yield made


def test_what_finds_no_room_says_that_it_is_room_that_is_wanted(disk: Disk) -> None:
    database, media = SqliteDatabase(disk.folder / "feeds.db"), FolderMedia(disk.folder / "media")
    database.settle()

    def write(size: int) -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS a (b)")
            connection.exec_driver_sql(f"INSERT INTO a VALUES (zeroblob({size}))")

    write(1)
    disk.fill()
    with pytest.raises(NoRoom, match="database or disk is full"):
        write(1_000_000)
    with pytest.raises(NoRoom, match="No space left"):
        media.keep("a.jpg", jpeg())
    disk.make_room()
    write(1_000_000)
    media.keep("a.jpg", jpeg())
    database.close()


WAITING = (fill_up,)
