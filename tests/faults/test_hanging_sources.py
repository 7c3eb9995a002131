"""T40: eight sources that hang hold up none that does well. A thousand of all kinds: tests/threats/thousand.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

import pytest

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.bootstrap.reading import plain_reader
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss

from .conftest import Place, SideBySide

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

HANGING = 8
"""As many as passes run at once."""
EVERY = 2.0
"""Seconds between two polls of the one that does well."""
LATE = 5.0
"""Seconds that a busy machine may be late."""
WATCHED = 10.0
"""Seconds."""
DEADLINE = 8.0
"""Seconds that a fetch may take, instead of the usual thirty: longer than whoever is on time can be late."""


@dataclass
class Town:
    """Newspapers, each at a place of its own; `asked` are the moments at which the good one was asked."""

    newsroom: Newsroom
    bad: list[Upstream]
    good: Upstream

    def hang(self) -> None:
        for one in self.bad:
            one.reply.wait = 120.0

    def gaps(self, since: float) -> list[float]:
        """The seconds between the polls of the good one, up to now."""
        times = [at for at in self.good.at if at >= since]
        return [later - earlier for earlier, later in pairwise([since, *times, time.monotonic()])]


@contextmanager
def town(place: Place) -> Iterator[Town]:
    with ExitStack() as stack:
        every = [stack.enter_context(Upstream(Reply(rss([Item("tin", "Tin")])))) for _ in range(HANGING + 1)]
        # The good one comes first, as one that has been there for longer.
        sources = "".join(
            f'  - {{id: bao-{number}, kind: syndication, url: "{one.root}/", every: 2s, title: Báo {number}}}\n'
            for number, one in enumerate(every)
        )
        newsroom = Newsroom(place.folder, f"sources:\n{sources}", [one.place for one in every])
        yield Town(newsroom, every[1:], every[0])


def environment(place: Place) -> dict[str, str]:
    """All are at one host here, of which each would have to wait for the others."""
    return {"FEEDSVC_DATABASE_URL": place.url, "FEEDSVC_POLLING__A_HOST": "64"}


@pytest.fixture(scope="module")
def gaps(side_by_side: SideBySide) -> Callable[[str], list[float]]:
    return side_by_side.play(hang_from_the_beginning)


def hang_from_the_beginning(place: Place) -> list[float]:
    with town(place) as at:
        at.hang()
        with Service(at.newsroom, "schedule", **environment(place)):
            assert eventually(lambda: len(at.good.asked) > 1)  # the first pass waits for a worker, too
            began = time.monotonic()
            time.sleep(WATCHED)
            return at.gaps(began)


def test_sources_that_never_answered_keep_none_waiting_that_does(
    gaps: Callable[[str], list[float]], database: str
) -> None:
    assert max(gaps(database)) <= EVERY + LATE


@pytest.fixture(scope="module")
def pauses(side_by_side: SideBySide) -> Callable[[str], tuple[float, float]]:
    return side_by_side.play(hang_all_of_a_sudden)


def hang_all_of_a_sudden(place: Place) -> tuple[float, float]:
    """The longest pauses of the good one while the others hang for the first time, and from then on."""
    with town(place) as at, closing(services(at, place)) as made:
        scheduler = bootstrap.scheduling(made)
        scheduler.start()
        try:
            assert eventually(lambda: all(one.asked for one in (*at.bad, at.good)))
            at.hang()
            began = time.monotonic()
            time.sleep(DEADLINE + LATE)
            first, failed = max(at.gaps(began)), time.monotonic()
            time.sleep(WATCHED)
            return first, max(at.gaps(failed))
        finally:
            assert scheduler.stop(DEADLINE + LATE)


def test_sources_that_all_begin_to_hang_keep_others_waiting_for_one_deadline_and_no_longer(
    pauses: Callable[[str], tuple[float, float]], database: str
) -> None:
    first, later = pauses(database)
    assert first <= DEADLINE + EVERY + LATE
    assert later <= EVERY + LATE


def services(at: Town, place: Place) -> Services:
    """Services whose fetches give up soon."""
    settings = bootstrap.read_settings(at.newsroom.config, at.newsroom.environment(**environment(place)))
    made = Services(settings, reader=plain_reader())
    bootstrap.configure(made)
    world = replace(made.ingest.world, deadline=timedelta(seconds=DEADLINE))
    made.__dict__["ingest"] = replace(made.ingest, world=world)
    return made


WAITING = (hang_from_the_beginning, hang_all_of_a_sudden)
