"""T36: two whole services on one database poll each source once an interval, and one takes over from one that dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise

import pytest

from tests.e2e.newsroom import Newsroom
from tests.e2e.processes import below
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss

from .conftest import Place, SideBySide
from .looking import looking

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

EVERY = 2
"""Seconds between two polls of a source."""
QUICK = 6
"""Sources that answer at once. One more does not."""
TOGETHER = 10
"""Seconds for which both work."""
LEASE = 30
"""Seconds for which a claim holds."""
LATE = 6
"""Seconds that a busy machine may be late."""


@dataclass(frozen=True)
class Seen:
    """Seconds at which sources were polled by two, and what became of the claim of the one that died."""

    polled: dict[str, list[int]]
    holders: tuple[int, int]
    taken_over_after: float
    left: set[str]
    """The sources that it held when it died."""
    gaps: dict[str, int]
    """The longest pause of each source since then."""


@dataclass
class Pair:
    """Two services of a newsroom, and the newspaper of the source `slow`, which can be made to hang."""

    url: str
    services: list[Service]
    slow: Upstream

    def holder(self) -> int:
        """The number of the scheduler that polls `slow` now, 0 while nobody does."""
        with looking(self.url) as look:
            held = look.one("SELECT claim_holder FROM sources WHERE id = 'slow'")
        return int(held.split(":")[1]) if held else 0

    def held_by(self, scheduler: int) -> set[str]:
        """The sources that a scheduler holds, or held when it died."""
        with looking(self.url) as look:
            rows = look.rows("SELECT id, claim_holder FROM sources WHERE claim_until IS NOT NULL")
        return {source for source, holder in rows if int(holder.split(":")[1]) == scheduler}

    def polled(self) -> dict[str, list[int]]:
        """The seconds at which passes over each source began."""
        found: dict[str, list[int]] = {}
        with looking(self.url) as look:
            for source, started in look.rows("SELECT source, started FROM passes ORDER BY started"):
                found.setdefault(source, []).append(started)
        return found

    def kill_the_one_of(self, scheduler: int) -> Service:
        """Kill a service with all its processes at the same moment; gives the other one."""
        of = {self._number(one): one for one in self.services}
        victim = next(pid for pid in of if scheduler in {child.pid for child in below(pid)})
        for pid in (victim, *(child.pid for child in below(victim))):
            with suppress(ProcessLookupError):  # a worker ends by itself, too
                os.kill(pid, signal.SIGKILL)
        return next(one for pid, one in of.items() if pid != victim)

    @staticmethod
    def _number(service: Service) -> int:
        assert service.process is not None
        return service.process.pid


@contextmanager
def pair(place: Place) -> Iterator[Pair]:
    with ExitStack() as stack:
        quick, slow = (stack.enter_context(Upstream(Reply(rss([Item(name, name)])))) for name in ("a", "b"))
        rows = [f'{{id: bao-{number}, url: "{quick.root}/{number}", title: Báo}}' for number in range(QUICK)]
        rows.append(f'{{id: slow, url: "{slow.root}/", title: Chậm}}')
        sources = "\n".join(
            ["sources:", *(f"  - {row[:-1]}, kind: syndication, every: {EVERY}s}}" for row in rows), ""]
        )
        newsroom = Newsroom(place.folder, sources, [quick.place, slow.place])
        both = [
            stack.enter_context(
                Service(
                    newsroom,
                    FEEDSVC_DATABASE_URL=place.url,
                    FEEDSVC_PUBLIC_URL="http://feeds.example",
                    FEEDSVC_POLLING__A_HOST="8",
                )
            )
            for _ in range(2)
        ]
        for one in both:
            one.wait_until_ready()
        yield Pair(place.url, both, slow)


@pytest.fixture(scope="module")
def seen(side_by_side: SideBySide) -> Callable[[str], Seen]:
    return side_by_side.play(let_one_die)


def let_one_die(place: Place) -> Seen:
    with pair(place) as at:
        time.sleep(TOGETHER)
        polled = at.polled()
        at.slow.reply.wait = 120.0
        asked = len(at.slow.asked)
        assert eventually(lambda: len(at.slow.asked) > asked)
        held = at.holder()
        other = at.kill_the_one_of(held)
        died, second, left = time.monotonic(), int(time.time()), at.held_by(held)
        assert eventually(lambda: at.holder() not in {0, held}, 2 * LEASE)
        after = time.monotonic() - died
        taker = at.holder()
        at.slow.reply.wait = 0.0
        assert other.get("/feeds/all.atom").status == 200
        since = {name: [second, *(one for one in times if one >= second)] for name, times in at.polled().items()}
        gaps = {
            name: max(later - earlier for earlier, later in pairwise([*times, int(time.time())]))
            for name, times in since.items()
        }
        return Seen(polled, (held, taker), after, left, gaps)


def test_each_source_is_polled_once_an_interval_by_whichever(seen: Callable[[str], Seen], database: str) -> None:
    polled = seen(database).polled
    assert len(polled) == QUICK + 1
    for times in polled.values():
        assert len(times) >= 2
        assert all(later - earlier >= EVERY for earlier, later in pairwise(times)), times


def test_what_a_dead_one_held_is_taken_over_within_the_lease_and_all_else_goes_on(
    seen: Callable[[str], Seen], database: str
) -> None:
    found = seen(database)
    assert found.holders[0] != found.holders[1]
    assert found.taken_over_after < LEASE + LATE
    assert "slow" in found.left
    for source, gap in found.gaps.items():
        assert gap < (LEASE if source in found.left else EVERY) + LATE, source


WAITING = (let_one_die,)
