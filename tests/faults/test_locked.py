"""T33: another process keeps the database locked for half a minute: readers notice nothing, and then all goes on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import pytest

from tests.e2e.service import eventually

from .conftest import Place, SideBySide
from .locking import locked
from .stage import FEED, UNSEEN, Asked, stage

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

LOCKED = 30.0
"""Seconds."""
QUICK = 1.0
"""Seconds within which a feed is there meanwhile."""
LEASE = 30.0
"""Seconds until a source may be polled again whose pass could not be stored."""


@pytest.fixture(scope="module")
def asked(side_by_side: SideBySide) -> Callable[[str], Asked]:
    return side_by_side.play(lock)


def lock(place: Place) -> Asked:
    with stage(place) as at:
        processes = at.processes()
        with at.asked(FEED, "/feeds/sources/bao.rss", "/feeds/topics/politics.json") as asked, locked(place.url):
            until = time.monotonic() + LOCKED
            at.publishes(9)
            assert eventually(lambda: at.checks()["scheduler"] == UNSEEN)
            time.sleep(max(0.0, until - time.monotonic()))
        assert eventually(lambda: at.articles == 9, 2 * LEASE)
        assert eventually(at.well)
        at.assert_each_once(9)
        assert at.processes() == processes
        return asked


def test_a_locked_database_keeps_no_reader_waiting_and_all_goes_on_by_itself(
    asked: Callable[[str], Asked], database: str
) -> None:
    found = asked(database)
    log.info("%s: %s, the slowest in %.2f s", database, found.statuses, found.slowest)
    assert set(found.statuses) == {200}
    assert found.slowest < QUICK


WAITING = (lock,)
