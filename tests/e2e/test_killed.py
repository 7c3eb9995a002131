"""Every process of the service killed again and again while feeds are read: readers notice a pause, no more."""

from __future__ import annotations

import contextlib
import http.client
import logging
import os
import signal
import threading
import time
import urllib.error
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .newsroom import Newsroom, article
from .processes import Process, below
from .service import Service, eventually

log = logging.getLogger(__name__)

KILLS = 20
READERS = 4
PATIENCE = 8.0
"""Seconds until feeds answer again; a tenth of that where nothing else is done meanwhile."""
FEED = "/feeds/all.atom"
ATOM = "{http://www.w3.org/2005/Atom}"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]


def ids(body: bytes) -> list[str]:
    """The ids of a feed's entries; a body that is not a whole feed raises."""
    tree = ElementTree.fromstring(body)
    assert tree.tag == f"{ATOM}feed"
    return [entry.findtext(f"{ATOM}id") or "" for entry in tree.findall(f"{ATOM}entry")]


class Readers:
    """Threads that read a feed all the time; what is wrong with an answer is kept."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._ends = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(READERS)]
        self.statuses = Counter[int]()
        self.wrong: list[str] = []

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read while inside."""
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._ends.set()
            for thread in self._threads:
                thread.join()

    def _read(self) -> None:
        while not self._ends.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                answer = self._service.get(FEED)
                self.statuses[answer.status] += 1
                self._check(answer.body)
            self._ends.wait(0.02)

    def _check(self, body: bytes) -> None:
        try:
            found = ids(body)
        except (ElementTree.ParseError, AssertionError) as error:
            self.wrong.append(f"{error}: {body[-200:]!r}")
        else:
            if len(found) != len(set(found)):
                self.wrong.append("an entry stands twice")


class House:
    """The processes of a service by what they do."""

    def __init__(self, service: Service) -> None:
        assert service.process is not None
        self._supervisor = service.process.pid

    def every(self) -> list[Process]:
        """All but the supervisor."""
        return below(self._supervisor)

    def one(self, role: str) -> int | None:
        """The web server (`serve`), its `worker`, or the scheduler (`schedule`); None while there is none."""
        every = self.every()
        mains = {one.pid: one for one in every if one.parent == self._supervisor}
        if role == "worker":
            return next((one.pid for one in every if one.parent in mains and " serve" in one.command), None)
        return next((pid for pid, one in mains.items() if f" {role}" in one.command), None)


def answers(service: Service) -> bool:
    try:
        return service.get(FEED).status == 200
    except (OSError, http.client.HTTPException, urllib.error.URLError):
        return False


def kill(service: Service, house: House, role: str) -> float:
    """Kill a process, and return the seconds until another one is in its place and the feed answers."""
    assert eventually(lambda: house.one(role), 10), f"there is no {role}"
    victim = house.one(role)
    assert victim is not None
    os.kill(victim, signal.SIGKILL)
    began = time.monotonic()
    assert eventually(lambda: house.one(role) not in {victim, None} and answers(service), 20), f"{role} is not back"
    return time.monotonic() - began


def test_whatever_is_killed_feeds_answer_again_and_nothing_is_lost(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    with Service(newsroom, FEEDSVC_FEEDS__ENTRIES="500") as service:
        service.wait_until_ready()
        house, readers, dropped = House(service), Readers(service), 0
        pauses: dict[str, list[float]] = {"serve": [], "worker": [], "schedule": []}
        with readers.reading():
            for role, those in pauses.items():
                for _ in range(KILLS):
                    newsroom.drop(f"bai-{dropped}.txt", article(f"Tin số {dropped}"))
                    dropped += 1
                    those.append(kill(service, house, role))
            assert eventually(lambda: len(ids(service.get(FEED).body)) == dropped, 30)
        log.info("pauses in seconds: %s; answers: %s", pauses, dict(readers.statuses))
        for role, those in pauses.items():
            assert sorted(those)[-3] < PATIENCE, f"{role}: each, but for what else the machine does: {those}"
        assert readers.wrong == []
        assert set(readers.statuses) == {200}
        assert len(set(ids(service.get(FEED).body))) == dropped
        processes, began = house.every(), time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - began < 10
        assert not [one for one in processes if Path(f"/proc/{one.pid}").exists()]


def test_nothing_outlives_a_supervisor_that_is_killed_and_it_can_start_again(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.drop("bai.txt", article("Tin"))
    with Service(newsroom) as service:
        service.wait_until_ready()
        house = House(service)
        processes = house.every()
        assert len(processes) >= 3
        service.kill()
        assert eventually(lambda: not [one for one in processes if Path(f"/proc/{one.pid}").exists()], 12)
        with service:
            service.wait_until_ready()
            assert answers(service)
