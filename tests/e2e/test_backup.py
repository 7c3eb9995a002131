"""Backed up while passes run, damaged, restored: the service runs all along, and readers notice a newer document."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from contextlib import closing
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from feedsvc.storage.sqlite import DRIVER

from .newsroom import Newsroom, article
from .processes import Process, below
from .service import Answer, Service, eventually
from .test_crash import sound

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/feeds/all.atom", "/feeds/regions/tien-giang.atom", "/feeds/topics/dan-van.atom")
ENTRIES = {"FEEDSVC_FEEDS__ENTRIES": "500"}

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]


def entries(answer: Answer) -> list[bytes]:
    """The entries of a feed as they are written, newest first."""
    assert answer.status == 200
    return [ElementTree.tostring(entry) for entry in ElementTree.fromstring(answer.body).findall(f"{ATOM}entry")]


def command(newsroom: Newsroom, service: Service, *arguments: str) -> str:
    """What a command prints that does what it should."""
    environment = newsroom.environment(**ENTRIES, FEEDSVC_PUBLIC_URL=service.root)
    argv = [sys.executable, "-m", "feedsvc", *arguments]
    done = subprocess.run(argv, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def processes(service: Service) -> list[Process]:
    """The scheduler and the web server."""
    assert service.process is not None
    return [one for one in below(service.process.pid) if one.parent == service.process.pid]


def lose_everything(database: Path) -> None:
    """What a slip of an operator's hand does, in a way that readers see."""
    with closing(DRIVER.connect(database, timeout=10)) as connection:
        for table in ("labels", "entries", "changes", "records", "carriers", "articles"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE ledger SET seq = seq + 1")
        connection.execute(
            "UPDATE feeds SET changed_at = ?, changed_seq = (SELECT seq FROM ledger)", [int(time.time())]
        )
        connection.commit()


class Dropping:
    """A newsroom that drops a document every moment, so that passes run."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._drop)
        self.dropped = 0

    def __enter__(self) -> Dropping:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _drop(self) -> None:
        while not self._ends.wait(0.1):
            self._newsroom.drop(f"bai-{self.dropped}.txt", article(f"Tin số {self.dropped}"))
            self.dropped += 1


def test_a_backup_made_while_passes_run_is_restored_while_the_service_runs(tmp_path: Path) -> None:
    newsroom, files = Newsroom(tmp_path), [tmp_path / f"{number}.backup" for number in range(3)]
    with Service(newsroom, **ENTRIES) as service:
        service.wait_until_ready()
        with Dropping(newsroom) as dropping:
            assert eventually(lambda: entries(service.get(FEEDS[0])))
            for file in files:
                assert "1 source" in command(newsroom, service, "backup", str(file))
                sound(file)
        assert eventually(lambda: len(entries(service.get(FEEDS[0]))) == dropping.dropped)
        newest = tmp_path / "newest.backup"
        command(newsroom, service, "backup", str(newest))
        before = {path: service.get(path) for path in FEEDS}
        assert all(len(entries(answer)) == dropping.dropped for answer in before.values())
        running = processes(service)

        lose_everything(newsroom.data / "feedsvc.db")
        assert eventually(lambda: not entries(service.get(FEEDS[0])))
        lost = {path: service.get(path) for path in FEEDS}
        assert f"{dropping.dropped} articles" in command(newsroom, service, "restore", str(newest))

        for path in FEEDS:
            again = service.get(path)
            assert entries(again) == entries(before[path])
            for old in (before[path], lost[path]):
                assert again.headers["etag"] != old.headers["etag"]
                assert modified(again) >= modified(old)
                since = {"If_None_Match": old.headers["etag"], "If_Modified_Since": old.headers["last-modified"]}
                assert service.get(path, **since).status == 200
                assert modified(again) > modified(old) or (
                    service.get(path, If_Modified_Since=old.headers["last-modified"]).status == 200
                )
        newsroom.drop("sau.txt", article("Tin sau khi phục hồi"))
        assert eventually(lambda: len(entries(service.get(FEEDS[0]))) == dropping.dropped + 1)
        assert processes(service) == running
        assert service.get("/readyz").status == 200
        sound(newsroom.data / "feedsvc.db")


def modified(answer: Answer) -> float:
    return parsedate_to_datetime(answer.headers["last-modified"]).timestamp()
