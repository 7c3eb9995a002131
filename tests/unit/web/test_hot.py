"""Hot feeds: answered before Flask, and answered as Flask does, to the last byte."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import product
from time import perf_counter, time
from typing import Any

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.serving import Serving
from feedsvc.pipeline.fragments import Fragments
from feedsvc.web.access import Moment, Values
from feedsvc.web.app import create_app
from feedsvc.web.budget import Budget
from feedsvc.web.feeds import FeedDesk
from feedsvc.web.hot import HotFeeds
from feedsvc.web.reception import Reception
from feedsvc.web.refreshing import AGAIN, Refreshing
from feedsvc.web.remembered import Made
from feedsvc.web.seen import AT_A_TIME, EVERY, Seen

from .room import DELTA, NOON, SPORT, Room, an_article

FEED = "/feeds/all.atom"
CODINGS = (None, "", "gzip", "br", "gzip, br;q=0.5", "identity", "*", "x-gzip;q=0", "zstd", "GZIP ; q=1", "g" * 90)
SINCE = (None, "Mon, 02 Mar 2026 05:00:00 GMT", "Sun, 01 Mar 2026 05:00:00 GMT", "nonsense", "")
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


@dataclass
class Service:
    """A web whose feeds are followed; `lines` are those that it told."""

    room: Room
    lines: list[Values] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.newsroom = replace(self.room.newsroom(), tell=self)
        self.desk = FeedDesk(self.newsroom)
        self.seen = Seen(self.newsroom.counts, self)
        self.seen._started = True  # its thread would take away what a test looks at
        self.refreshing = Refreshing(self.desk)
        self.hot = HotFeeds(self.newsroom, self.desk, self.seen)
        self.flask = create_app(self.newsroom, Reception(self.newsroom, self.desk))
        self.refreshing.look(0.0)

    def one(self, values: Values, elapsed: float, level: int = 0) -> None:
        assert elapsed >= 0
        self.lines.append(values)

    def many(self, values: Values, moments: Sequence[Moment]) -> None:
        for at, elapsed in moments:
            assert abs(time() - at) < 60
            self.one(values, elapsed)

    def ask(self, method: str = "GET", path: str = FEED, client: str = "127.0.0.1", **fields: str) -> Any:
        return answered(self.hot, method, path, fields, client)


def answered(app: Any, method: str, path: str, fields: Mapping[str, str], client: str = "127.0.0.1") -> Any:
    """The status, the header fields in their order, and the body."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    environ = EnvironBuilder(
        path, method=method, headers=Headers(headers), environ_base={"REMOTE_ADDR": client}
    ).get_environ()
    body, status, found = run_wsgi_app(app, environ)
    return status, list(found), b"".join(body)


@pytest.fixture
def service(room: Room) -> Service:
    return Service(room)


def tags(service: Service) -> list[str | None]:
    tag = dict(service.ask()[1])["ETag"]
    bare = tag.strip('"')
    written = [tag, f'"{bare}-gzip"', f'"{bare}-br"', f'"{bare}-gzip.dense"', f"W/{tag}", f'"x", {tag}', bare, "*"]
    return [None, *written, f'"{bare};gzip"', '"other"', "", ","]


def test_hot_feeds_are_answered_as_flask_answers_them(service: Service) -> None:
    every = product(METHODS, CODINGS, tags(service), SINCE)
    assert FEED in service.desk.hot
    for method, coding, tag, since in every:
        found = {"Accept-Encoding": coding, "If-None-Match": tag, "If-Modified-Since": since}
        fields = {name: value for name, value in found.items() if value is not None}
        assert answered(service.hot, method, FEED, fields) == answered(service.flask, method, FEED, fields), fields


def test_once_packed_densely_they_still_are(service: Service) -> None:
    at_once = dict(service.ask(Accept_Encoding="gzip")[1])
    for _ in range(40):
        service.ask(Accept_Encoding="gzip")
    service.refreshing.look(1.0)
    dense = dict(service.ask(Accept_Encoding="gzip")[1])
    assert dense["ETag"] == at_once["ETag"][:-1] + '.dense"'
    test_hot_feeds_are_answered_as_flask_answers_them(service)
    kept = dict(service.ask(Accept_Encoding="gzip", If_None_Match=at_once["ETag"])[1])
    assert kept["ETag"] == at_once["ETag"], "its bytes are those that the client has"


@pytest.mark.parametrize(
    "path", ["/feeds/all.atom?x=1", "/feeds/all.atom?raw=1", "/feeds//all.atom", "/feeds/all.json"]
)
def test_other_spellings_of_an_address_are_answered_as_by_flask(service: Service, path: str) -> None:
    service.ask()
    assert service.ask(path=path) == answered(service.flask, "GET", path, {})


def test_a_browser_is_sent_to_the_page(service: Service) -> None:
    service.ask()
    assert service.ask(Sec_Fetch_Dest="document")[0].startswith("302")
    assert service.ask(Sec_Fetch_Dest="empty")[0].startswith("200")


def test_who_asks_whole_too_often_waits_also_for_what_is_hot(room: Room) -> None:
    room.serving = Serving(whole_an_hour=3)
    service = Service(room)
    said = [service.ask(client="203.0.113.9")[0] for _ in range(5)]
    assert [status[:3] for status in said] == ["200", "200", "200", "429", "429"]
    assert service.ask(client="203.0.113.9", If_None_Match="*")[0].startswith("304")
    assert service.ask(client="10.0.0.1")[0].startswith("200")


def test_what_is_hot_is_counted_and_told_like_everything_else(service: Service) -> None:
    service.ask()
    service.seen.settle()
    service.lines.clear()
    service.ask(Accept_Encoding="gzip", User_Agent="reader/1")
    service.ask(If_None_Match="*", User_Agent="a\tb" + "x" * 300)
    service.seen.settle()
    hot = list(service.lines)
    service.lines.clear()
    answered(service.flask, "GET", FEED, {"Accept-Encoding": "gzip", "User-Agent": "reader/1"})
    answered(service.flask, "GET", FEED, {"If-None-Match": "*", "User-Agent": "a\tb" + "x" * 300})
    assert hot == service.lines
    traffic = service.room.counts.so_far()
    assert traffic.answers["atom", "200"] == 3
    assert traffic.answers["atom", "304"] == 2


def test_a_hot_feed_asks_nothing_of_the_store(service: Service) -> None:
    before = service.ask()
    service.room.shelf.fail = True
    service.refreshing.look(1.0)
    assert service.ask() == before
    assert service.ask(If_None_Match=dict(before[1])["ETag"])[0].startswith("304")


def test_a_change_is_there_after_the_next_look_in_every_coding_that_was_asked_for(service: Service) -> None:
    before = service.ask(Accept_Encoding="gzip")
    service.room.put(an_article("other"), at=NOON + timedelta(minutes=1))
    assert service.ask(Accept_Encoding="gzip") == before
    service.refreshing.look(1.0)
    offer = service.desk.hot[FEED]
    assert set(offer.whole) == {"identity", "gzip"}
    assert service.ask(Accept_Encoding="gzip") != before
    assert service.ask() == answered(service.flask, "GET", FEED, {})


def test_what_changed_takes_the_place_of_what_is_hot_without_a_moment_between(service: Service) -> None:
    class Watched(dict[str, Any]):
        def pop(self, *_args: Any) -> Any:
            raise AssertionError("for a moment it is not hot, and all who ask come to Flask")

        __delitem__ = pop

    service.ask(Accept_Encoding="br")
    before = service.desk.hot[FEED]
    service.desk.hot = service.hot._hot = Watched(service.desk.hot)
    service.room.put(an_article("other"), at=NOON + timedelta(minutes=1))
    service.refreshing.look(1.0)
    assert service.desk.hot[FEED] is not before
    assert not before.whole


def test_what_was_made_of_an_earlier_state_does_not_take_the_place_of_what_is_hot(service: Service) -> None:
    service.ask()
    key = FeedKey()
    before = service.desk.hot[FEED]
    state = service.desk.states.of(key)
    assert state is not None
    late = Made(replace(state, changed_at=NOON - timedelta(days=1)), before, 0)
    service.desk._gone((key, "atom"), before, late)
    assert FEED not in service.desk.hot
    service.desk.hot[FEED] = before
    service.desk._gone((key, "atom"), before, Made(state, before, 0))
    assert FEED in service.desk.hot


def test_what_nobody_asked_for_since_it_was_made_is_hot_no_more_after_a_change(service: Service) -> None:
    service.desk.keep((SPORT, "atom"))
    service.desk.at("topics/the-thao", "atom")
    service.room.put(an_article("other"))
    service.refreshing.look(1.0)
    assert "/feeds/topics/the-thao.atom" not in service.desk.hot


def test_a_feed_that_is_configured_no_more_is_not_hot(service: Service) -> None:
    path = "/feeds/regions/dong-thap.atom"
    assert service.ask(path=path)[0].startswith("200")
    service.room.shelf.close(DELTA)
    service.refreshing.look(1.0)
    assert service.ask(path=path)[0].startswith("404")


def test_what_cannot_be_made_is_tried_again_and_served_as_it_was_until_then(service: Service) -> None:
    before = service.ask()
    service.room.atom.fail = True
    service.room.put(an_article("other"))
    service.refreshing.look(1.0)
    assert service.ask() == before
    service.room.atom.fail = False
    service.refreshing.look(1.1)
    assert service.ask() == before
    service.refreshing.look(1.1 + AGAIN)
    assert service.ask() != before


def test_a_store_that_was_put_back_has_changed_everything(service: Service) -> None:
    service.room.put(an_article("other"))
    service.refreshing.look(1.0)
    after = service.ask()
    past = Room()
    past.put(an_article())
    service.room.shelf.__dict__.update(past.shelf.__dict__)
    service.refreshing.look(2.0)
    assert service.ask() != after


def test_bodies_are_bounded_and_made_again_of_fragments(room: Room) -> None:
    service = Service(room)
    desk = FeedDesk(replace(service.newsroom, budget=Budget(1 << 20, 1 << 20, 4000, 1 << 20)))
    desk.states.look()
    paths = ("all", "topics/the-thao", "regions/dong-thap", "sources/bao-song")
    first = {path: desk.answer("GET", path, "atom", {}) for path in paths}
    rendered = room.atom.rendered
    assert sum(len(offer.whole) for offer in desk.hot.values()) < len(paths)
    assert {path: desk.answer("GET", path, "atom", {}) for path in paths} == first
    assert room.atom.rendered == rendered


def test_a_document_whose_fragments_are_gone_is_made_anew(service: Service) -> None:
    before = service.ask()
    offer = service.desk.hot[FEED]
    offer.release("identity")
    service.room.fragments.forget()
    assert service.ask() == before
    assert service.desk.hot[FEED] is not offer


def test_everything_is_answered_while_nobody_follows_the_store(room: Room) -> None:
    newsroom = room.newsroom()
    desk = FeedDesk(newsroom)
    app = HotFeeds(newsroom, desk, Seen(newsroom.counts, newsroom.tell))
    before = answered(app, "GET", FEED, {})
    room.put(an_article("other"))
    assert answered(app, "GET", FEED, {}) != before
    assert desk.hot == {}


def test_a_body_larger_than_all_that_may_be_kept_is_sent_all_the_same(room: Room) -> None:
    service = Service(room)
    room.fragments = Fragments(2)
    newsroom = replace(room.newsroom(), budget=Budget(2, 1, 1, 1))
    desk = FeedDesk(newsroom)
    desk.states.look()
    bodies = [desk.answer("GET", "all", "atom", {"Accept-Encoding": coding}).body for coding in ("", "gzip", "br", "")]
    assert bodies[0] == bodies[-1] == service.ask()[2]
    assert gzip.decompress(bodies[1]) == bodies[0]


def test_what_changed_is_not_forgotten_where_renewing_fails(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    before = service.ask()
    service.room.put(an_article("other"))
    monkeypatch.setattr(FeedDesk, "renew", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        service.refreshing.look(1.0)
    monkeypatch.undo()
    service.refreshing.look(1.1)
    assert service.ask() != before


def test_notes_hold_no_bodies_and_no_more_of_a_name_than_is_told(service: Service) -> None:
    for _ in range(2):  # the first is for Flask
        service.ask(User_Agent="x" * 5000)
    (note,) = service.seen._waiting
    began, ended, what = note
    assert {type(part) for part in (began, ended, *what)} == {float, str, bool, int}
    assert max(len(part) for part in what if isinstance(part, str)) == 200


def test_what_was_seen_is_told_in_portions_spread_over_the_time_until_the_next(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept, told = list[float](), list[int]()

    class Enough(Exception):
        pass

    def sleep(seconds: float) -> None:
        told.append(len(service.lines))
        if len(told) > 4:
            raise Enough
        slept.append(seconds)

    for number in range(2 * AT_A_TIME + 1):
        now = perf_counter()
        service.seen.note((now, now, ("GET", FEED, "reader", False, False, 200, number, "identity")))
    monkeypatch.setattr("feedsvc.web.seen.sleep", sleep)
    service.lines.clear()
    with pytest.raises(Enough):
        service.seen._run()
    assert slept == [EVERY / 3] * 3 + [EVERY]
    assert told == [0, AT_A_TIME, 2 * AT_A_TIME, 2 * AT_A_TIME + 1, 2 * AT_A_TIME + 1]


def test_whoever_asks_for_counts_is_told_of_all_that_were_answered_by_then(service: Service) -> None:
    before = service.room.counts.so_far().answers["atom", "200"]
    for _ in range(3 * AT_A_TIME + 1):
        service.ask()
    assert service.room.counts.so_far().answers["atom", "200"] == before + 3 * AT_A_TIME + 1
