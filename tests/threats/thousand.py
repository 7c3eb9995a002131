"""A thousand hostile fetches by the real scheduler: what is left of them, and whether honest sources had to wait.

It takes four minutes, and is run by hand: `pytest tests/threats/thousand.py`.
"""

from __future__ import annotations

import ctypes
import gc
import itertools
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.connection import Connection
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
LATE = 4.0
"""Seconds that a poll of it may come late on a busy machine of two cores."""
WARM, MEANT = 400, 1000
OVER = 130
"""Seconds over which the thousand are spread."""
READERS = 8
"""Connections of the database that are kept once they are open, as they are after a while."""
PLACES = 8
"""Servers that mean harm: of one alone, no more than two are asked at once."""
COSTLY = 2
"""Of the cases that take ten seconds of processor time each, so many are enough."""


@dataclass(frozen=True)
class Ports:
    """Where the servers of a town listen."""

    hostile: tuple[int, ...]
    elsewhere: int
    honest: int


@dataclass(frozen=True)
class Report:
    """What the one that must never be asked was asked, and when the honest one was, by path."""

    canary: list[str]
    honest: dict[str, list[float]]


def case_of(number: int) -> Hostile:
    """What the source of a number turns out to be."""
    costly = [case for case in READING if case.processor]
    cases = [case for case in (*FETCHING, *READING) if not case.processor]
    return costly[number % len(costly)] if number < COSTLY * len(costly) else cases[number % len(cases)]


def serve(pipe: Connection, folder: Path) -> None:
    """Be the town: servers that mean harm, one that must never be asked, an honest one. In a process of its own."""
    polled: dict[str, list[float]] = {}
    places: list[Places] = []

    def hostile(path: str) -> Say:
        return case_of(int(path.split("/")[2])).says(path, places[0])

    def honest(path: str) -> Say:
        polled.setdefault(path, []).append(time.monotonic())
        return healthy()

    with ExitStack() as stack:
        canary, elsewhere, good = (
            stack.enter_context(Server(says))
            for says in (lambda path: healthy(), lambda path: [b"HTTP/1.1 200 OK\r\n\r\n<!doctype html>"], honest)
        )
        bad = [stack.enter_context(Server(hostile)) for _ in range(PLACES)]
        (folder / "secret.xml").write_bytes(b"<rss/>")
        places.append(Places(canary.at(), elsewhere.at("").rstrip("/"), str(folder / "secret.xml")))
        pipe.send(Ports(tuple(one.port for one in bad), elsewhere.port, good.port))
        while pipe.recv() == "report":
            pipe.send(Report(canary.asked, polled))
        os._exit(0)


def services_of(folder: Path, ports: Ports) -> Services:
    """A newsroom with all of these sources, the hostile ones not due before somebody says so."""
    lines = ["defaults: {language: vi, every: 1d}", "sources:"]
    for number in range(WARM + MEANT):
        address = f"http://127.0.0.1:{ports.hostile[number % PLACES]}/x/{number}/{number}"
        lines.append(f'  - {{id: x-{number}, kind: syndication, url: "{address}", title: X}}')
    for number in range(HONEST):
        address = f"http://127.0.0.1:{ports.honest}/{number}"
        lines.append(f'  - {{id: h-{number}, kind: syndication, url: "{address}", title: H, every: 2s}}')
    places = [f"127.0.0.1:{port}" for port in (*ports.hostile, ports.elsewhere, ports.honest)]
    services = Services(Newsroom(folder, "\n".join(lines), places).settings)
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
    """What this process holds: bytes of memory, threads, and descriptors.

    Those of idle workers are left out, and the watchdog, which comes and goes; threads of passes are counted apart.
    """

    memory: int
    threads: int
    passes: int
    descriptors: int

    @classmethod
    def now(cls, reader: object) -> Held:
        assert isinstance(reader, KillableReader)
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        names = [thread.name for thread in threading.enumerate()]
        names = [name for name in names if not name.startswith(("Thread-", "watchdog"))]
        passes = sum(name.startswith("pass ") for name in names)
        descriptors = len(os.listdir("/proc/self/fd")) - 2 * len(reader._idle)
        return cls(pages * os.sysconf("SC_PAGE_SIZE"), len(names) - passes, passes, descriptors)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Connection]:
    """The pipe to the town."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=serve, args=(theirs, tmp_path), daemon=True)
    process.start()
    yield ours
    ours.send("end")
    process.join(10)
    process.close()


def test_a_thousand_hostile_fetches_leave_nothing_and_keep_nobody_waiting(town: Connection, tmp_path: Path) -> None:
    services = services_of(tmp_path / "newsroom", town.recv())
    scheduler = bootstrap.scheduling(services)
    scheduler.start()
    try:
        with ExitStack() as all_readers:
            for _ in range(READERS):
                all_readers.enter_context(services.store._database.reading())
        due(services, range(WARM), 0, OVER / MEANT)
        assert eventually(lambda: polled(services, WARM), 200)
        time.sleep(2)
        before = Held.now(services.reader)
        started = time.monotonic()
        due(services, range(WARM, WARM + MEANT), 0, OVER / MEANT)
        assert eventually(lambda: polled(services, WARM + MEANT), 400)
        ended = time.monotonic()
        time.sleep(3)
        after = Held.now(services.reader)
    finally:
        scheduler.stop(10)
        services.close()
    town.send("report")
    report = town.recv()
    assert after.memory <= before.memory * 1.1, (before, after)
    assert (after.threads, after.descriptors) == (before.threads, before.descriptors)
    assert after.passes <= HONEST, "those of the honest sources, which are polled all the time"
    assert report.canary == []
    assert len(report.honest) == HONEST
    for path, times in sorted(report.honest.items()):
        during = [at for at in times if started <= at <= ended]
        gaps = [later - at for at, later in itertools.pairwise([started, *during, ended])]
        assert max(gaps) <= EVERY + LATE, (path, gaps)
