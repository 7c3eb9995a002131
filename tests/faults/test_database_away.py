"""T34: the server of the database stops and comes back: what was served is served, and no process is started anew.

With `AWAY` at 60 it takes two minutes, and holds as well.
"""

from __future__ import annotations

import time

import pytest

from tests import postgresql
from tests.e2e.service import eventually

from .conftest import POSTGRESQL, Place, SideBySide
from .stage import FEED, Stage, stage

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

AWAY = 6.0
"""Seconds."""
LEASE = 30.0
"""Seconds until a source may be polled again whose pass could not be stored."""
IN_NO_LIST = ("/feeds/topics/politics/regions/tien-giang.rss", "/articles/abcdefgh22334455", "/topics/politics")
"""Nobody asked for these; those of `LISTED` are made beforehand, one after the other."""
LISTED = ("/feeds/topics/politics.rss", "/feeds/sources/bao.json")
NOT_STORED = ("/", "/opml", "/robots.txt")


def stop_the_server(place: Place) -> None:
    """Twice: as an operator does, and as a fault does. The server is one that no other test uses."""
    if place.server is None:
        return
    with postgresql.running() as server, stage(Place(POSTGRESQL, place.folder, server.url(), server)) as at:
        assert at.service.get(FEED).status == 200
        processes = at.processes()
        for number, mode in enumerate(("fast", "immediate")):
            with at.asked(FEED) as asked:
                server.stop(mode)
                gone = time.monotonic()
                at.publishes(10 + number)
                assert_told(at)
                assert_503(at)
                time.sleep(max(0.0, gone + AWAY - time.monotonic()))
                server.start()
            assert set(asked.statuses) == {200}
            assert eventually(lambda: at.articles == 10 + number, 2 * LEASE)  # noqa: B023
            assert eventually(at.well)
            at.assert_each_once(10 + number)
        assert at.processes() == processes
        assert at.service.stop() == 0


def test_an_outage_of_the_server_leaves_what_was_served_and_ends_by_itself(side_by_side: SideBySide) -> None:
    assert side_by_side.play(stop_the_server)(POSTGRESQL) is None


def assert_told(at: Stage) -> None:
    assert at.service.get("/readyz").status == 503
    assert at.checks()["database"] == (False, "does not answer")
    assert at.service.get("/healthz").status == 200
    assert b"feedsvc_database_up 0" in at.service.get("/metrics").body


def assert_503(at: Stage) -> None:
    """What was never made cannot be made now, and may be asked for again."""
    for path in (*IN_NO_LIST, *LISTED):
        answer = at.service.get(path)
        assert answer.status == 503 or (answer.status == 200 and path in LISTED), path
        if answer.status == 503:
            assert int(answer.headers["retry-after"]) > 0
            assert b"postgres" not in answer.body.lower()
    assert {at.service.get(path).status for path in NOT_STORED} == {200}


WAITING = (stop_the_server,)
