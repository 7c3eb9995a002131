"""A thousand hostile fetches by the real scheduler: what is left of them, and whether honest sources had to wait."""

from __future__ import annotations

import ctypes
import gc
import itertools
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.running.killable import KillableReader
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import eventually
from tests.unit.fetching.server import Say, Server

from .desk import healthy
from .hostile import FETCHING, READING, Hostile, Places

pytestmark = pytest.mark.slow

HONEST = 5
EVERY = 2.0
"""Seconds between two polls of an honest source."""
LATE = 6.0
"""Seconds that a poll of it may come late on a busy machine of two cores."""
WARM, MEANT = 120, 1000
OVER = 130
"""Seconds over which the thousand are spread."""
PLACES = 8
"""Servers that mean harm: of one alone, no more than two are asked at once."""
COSTLY = 2
"""Of the cases that take ten seconds of processor time each, so many are enough."""


@dataclass
class Town:
    """Servers that mean harm, one that must never be asked, and one that is honest and knows when it was asked."""

    folder: Path
    stack: ExitStack = field(default_factory=ExitStack)
    polled: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cases = [case for case in (*FETCHING, *READING) if not case.processor]
        self.costly = [case for case in READING if case.processor]
        self.canary = self.stack.enter_context(Server(lambda path: healthy()))
        self.elsewhere = self.stack.enter_context(Server(lambda path: [b"HTTP/1.1 200 OK\r\n\r\n<!doctype html>"]))
        self.hostile = [self.stack.enter_context(Server(self._hostile)) for _ in range(PLACES)]
        self.honest = self.stack.enter_context(Server(self._honest))
        (self.folder / "secret.xml").write_bytes(b"<rss/>")
        self.places = Places(self.canary.at(), self.elsewhere.at("").rstrip("/"), str(self.folder / "secret.xml"))

    def _hostile(self, path: str) -> Say:
        number = int(path.split("/")[2]) if path.count("/") > 2 else 0
        return self.case(number).says(path, self.places)

    def case(self, number: int) -> Hostile:
        """What the source of a number turns out to be."""
        if number < COSTLY * len(self.costly):
            return self.costly[number % len(self.costly)]
        return self.cases[number % len(self.cases)]

    def _honest(self, path: str) -> Say:
        self.polled.setdefault(path, []).append(time.monotonic())
        return healthy()

    def services(self) -> Services:
        """A newsroom with all of these sources, the hostile ones not due before somebody says so."""
        lines = ["defaults: {language: vi, every: 1d}", "sources:"]
        for number in range(WARM + MEANT):
            address = self.hostile[number % PLACES].at(f"/x/{number}/{number}")
            lines.append(f'  - {{id: x-{number}, kind: syndication, url: "{address}", title: X}}')
        for number in range(HONEST):
            address = self.honest.at(f"/{number}")
            lines.append(f'  - {{id: h-{number}, kind: syndication, url: "{address}", title: H, every: 2s}}')
        places = [f"127.0.0.1:{one.port}" for one in (*self.hostile, self.elsewhere, self.honest)]
        services = Services(Newsroom(self.folder, "\n".join(lines), places).settings)
        bootstrap.configure(services)
        world = replace(services.ingest.world, deadline=timedelta(seconds=1))
        services.__dict__["ingest"] = replace(services.ingest, world=world)
        due(services, range(WARM + MEANT), 86400 // 2)
        return services


def due(services: Services, numbers: range, seconds: float, step: float = 0) -> None:
    """Make hostile sources due, one after the other."""
    now = time.time() + seconds
    rows = [{"id": f"x-{number}", "at": int(now + place * step)} for place, number in enumerate(numbers)]
    with services.store._database.writing() as connection:
        connection.execute(text("UPDATE sources SET next_poll = :at WHERE id = :id"), rows)


def polled(services: Services, hostile: int) -> bool:
    """Whether so many of the hostile sources have had their pass."""
    time.sleep(0.5)
    count = text("SELECT count(*) FROM sources WHERE id LIKE 'x-%' AND last_pass IS NOT NULL")
    with services.store._database.reading() as connection:
        return bool(connection.scalar(count) >= hostile)


@dataclass(frozen=True)
class Held:
    """What this process holds: bytes of memory, threads, and descriptors beside those of idle workers."""

    memory: int
    threads: int
    descriptors: int

    @classmethod
    def now(cls, reader: object) -> Held:
        assert isinstance(reader, KillableReader)
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        own = [thread for thread in threading.enumerate() if not thread.name.startswith("Thread-")]
        descriptors = len(os.listdir("/proc/self/fd")) - 2 * len(reader._idle)
        return cls(pages * os.sysconf("SC_PAGE_SIZE"), len(own), descriptors)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(tmp_path)
    with made.stack:
        yield made


def test_a_thousand_hostile_fetches_leave_nothing_and_keep_nobody_waiting(town: Town) -> None:
    services = town.services()
    scheduler = bootstrap.scheduling(services)
    scheduler.start()
    try:
        due(services, range(WARM), 0)
        assert eventually(lambda: polled(services, WARM), 150)
        time.sleep(2)
        before = Held.now(services.reader)
        started = time.monotonic()
        due(services, range(WARM, WARM + MEANT), 0, OVER / MEANT)
        assert eventually(lambda: polled(services, WARM + MEANT), 300)
        ended = time.monotonic()
        time.sleep(3)
        after = Held.now(services.reader)
    finally:
        scheduler.stop(10)
        services.close()
    assert after.memory <= before.memory * 1.1, (before, after)
    assert (after.threads, after.descriptors) == (before.threads, before.descriptors)
    assert town.canary.asked == []
    for path, times in town.polled.items():
        during = [at for at in times if started <= at <= ended]
        gaps = [later - at for at, later in itertools.pairwise([started, *during, ended])]
        assert max(gaps) <= EVERY + LATE, (path, gaps)
    assert len(town.polled) == HONEST
