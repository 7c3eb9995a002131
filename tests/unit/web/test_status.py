"""/status and its feed: for the operator alone, and without the token in anything that is sent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html

from feedsvc.domain.operator import Operator
from feedsvc.domain.pending import NOTHING, Edited, Pending
from feedsvc.domain.secret import Secret
from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.health import health_feed
from feedsvc.web.status import MOST_ROWS
from tests.rules import check, ids_of
from tests.unit.pipeline.changes import CHANGES
from tests.unit.pipeline.changes import SITE as AT

from .room import NOON, SITE, Room
from .watched import SOURCES, WHY, watched

TOKEN = "0123456789abcdef"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PAGE = f"/status?token={TOKEN}"
FORMS = ("atom", "rss", "json")


@pytest.fixture
def room() -> Room:
    made = Room(operator=Operator(token=Secret(TOKEN)), reports=SOURCES, health=health_feed(AT, {}, CHANGES))
    for name, real in (("atom", Atom()), ("rss", Rss()), ("json", JsonFeed())):
        setattr(made, name, real)
    return made


def page(client: FlaskClient) -> html.HtmlElement:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def text(element: html.HtmlElement) -> str:
    """What it says, in one line."""
    return " ".join(str(element.text_content()).split())


def rows(client: FlaskClient) -> list[list[str]]:
    """The cells of each row of the table."""
    found = page(client).xpath("//tbody/tr")
    assert isinstance(found, list)
    return [[text(cell) for cell in row] for row in found if isinstance(row, html.HtmlElement)]


@pytest.mark.parametrize(
    "path", ["/status", "/api/v1/status", *(f"/status/health.{form}" for form in (*FORMS, "none"))]
)
def test_without_the_token_there_is_nothing(client: FlaskClient, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 401
        assert b"song" not in answer.data
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/status", "/api/v1/status", *(f"/status/health.{form}" for form in FORMS)])
def test_with_it_all_is_there_and_kept_by_nobody(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=BEARER)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{path}?token={TOKEN}").data == answer.data
    assert TOKEN not in f"{answer.text}{answer.headers}"
    assert client.head(path, headers=BEARER).data == b""


def test_the_worst_sources_come_first_and_those_that_have_been_so_longest(client: FlaskClient) -> None:
    found = [row for row in rows(client) if len(row) > 1]
    assert [row[0].split()[-1] for row in found] == ["nui", "ao", "song", "gach", "moi", "bien"]
    assert found[2] == [
        "Song song",
        "silent",
        "2026-02-27 12:00",
        "2026-03-02 11:00",
        "2026-02-27 12:00",
        "2026-03-02 13:00",
        "7m",
        "7",
    ]
    assert found[4][1:] == ["unjudged", "–", "–", "–", "–", "–", "0"]


def test_below_a_row_stands_what_there_is_to_say(client: FlaskClient) -> None:
    notes = [row[0] for row in rows(client) if len(row) == 1]
    assert notes[0] == (
        "fetch failed: it answered 404 Not Found"
        "it has moved for good to https://moi.example.org/?a=1&b=<2>; put that into sources.yaml"
        "1 rejected in its last pass"
    )
    assert notes[1:] == [WHY] * 3


def test_the_page_says_its_zone_and_how_many_do_how(client: FlaskClient) -> None:
    said = text(page(client))
    assert "1 failing 2 silent 1 late 1 unjudged 1 fresh" in said
    assert "Times are those of Asia/Ho_Chi_Minh." in said


def test_its_feed_is_named_in_each_format_without_the_token(client: FlaskClient) -> None:
    tree = page(client)
    assert tree.xpath("//link[@rel='alternate']/@href") == [f"{SITE}/status/health.{form}" for form in FORMS]
    assert tree.xpath("//link[@rel='alternate']/@type") == [
        "application/atom+xml",
        "application/rss+xml",
        "application/feed+json",
    ]
    assert tree.xpath("/html/@lang") == ["en"]
    assert not tree.xpath("//script|//@style|//@onclick")


def test_of_very_many_only_the_worst_are_on_the_page(room: Room) -> None:
    room.reports = (*SOURCES, *(watched(f"s{number:04}") for number in range(MOST_ROWS)))
    client = room.client()
    found = [row for row in rows(client) if len(row) > 1]
    assert (len(found), found[0][1], found[-1][1]) == (MOST_ROWS, "failing", "fresh")
    assert "6 more, none of them worse than these" in client.get(PAGE).text


@pytest.mark.parametrize("form", FORMS)
def test_the_feed_is_valid_typed_and_the_same_every_time(room: Room, form: str) -> None:
    path = f"/status/health.{form}?token={TOKEN}"
    first, other = room.client().get(path), room.client().get(path)
    assert check(form, first.data, now=NOON) == []
    assert first.headers["Content-Type"] == getattr(room, form).media_type
    assert first.data == other.data
    assert ids_of(form, first.data)[0] == "tag:example.org,2026:health/12"


@pytest.mark.parametrize("form", FORMS)
def test_whoever_has_it_is_told_so_by_its_strong_tag(room: Room, form: str) -> None:
    client, path = room.client(), f"/status/health.{form}"
    first = client.get(path, headers=BEARER)
    known = {**BEARER, "If-None-Match": first.headers["ETag"]}
    again = client.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["ETag"].startswith('"')
    assert again.headers["Cache-Control"] == "private, no-store"
    assert "Last-Modified" not in first.headers, "another title is another document of the same date"
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 401
    assert room.health is not None
    later = replace(room.health.entries[0], id="tag:example.org,2026:health/99", published=NOON, updated=NOON)
    room.health = replace(room.health, entries=(later, *room.health.entries), updated=NOON)
    assert client.get(path, headers=known).status_code == 200


def test_what_is_no_format_is_not_there(client: FlaskClient) -> None:
    assert client.get("/status/health.html", headers=BEARER).status_code == 404
    assert client.get("/status/health", headers=BEARER).status_code == 404


def test_while_the_store_is_away_both_say_so(room: Room) -> None:
    room.shelf.fail = True
    client = room.client()
    for path in ("/status", "/status/health.atom"):
        answer = client.get(path, headers=BEARER)
        assert answer.status_code == 503
        assert client.get(path).status_code == 401
    room.now += timedelta(seconds=9)
    room.shelf.fail = False
    assert client.get("/status", headers=BEARER).status_code == 200


PENDING = Pending(topics=Edited(new=("bien",), changed=("song",)), regions=Edited(gone=("dong",)), state="one")


def test_what_is_pending_stands_on_the_page_and_goes_when_it_is_applied(room: Room, client: FlaskClient) -> None:
    sentence = "Pending: 2 topics and 1 region differ from what is applied, run `feedsvc plan`."
    assert not page(client).xpath("//p[@class='pending']")
    room.pending = PENDING
    (told,) = page(client).xpath("//p[@class='pending']")
    assert text(told) == sentence
    room.pending = NOTHING
    assert not page(client).xpath("//p[@class='pending']")


def test_programs_are_told_what_is_pending_and_how_many_sources_do_how(room: Room, client: FlaskClient) -> None:
    room.pending = PENDING
    answer = client.get("/api/v1/status", headers=BEARER)
    assert answer.content_type == "application/json"
    told = json.loads(answer.text)
    assert sum(told["sources"].values()) == len(SOURCES)
    assert told["pending"] == {
        "message": "pending: 2 topics and 1 region differ from what is applied, run `feedsvc plan`",
        "topics": {"new": ["bien"], "changed": ["song"], "gone": []},
        "regions": {"new": [], "changed": [], "gone": ["dong"]},
        "otherwise": False,
        "wrong": [],
    }
