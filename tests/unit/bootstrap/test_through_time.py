"""A place ends on a day that was known before: from then on its feeds lead away, and nothing had to be started anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.test import Client

from feedsvc import bootstrap
from feedsvc.bootstrap import Services, Shift
from feedsvc.bootstrap.following import Read
from feedsvc.bootstrap.reloading import turned
from feedsvc.bootstrap.web import Web
from feedsvc.domain.feed import FeedKey
from feedsvc.web.unapplied import Unapplied

from .room import Room

LAST = datetime(2027, 3, 31, 16, 59, tzinfo=UTC)
FIRST = datetime(2027, 3, 31, 17, 0, tzinfo=UTC)
ENDING = """
  - id: cu-lao
    when_ended: redirect
    rows: [{title: {vi: "Cù Lao"}, type: tinh, parent: viet-nam, until: 2027-03-31, successors: [dong-thap]}]
  - id: ben-song
    rows: [{title: {vi: "Bến Sông"}, type: tinh, parent: viet-nam, until: 2027-03-31, successors: [cu-lao]}]
"""


class Desk:
    """A scheduler and a web over one store, at a time that a test moves."""

    def __init__(self, room: Room) -> None:
        with (room.newsroom.config / "regions.yaml").open("a", encoding="utf-8") as file:
            file.write(ENDING)
        self.now = LAST
        self.services = Services(room.settings(), clock=lambda: self.now)
        bootstrap.configure(self.services)
        self.shift = Shift(self.services)
        self.web = Web(self.services, Unapplied())

    def turn(self) -> None:
        """What both do when a day has come that matters."""
        self.shift.take_over(Read(self.services.settings))
        self.web.take_over(Read(self.services.settings))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(Room.made(tmp_path))
    with closing(made.services):
        yield made


def test_the_day_is_that_of_the_site_and_matters_once(desk: Desk) -> None:
    settings = desk.services.settings
    assert turned(settings, lambda: FIRST) == turned(settings, lambda: LAST) + 2
    assert turned(settings) > 0


def test_feeds_lead_away_from_the_day_on(desk: Desk) -> None:
    client = Client(desk.web)
    assert client.get("/feeds/regions/cu-lao.atom").status_code == 200
    desk.now = FIRST
    desk.turn()
    answer = client.get("/feeds/regions/cu-lao.atom")
    assert (answer.status_code, answer.headers["Location"][-29:]) == (301, "/feeds/regions/dong-thap.atom")


def test_documents_change_on_the_day_and_only_then(desk: Desk) -> None:
    client, kept = Client(desk.web), FeedKey(region="ben-song")
    before = client.get("/feeds/regions/ben-song.atom")
    assert b'rel="related"' not in before.data
    desk.turn()
    state = desk.services.store.feed(kept)
    assert client.get("/feeds/regions/ben-song.atom").headers["ETag"] == before.headers["ETag"]
    desk.now = FIRST
    desk.turn()
    assert desk.services.store.feed(kept) != state
    after = client.get("/feeds/regions/ben-song.atom")
    assert b"/feeds/regions/dong-thap.atom" in after.data
    assert "Từ 1/4/2027, Bến Sông thuộc Cù Lao.".encode() in after.data
    assert after.headers["Last-Modified"] == "Wed, 31 Mar 2027 17:00:00 GMT"
