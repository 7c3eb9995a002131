"""T32: the disk of the data folder is full: feeds are served, somebody is told, and polling goes on with room.

The disk is a small one in memory, mounted for the test.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedsvc.errors import NoRoom
from feedsvc.scheduling.tick import NO_ROOM
from feedsvc.storage.media import FolderMedia
from feedsvc.storage.sqlite import SqliteDatabase
from tests.contracts.test_media import jpeg
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss

from .looking import looking

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


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "data"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "feedsvc-test", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a disk in memory")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_takes_no_feed_away_is_told_and_polling_goes_on_with_room(disk: Disk, tmp_path: Path) -> None:
    with Upstream(Reply(rss(items(3)))) as upstream:
        newsroom = Newsroom(tmp_path, sources(upstream), [upstream.place])
        url = f"sqlite:///{disk.folder}/feedsvc.db"
        with Service(newsroom) as service:
            service.wait_until_ready()
            assert eventually(lambda: count(url) == 3)
            asked = [service.get(path).status for path in FEEDS[:2]]
            assert checks(service)["disk"] == (True, "")
            disk.fill(A_LITTLE)
            upstream.reply = Reply(rss(items(MANY)))
            assert eventually(lambda: checks(service)["scheduler"] == (False, NO_ROOM))
            disk.fill()
            assert eventually(lambda: checks(service)["scheduler"] == (False, "has not shown itself lately"))
            assert checks(service)["disk"][1].startswith("0 MiB are left")
            asked += [service.get(path).status for path in FEEDS]
            assert set(asked) == {200}
            disk.make_room()
            assert eventually(lambda: count(url) == MANY, RETRIED)
            assert eventually(lambda: all(ok for ok, _ in checks(service).values()))
            assert service.get(FEEDS[0]).body.count(b"</entry>") == 50
            with looking(url) as look:
                look.assert_whole()
            assert service.stop() == 0


def items(count: int) -> list[Item]:
    return [Item(f"tin-{number}", f"Tin {number}", text="Chữ. " * 400) for number in range(count)]


def sources(upstream: Upstream) -> str:
    return f"""
defaults: {{language: vi}}
sources:
  - {{id: bao, kind: syndication, url: "{upstream.root}/rss", every: 2s, title: Báo}}
"""


def count(url: str) -> int:
    with looking(url) as look:
        return int(look.one("SELECT count(*) FROM articles"))


def checks(service: Service) -> dict[str, tuple[bool, str]]:
    answer = service.get("/readyz")
    assert answer.status == 200
    return {check["name"]: (check["ok"], check["message"]) for check in json.loads(answer.body)["checks"]}


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
