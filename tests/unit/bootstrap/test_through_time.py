"""A place or a topic ends on a day that was known before, and nothing has to be started anew for what follows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from feedsvc import bootstrap
from feedsvc.bootstrap import Services, Shift
from feedsvc.bootstrap.following import Read
from feedsvc.bootstrap.reloading import turned
from feedsvc.bootstrap.web import Web
from feedsvc.domain.feed import FeedKey
from feedsvc.web.unapplied import Unapplied
from tests.e2e.newsroom import LEASE, age, article

from .room import Room

LAST = datetime(2027, 3, 31, 16, 59, tzinfo=UTC)
FIRST = datetime(2027, 3, 31, 17, 0, tzinfo=UTC)
OVER = FIRST + timedelta(days=30)
ENDING = """
  - id: cu-lao
    when_ended: redirect
    rows: [{title: {vi: "Cù Lao"}, type: tinh, parent: viet-nam, until: 2027-03-31, successors: [dong-thap]}]
  - id: ben-song
    rows: [{title: {vi: "Bến Sông"}, type: tinh, parent: viet-nam, until: 2027-03-31, successors: [cu-lao]}]
"""
TOPICS = """
  - id: con-nuoc
    title: {vi: "Con nước"}
    any: ["con nước lớn"]
    until: 2027-03-31
    successor: dan-van
    when_ended: gone
  - id: mua-nuoi
    title: {vi: "Mùa nổi"}
    any: ["mùa nước nổi"]
    until: 2027-03-31
    successor: con-nuoc
    when_ended: redirect
"""


class Desk:
    """A scheduler and a web over one store, at a time that a test moves."""

    def __init__(self, room: Room) -> None:
        with (room.newsroom.config / "regions.yaml").open("a", encoding="utf-8") as file:
            file.write(ENDING)
        with (room.newsroom.config / "topics.yaml").open("a", encoding="utf-8") as file:
            file.write(TOPICS)
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
    assert turned(settings, lambda: FIRST) == turned(settings, lambda: LAST) + 4
    assert turned(settings, lambda: OVER) == turned(settings, lambda: OVER - timedelta(seconds=1)) + 1
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


def test_a_topic_takes_leave_on_the_day_and_is_gone_when_it_has_said_so_long_enough(desk: Desk) -> None:
    client, path = Client(desk.web), "/feeds/topics/con-nuoc.json"
    assert "expired" not in feed_at(client, path)
    desk.now = FIRST
    desk.turn()
    last = feed_at(client, path)
    assert last["expired"] is True
    assert [(item["title"], item["date_published"]) for item in last["items"]] == [
        ("Nguồn tin “Con nước” đã kết thúc", "2027-03-31T17:00:00+00:00")
    ]
    desk.now = OVER - timedelta(seconds=1)
    desk.turn()
    assert feed_at(client, path) == last
    desk.now = OVER
    desk.turn()
    assert client.get(path).status_code == 410


def test_a_topic_leads_away_and_what_its_rules_find_stood_where_it_leads_before(desk: Desk) -> None:
    client, old, new = Client(desk.web), "/feeds/topics/mua-nuoi.json", "/feeds/topics/dan-van.json"
    article = placed(desk, "Mùa nước nổi về")
    assert article in ids(client, old)
    assert article in ids(client, new)
    before = feed_at(client, "/feeds/all.json")["items"]
    desk.now = FIRST
    desk.turn()
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"][-len(new) :]) == (301, new)
    assert article in ids(client, new)
    assert feed_at(client, "/feeds/all.json")["items"] == before


def placed(desk: Desk, title: str) -> str:
    """An article of that title, polled; gives its id."""
    services = desk.services
    folder = services.settings.data_dir / "inbox" / "dai-thu"
    text = folder / "bai.txt"
    text.write_text(article(title), encoding="utf-8")
    age(text, 1)
    (claim,) = services.store.claim(holder="test", now=desk.now, lease=LEASE, limit=1)
    services.ingest.run(claim, desk.now, False)
    return services.store.newest(FeedKey(), 1)[0].uri


def ids(client: Client, path: str) -> list[str]:
    return [item["id"] for item in feed_at(client, path)["items"]]


def feed_at(client: Client, path: str) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == 200
    found = json.loads(answer.data)
    assert isinstance(found, dict)
    return found
