"""Who asks for a feed in what way: browsers are sent to its page, and who asks whole too often has to wait."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_network

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from feedsvc.domain.serving import Serving
from feedsvc.web.browsers import opened_in_a_browser
from feedsvc.web.conditional import may_spare
from feedsvc.web.wholes import represent

from .room import NOON, SITE, Room, an_article

FEED = "/feeds/all.atom"
BROWSER = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Accept": "text/html,*/*;q=0.8"}
PAGES = {
    "all": "/",
    "topics/the-thao": "/topics/the-thao",
    "regions/dong-thap": "/regions/dong-thap",
    "topics/the-thao/regions/dong-thap": "/topics/the-thao/regions/dong-thap",
    "sources/bao-song": "/sources/bao-song",
}
READER, AGENT = "203.0.113.9", "rude/1"


# Browsers


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("path", PAGES)
def test_30_a_browser_that_opens_a_feed_is_sent_to_its_page_for_this_once(
    client: FlaskClient, path: str, form: str
) -> None:
    for ask in (client.get, client.head):
        answer = ask(f"/feeds/{path}.{form}?utm_source=x", headers={**BROWSER, "Host": "evil.example"})
        assert (answer.status_code, answer.headers["Location"]) == (302, SITE + PAGES[path])
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert not {"Vary", "ETag", "Last-Modified"} & set(answer.headers.keys())
    assert client.get(PAGES[path]).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"Accept": "text/html"},
        {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0", "Accept": "text/html,application/xhtml+xml"},
        {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "no-cors"},
        {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Mode": "navigate"},
        {"Sec-Fetch-Dest": "", "Upgrade-Insecure-Requests": "1"},
    ],
)
def test_30_nobody_else_is(client: FlaskClient, asked: dict[str, str]) -> None:
    assert client.get(FEED, headers=asked).status_code == 200


def test_30_a_mode_need_not_be_told() -> None:
    assert opened_in_a_browser(Headers({"Sec-Fetch-Dest": " Document "}))


def test_30_a_person_who_wants_the_source_gets_the_feed_itself(client: FlaskClient) -> None:
    raw = client.get(f"{FEED}?raw=1", headers=BROWSER)
    assert (raw.status_code, raw.data) == (200, client.get(FEED).data)
    assert raw.headers["Link"] == f'<{SITE}{FEED}>; rel="self"'
    assert client.get(f"{FEED}?raw=0", headers=BROWSER).status_code == 302


def test_30_an_operator_can_switch_it_off(room: Room) -> None:
    room.serving = Serving(preview=False)
    assert room.client().get(FEED, headers=BROWSER).status_code == 200


def test_30_the_feed_does_not_vary_by_it_and_no_page_gives_the_other_address(client: FlaskClient) -> None:
    assert client.get(FEED).headers.getlist("Vary") == ["Accept-Encoding"]
    assert not any(b"raw=1" in client.get(page).data for page in PAGES.values())


@pytest.mark.parametrize("path", ["/feeds/topics/nope.atom", "/feeds/all.xml", "/feeds/nonsense.atom"])
def test_30_what_is_not_there_is_not_found_by_a_browser_either(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers=BROWSER).status_code == 404


def test_30_a_browser_is_sent_on_while_the_store_is_away(room: Room) -> None:
    client = room.client()
    client.get("/topics/the-thao")
    room.shelf.fail = True
    answer = client.get("/feeds/topics/the-thao.atom", headers=BROWSER)
    assert (answer.status_code, client.get("/topics/the-thao").status_code) == (302, 200)


# Those who ask too often


def web(room: Room) -> FlaskClient:
    """A client of the room's web, which is made again when the operator changes how it serves."""
    serving, made = room.__dict__.get("web", (None, None))
    if serving != room.serving or not isinstance(made, FlaskClient):
        made = room.client()
        room.__dict__["web"] = room.serving, made
    return made


def ask(room: Room, path: str = FEED, client: str = READER, agent: str = AGENT, **headers: str) -> TestResponse:
    """One request of a client that comes by a proxy."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web(room).get(
        path,
        headers={"User-Agent": agent, "X-Forwarded-For": client, **named},
        environ_base={"REMOTE_ADDR": "127.0.0.1"},
    )


@pytest.fixture
def limited(room: Room) -> Room:
    """A room in which two an hour are enough."""
    room.serving = Serving(whole_an_hour=2, proxies=(ip_network("127.0.0.1"),))
    return room


def test_23_one_client_gets_one_feed_whole_so_often_and_then_waits(limited: Room) -> None:
    assert ask(limited).status_code == 200
    limited.now += timedelta(minutes=10)
    assert ask(limited).status_code == 200
    refused = ask(limited)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3000")
    assert refused.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert refused.headers["Cache-Control"] == "no-store"
    assert len(refused.data) < 200
    limited.now += timedelta(seconds=2999)
    assert (ask(limited).status_code, ask(limited).headers["Retry-After"]) == (429, "1")
    limited.now += timedelta(seconds=1)
    assert [ask(limited).status_code for _ in range(2)] == [200, 429], "one of the two is an hour old"


def test_23_a_request_that_is_refused_asks_nothing_of_the_store(limited: Room) -> None:
    for _ in range(2):
        ask(limited)
    limited.shelf.fail = True
    limited.atom.fail = True
    assert ask(limited).status_code == 429


def test_23_other_clients_other_programs_and_other_feeds_are_not_meant(limited: Room) -> None:
    for _ in range(3):
        ask(limited)
    assert ask(limited).status_code == 429
    for one in ({"client": "203.0.113.10"}, {"agent": "rude/2"}, {"agent": ""}, {"path": "/feeds/all.rss"}):
        assert ask(limited, **one).status_code == 200
    assert ask(limited, "/feeds/topics/the-thao.atom").status_code == 200
    assert ask(limited, f"{FEED}?a=1").status_code == 429, "it is the same feed"


def test_23_an_ipv6_client_is_known_by_its_network(limited: Room) -> None:
    assert [ask(limited, client=f"2001:db8::{n}").status_code for n in range(1, 4)] == [200, 200, 429]
    assert ask(limited, client="2001:db8:0:1::1").status_code == 200


def test_23_a_condition_that_spares_the_feed_is_never_refused_nor_counted(limited: Room) -> None:
    tag, date = (limited.client().get(FEED).headers[name] for name in ("ETag", "Last-Modified"))
    for headers in ({"If_None_Match": tag}, {"If_None_Match": "*"}, {"If_Modified_Since": date}):
        assert {ask(limited, **headers).status_code for _ in range(5)} == {304}
    assert [ask(limited).status_code for _ in range(3)] == [200, 200, 429]
    assert ask(limited, If_None_Match=tag).status_code == 304


def test_23_a_feed_that_changed_is_given_to_whoever_asks_with_an_old_tag(limited: Room) -> None:
    old = limited.client().get(FEED).headers
    limited.now += timedelta(seconds=1)
    limited.put(an_article("other"), at=limited.now)
    for headers in ({"If_None_Match": old["ETag"]}, {"If_Modified_Since": old["Last-Modified"]}):
        assert {ask(limited, **headers).status_code for _ in range(5)} == {200}
    assert [ask(limited).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("made_up", ['"x"', "x", "", '"0123"', f'"{"g" * 32}"', f'"{"0" * 33}"'])
def test_23_a_tag_that_was_never_ours_is_no_condition(limited: Room, made_up: str) -> None:
    statuses = [ask(limited, If_None_Match=made_up, If_Modified_Since=made_up).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_23_head_is_neither_counted_nor_refused(limited: Room) -> None:
    for method in ("HEAD", "HEAD", "HEAD", "GET", "GET", "HEAD"):
        answer = limited.client().open(
            FEED,
            method=method,
            headers={"X-Forwarded-For": READER},
            environ_base={"REMOTE_ADDR": "127.0.0.1"},
        )
        assert answer.status_code == 200


def test_23_what_was_not_sent_is_not_counted(limited: Room) -> None:
    assert {ask(limited, "/feeds/topics/nope.atom").status_code for _ in range(3)} == {404}
    limited.atom.fail = True
    assert {ask(limited).status_code for _ in range(3)} == {500}
    limited.atom.fail = False
    assert [ask(limited).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.9", "192.168.1.7", "::1", "fd00::9", "100.64.3.4", ""])
def test_23_a_network_of_our_own_and_a_proxy_in_it_that_is_not_configured_have_no_limit(room: Room, peer: str) -> None:
    room.serving = Serving(whole_an_hour=1)
    client = room.client()
    asked = {"headers": {"X-Forwarded-For": READER}, "environ_base": {"REMOTE_ADDR": peer}}
    assert {client.get(FEED, **asked).status_code for _ in range(4)} == {200}


def test_23_a_client_of_the_internet_that_comes_without_a_proxy_has_one(room: Room) -> None:
    room.serving = Serving(whole_an_hour=1)
    client = room.client()
    spoofing = [
        client.get(FEED, headers={"X-Forwarded-For": f"10.0.0.{n}"}, environ_base={"REMOTE_ADDR": READER}).status_code
        for n in range(3)
    ]
    assert spoofing == [200, 429, 429]


def test_23_an_operator_can_switch_it_off(limited: Room) -> None:
    limited.serving = Serving(whole_an_hour=0, proxies=limited.serving.proxies)
    assert {ask(limited).status_code for _ in range(9)} == {200}


def test_23_what_a_client_was_given_outlives_a_change_of_the_configuration(limited: Room) -> None:
    for _ in range(2):
        assert ask(limited).status_code == 200
    limited.serving = Serving(whole_an_hour=3, proxies=limited.serving.proxies)
    assert [ask(limited).status_code for _ in range(2)] == [200, 429]


@given(body=st.binary())
def test_23_every_tag_of_ours_and_every_date_may_spare_a_document(body: bytes) -> None:
    made = represent("text/plain", body, NOON)
    for coding in made.bodies:
        assert may_spare(made.etags(coding)[0], None)
        assert may_spare(f"W/{made.etags(coding)[0]}", "nonsense")
        assert may_spare(f'"x", {made.etags(coding)[0][:-1]};gzip"', None)
    assert may_spare(None, "Mon, 02 Mar 2026 05:00:00 GMT")
    assert not may_spare(None, None)
    assert not may_spare(None, "nonsense")
