"""T44: after three hundred more passes, all of them with news, nobody holds more than before."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.newsroom import Newsroom
from tests.e2e.processes import below
from tests.e2e.service import Service, eventually

from .conftest import Place, SideBySide
from .looking import looking
from .newspaper import Newspaper
from .stage import FEED

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

WARM, PASSES = 200, 300
FEEDS = 30
EVERY = 0.05
"""Seconds between two entries of the newspaper."""
SAMPLES = 10
"""Looks at a process, of which the least counts: threads, descriptors and memory come and go."""
MORE_MEMORY = 1.10
"""What a heap may grow by that holds as much as before."""
FEWER_THAN_A_LEAK = PASSES // 20
"""Threads or descriptors: one in twenty passes that kept one would be seen."""


@dataclass(frozen=True)
class Held:
    """What a process holds: bytes of memory, threads and descriptors."""

    memory: int
    threads: int
    descriptors: int

    @classmethod
    def now(cls, pid: int) -> Held:
        place = Path(f"/proc/{pid}")
        pages = int((place / "statm").read_text().split()[1])
        threads, descriptors = (len(os.listdir(place / name)) for name in ("task", "fd"))
        return cls(pages * os.sysconf("SC_PAGE_SIZE"), threads, descriptors)

    @classmethod
    def least(cls, pid: int, between: Callable[[], object]) -> Held:
        """The least of some looks, with something done in between."""
        looks = []
        for _ in range(SAMPLES):
            between()
            looks.append(cls.now(pid))
        return cls(*(min(getattr(look, name) for look in looks) for name in ("memory", "threads", "descriptors")))


Before = Held
After = Held


@pytest.fixture(scope="module")
def held(side_by_side: SideBySide) -> Callable[[str], Mapping[str, tuple[Before, After]]]:
    return side_by_side.play(run)


def run(place: Place) -> Mapping[str, tuple[Before, After]]:
    """What the scheduler and the web's worker held before and after."""
    with Newspaper(place.folder / "published", FEEDS, EVERY) as newspaper:
        rows = [
            f'  - {{id: bao-{one}, kind: syndication, url: "http://{newspaper.place}/{one}", every: 2s, title: Báo}}'
            for one in range(FEEDS)
        ]
        newsroom = Newsroom(place.folder, "\n".join(["sources:", *rows, ""]), [newspaper.place])
        environment = {"FEEDSVC_DATABASE_URL": place.url, "FEEDSVC_POLLING__A_HOST": "64"}
        with Service(newsroom, **environment) as service:
            service.wait_until_ready()

            def passed(count: int) -> bool:
                service.get(FEED)
                service.get("/feeds/topics/politics.json")
                return passes(place) >= count

            assert eventually(lambda: passed(WARM), 120)
            pids = processes(service)
            before = {name: Held.least(pid, lambda: passed(0)) for name, pid in pids.items()}
            start = passes(place)
            assert eventually(lambda: passed(start + PASSES), 120)
            after = {name: Held.least(pid, lambda: passed(0)) for name, pid in pids.items()}
            assert processes(service) == pids
            return {name: (before[name], after[name]) for name in pids}


def passes(place: Place) -> int:
    """How many there were; every claim has a token of its own."""
    with looking(place.url) as look:
        return int(look.one("SELECT sum(claim_token) FROM sources"))


def processes(service: Service) -> dict[str, int]:
    assert service.process is not None
    every = below(service.process.pid)
    mains = {one.pid for one in every if one.parent == service.process.pid}
    scheduler = next(one.pid for one in every if one.pid in mains and " schedule" in one.command)
    worker = next(one.pid for one in every if one.parent in mains and " serve" in one.command)
    return {"scheduler": scheduler, "web": worker}


@pytest.mark.parametrize("process", ["scheduler", "web"])
def test_nothing_is_kept_of_passes_that_are_over(
    held: Callable[[str], Mapping[str, tuple[Before, After]]], database: str, process: str
) -> None:
    before, after = held(database)[process]
    log.info("%s, %s: %s, then %s", database, process, before, after)
    assert after.memory < before.memory * MORE_MEMORY
    assert after.threads < before.threads + FEWER_THAN_A_LEAK
    assert after.descriptors < before.descriptors + FEWER_THAN_A_LEAK
