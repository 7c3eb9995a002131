"""T30: the scheduler killed at any moment, again and again, while newspapers publish: nothing is lost, nothing twice.

A newspaper in a process of its own writes down what it publishes. After each kill the database is looked at: no source
may be further on than its articles are. Most of the schedulers are started by forking, so that there can be many.
"""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

import pytest

from tests.e2e.newsroom import Newsroom
from tests.e2e.service import Service, eventually

from .conftest import POSTGRESQL, SQLITE, Place, SideBySide
from .looking import Look, heartbeat, looking
from .newspaper import Newspaper
from .nursery import Nursery

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

KILLS = {SQLITE: 110, POSTGRESQL: 90}
"""Of schedulers that were forked."""
KILLS_OF_COMMANDS = 6
"""Of `feedsvc schedule`, for each database."""
FEEDS = 40
EVERY = 0.1
"""Seconds between two entries of a newspaper."""
PATIENCE = 5.0
"""Seconds until a scheduler that is started polls."""
LEASE = 30
"""Seconds until the claims of one that was killed are over."""


@dataclass
class Desk:
    """A newsroom, the newspaper that it follows, and its database."""

    newsroom: Newsroom
    newspaper: Newspaper
    url: str
    chance: random.Random
    seen: list[int] = field(default_factory=list)
    """How many articles there were after each kill."""

    def look(self) -> None:
        """No source is further on than its articles are."""
        with looking(self.url) as look:
            if not look.made:
                self.seen.append(0)
                return
            look.assert_whole()
            self.seen.append(look.one("SELECT count(*) FROM articles"))
            count: Counter[str] = Counter(dict(look.rows("SELECT outlet, count(*) FROM records GROUP BY outlet")))
            for source, cursor in look.rows("SELECT id, cursor FROM sources"):
                told = json.loads(cursor).get("etag")
                assert told is None or count[source] >= int(told.strip('"')), (source, cursor, count[source])

    def has_more(self) -> bool:
        """Whether anything was stored since the last look."""
        with looking(self.url) as look:
            return bool(look.one("SELECT count(*) FROM articles") > (self.seen or [0])[-1])

    def has_all(self) -> bool:
        """Whether all that was published is stored."""
        with looking(self.url) as look:
            return self.newspaper.published.keys() <= stored(look).keys()

    def assert_all_once(self) -> None:
        """All that was published is stored once, and nothing else."""
        with looking(self.url) as look:
            look.assert_whole()
            assert stored(look) == self.newspaper.published
        assert set(self.newspaper.published.values()) == {1}
        assert len(set(self.seen)) > len(self.seen) / 4, "most kills came before anything was done"


@contextmanager
def desk(place: Place) -> Iterator[Desk]:
    """A newsroom with nothing stored yet."""
    with Newspaper(place.folder / "published", FEEDS, EVERY) as newspaper:
        root = f"http://{newspaper.place}"
        sources = [
            f'  - {{id: bao-{number}, kind: syndication, url: "{root}/{number}", every: 2s, title: Báo {number}}}'
            for number in range(FEEDS)
        ]
        written = "\n".join(["defaults: {language: vi}", "sources:", *sources, ""])
        newsroom = Newsroom(place.folder, written, [newspaper.place])
        yield Desk(newsroom, newspaper, place.url, random.Random(place.database))


def stored(look: Look) -> Counter[str]:
    """How often each guid is stored."""
    return Counter(key for (key,) in look.rows("SELECT key FROM records"))


@pytest.fixture(scope="module")
def forked(side_by_side: SideBySide) -> Callable[[str], Desk]:
    return side_by_side.play(kill_forked)


def kill_forked(place: Place) -> Desk:
    with desk(place) as at, Nursery(environment(at), place.folder / "log") as nursery:
        for number in range(KILLS[place.database]):
            pid = nursery.start()
            if number % 5 != 4:  # and each fifth at any moment of its start
                nursery.wait_until_it_polls(pid)
            if number % 5 in {1, 3}:  # and these while there is news
                assert eventually(at.has_more, 30)
            time.sleep(at.chance.uniform(0.0, 0.6))
            os.kill(pid, signal.SIGKILL)
            at.look()
        at.newspaper.stop_publishing()
        pid = nursery.start()
        assert eventually(at.has_all, 20)
        os.kill(pid, signal.SIGTERM)
        return at


def test_schedulers_that_are_killed_at_any_moment_lose_nothing_and_double_nothing(
    forked: Callable[[str], Desk], database: str
) -> None:
    at = forked(database)
    log.info("%s: articles after each kill: %s", database, at.seen)
    assert len(at.seen) == KILLS[database]
    at.assert_all_once()


def environment(at: Desk) -> dict[str, str]:
    return at.newsroom.environment(FEEDSVC_DATABASE_URL=at.url, FEEDSVC_POLLING__A_HOST="64")


@dataclass
class Starts:
    """What was seen of `feedsvc schedule`, killed and started again: the seconds until each polled."""

    desk: Desk
    seconds: list[float] = field(default_factory=list)

    def again(self) -> Service:
        return Service(self.desk.newsroom, "schedule", **environment(self.desk))

    def wait_until_it_polls(self) -> None:
        began, before = time.monotonic(), heartbeat(self.desk.url)
        assert eventually(lambda: heartbeat(self.desk.url) > before, 30)
        self.seconds.append(time.monotonic() - began)


@pytest.fixture(scope="module")
def commands(side_by_side: SideBySide) -> Callable[[str], list[float]]:
    return side_by_side.play(kill_commands)


def kill_commands(place: Place) -> list[float]:
    with desk(place) as at:
        starts = Starts(at)
        for number in range(KILLS_OF_COMMANDS):
            with starts.again() as service:
                starts.wait_until_it_polls()
                if number % 2:
                    assert eventually(at.has_more, 30)
                time.sleep(at.chance.uniform(0.0, 0.6))
                service.kill()
            at.look()
        at.newspaper.stop_publishing()
        with starts.again() as service:
            assert eventually(at.has_all, 2 * LEASE)
            assert service.stop() == 0
        at.assert_all_once()
        return starts.seconds


def test_the_command_that_is_killed_polls_again_within_seconds(
    commands: Callable[[str], list[float]], database: str
) -> None:
    seconds = commands(database)
    log.info("%s: seconds until it polled: %s", database, [round(one, 1) for one in seconds])
    assert len(seconds) == KILLS_OF_COMMANDS
    assert median(seconds) < PATIENCE, "each, but for what else the machine was doing"
