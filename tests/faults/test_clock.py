"""T41: a clock that is set back, or years ahead and right again, under the scheduler as it runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.test import Client

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.scheduling.clockwatch import LEAPT
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import READY, eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss
from tests.fakes.clock import WallClock

from .clocks import ByAnotherClock
from .conftest import Place, SideBySide
from .looking import looking

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

TWO_HOURS = timedelta(hours=2).total_seconds()
TEN_YEARS = timedelta(days=3653).total_seconds()
SECONDS = 20.0
"""Within which polls go on, on a busy machine."""
WATCHED = 4.0
"""Seconds for which nothing may be polled, though all is due."""
DATES = (
    "SELECT max(updated) FROM articles",
    "SELECT max(published) FROM articles",
    "SELECT max(changed_at) FROM feeds",
    "SELECT max(at) FROM changes",
    "SELECT max(last_seen) FROM records",
    "SELECT max(started) FROM passes",
)
"""All that readers or operators see a date of."""


@dataclass
class Desk:
    """A newspaper, and a newsroom whose scheduler and web go by one clock that is `off`."""

    upstream: Upstream
    newsroom: Newsroom
    place: Place
    web: Services
    clock: WallClock
    published: int = 0

    def scheduler(self) -> ByAnotherClock:
        """One that runs while inside."""
        return ByAnotherClock(self._environment, self.newsroom.data / "log", self.clock.off)

    @property
    def _environment(self) -> dict[str, str]:
        return environment(self.newsroom, self.place)

    def set(self, off: float, scheduler: ByAnotherClock) -> None:
        self.clock.off = off
        scheduler.set(off)

    def publish(self) -> None:
        """One more article, without a date of its own."""
        self.published += 1
        body = rss(Item(f"tin-{number}", f"Tin {number}", date="") for number in range(self.published))
        self.upstream.reply = Reply(body, etag=f'"{self.published}"')

    def has_all(self, seconds: float = SECONDS) -> bool:
        """Whether all that was published is stored soon."""
        return eventually(lambda: self.stored() == self.published, seconds)

    def stored(self) -> int:
        """How many articles stand in the feed of all."""
        with looking(self.place.url) as look:
            standing = "SELECT count(*) FROM entries WHERE feed = 'all' AND left_seq IS NULL"
            return int(look.one(standing)) if look.made else 0

    def told(self) -> tuple[bool, str]:
        """What /readyz says of the scheduler."""
        checks = Client(bootstrap.build_web(self.web)).get("/readyz").get_json()["checks"]
        return next((one["ok"], one["message"]) for one in checks if one["name"] == "scheduler")

    def latest(self) -> datetime:
        """The latest time that anything is dated."""
        with looking(self.place.url) as look:
            return datetime.fromtimestamp(max(look.one(question) for question in DATES), UTC)


def environment(newsroom: Newsroom, place: Place) -> dict[str, str]:
    """Articles are kept for a year, so that a clock which is believed ten years ahead takes all of them out."""
    return newsroom.environment(FEEDSVC_DATABASE_URL=place.url, FEEDSVC_FEEDS__KEEP="400d")


@contextmanager
def desk(place: Place) -> Iterator[Desk]:
    with Upstream() as upstream:
        source = f'{{id: bao, kind: syndication, url: "{upstream.root}/", every: 2s, title: Báo}}'
        newsroom = Newsroom(place.folder, f"defaults: {{language: vi}}\nsources:\n  - {source}\n", [upstream.place])
        clock = WallClock()
        settings = bootstrap.read_settings(newsroom.config, environment(newsroom, place))
        with closing(Services(settings, clock=clock)) as web:
            yield Desk(upstream, newsroom, place, web, clock)


@pytest.fixture(scope="module")
def back(side_by_side: SideBySide) -> Callable[[str], datetime]:
    return side_by_side.play(set_back)


@pytest.fixture(scope="module")
def ahead(side_by_side: SideBySide) -> Callable[[str], datetime]:
    return side_by_side.play(set_ahead)


def set_back(place: Place) -> datetime:
    """Two hours back, and right again: polls go on, each time."""
    with desk(place) as at:
        at.publish()
        with at.scheduler() as scheduler:
            assert at.has_all(READY)
            for off in (-TWO_HOURS, 0.0):
                at.set(off, scheduler)
                at.publish()
                assert at.has_all(), off
        return at.latest()


def set_ahead(place: Place) -> datetime:
    """Ten years ahead, for a while in which the scheduler is started anew, too, and right again."""
    with desk(place) as at:
        at.publish()
        with at.scheduler() as scheduler:
            assert at.has_all(READY)
            at.set(TEN_YEARS, scheduler)
            at.publish()
            assert_nothing_is_polled(at)
        with at.scheduler() as scheduler:
            assert_nothing_is_polled(at)
            at.set(0.0, scheduler)
            assert at.has_all()
            assert eventually(lambda: at.told() == (True, ""))
            at.publish()
            assert at.has_all()
        return at.latest()


def assert_nothing_is_polled(at: Desk) -> None:
    """And that is told."""
    assert eventually(lambda: at.told()[1].startswith(LEAPT))
    asked, stored = len(at.upstream.asked), at.stored()
    time.sleep(WATCHED)
    assert (len(at.upstream.asked), at.stored()) == (asked, stored)
    assert not at.told()[0]


def test_a_clock_that_is_set_back_keeps_nothing_from_being_polled(
    back: Callable[[str], datetime], database: str
) -> None:
    assert back(database) < datetime.now(UTC) + timedelta(minutes=1)


def test_by_a_clock_that_is_years_ahead_nothing_is_polled_or_dated_and_all_goes_on_once_it_is_right(
    ahead: Callable[[str], datetime], database: str
) -> None:
    assert ahead(database) < datetime.now(UTC) + timedelta(minutes=1)


WAITING = (set_back, set_ahead)
