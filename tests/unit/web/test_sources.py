"""/api/v1/sources: for everybody, for the operator, and seldom asked of the store."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from feedsvc.domain.operator import NOBODY, Operator
from feedsvc.domain.secret import Secret

from .room import Room
from .watched import SOURCES, WHY, watched

TOKEN = "0123456789abcdef"
PATH = "/api/v1/sources"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PUBLIC = {"id", "title", "verdict", "last_success", "last_outcome", "newest_item", "next_poll", "articles"}
MORE = {"interval", "failures", "failing_since", "last_message", "last_pass", "moved_to", "counts", "rejections"}


@pytest.fixture
def room() -> Room:
    return Room(operator=Operator(token=Secret(TOKEN)), reports=SOURCES)


def listed(client: FlaskClient, path: str = PATH, headers: dict[str, str] | None = None) -> list[dict[str, Any]]:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    found = json.loads(answer.data)
    assert isinstance(found, list)
    return found


def ids(client: FlaskClient, path: str) -> list[str]:
    return [one["id"] for one in listed(client, path)]


def test_everybody_sees_how_each_source_does_in_the_order_of_ids(client: FlaskClient) -> None:
    found = listed(client)
    assert [one["id"] for one in found] == ["ao", "bien", "gach", "moi", "nui", "song"]
    assert all(set(one) == PUBLIC for one in found)
    assert found[-1] == {
        "id": "song",
        "title": "Song",
        "verdict": {"kind": "silent", "since": "2026-02-27T05:00:00Z"},
        "last_success": "2026-03-02T04:00:00Z",
        "last_outcome": "unchanged",
        "newest_item": "2026-02-27T05:00:00Z",
        "next_poll": "2026-03-02T06:00:00Z",
        "articles": 7,
    }
    unpolled = found[3]
    assert (unpolled["verdict"], unpolled["next_poll"]) == ({"kind": "unjudged", "since": None}, None)


def test_the_operator_sees_all_of_it(client: FlaskClient) -> None:
    found = {one["id"]: one for one in listed(client, headers=BEARER)}
    assert list(found) == ["ao", "bien", "gach", "moi", "nui", "song"]
    assert set(found["nui"]) == PUBLIC | MORE
    assert found["nui"]["verdict"]["why"] == "fetch failed: it answered 404 Not Found"
    assert (found["nui"]["interval"], found["nui"]["failures"], found["nui"]["counts"]) == (7200, 3, None)
    assert found["nui"]["failing_since"] == "2026-03-01T21:00:00Z"
    assert found["nui"]["moved_to"] == "https://moi.example.org/?a=1&b=<2>"
    assert found["nui"]["rejections"] == [{"key": "<k>", "reason": "no title"}]
    assert found["song"]["verdict"]["why"] == WHY
    assert found["song"]["counts"] == {"seen": 30, "new": 1, "corrected": 2, "withdrawn": 3, "rejected": 4}
    assert listed(client, f"{PATH}?token={TOKEN}") == list(found.values())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("silent", ["ao", "song"]),
        ("silent,failing", ["ao", "nui", "song"]),
        ("failing, silent,", ["ao", "nui", "song"]),
        ("never%20worked", []),
        ("never+worked,unjudged", ["moi"]),
        ("", ["ao", "bien", "gach", "moi", "nui", "song"]),
    ],
)
def test_verdicts_can_be_asked_for(client: FlaskClient, asked: str, expected: list[str]) -> None:
    assert ids(client, f"{PATH}?verdict={asked}") == expected
    assert ids(client, f"{PATH}?verdict={asked}&token={TOKEN}") == expected


@pytest.mark.parametrize("asked", ["dead", "silent,Dead", "%00%1b[31m", "x" * 5000, "ă"])
def test_what_is_no_verdict_is_told_in_a_sentence(client: FlaskClient, asked: str) -> None:
    answer = client.get(f"{PATH}?verdict={asked}")
    assert answer.status_code == 400
    assert answer.text.startswith("400 Bad Request: no verdict is called ")
    assert answer.text.endswith("; there are: fresh, late, silent, failing, never worked, unjudged\n")
    assert len(answer.data) < 250
    assert answer.text.strip().isprintable()


def test_nobody_keeps_either(client: FlaskClient) -> None:
    assert client.get(PATH).headers["Cache-Control"] == "no-store"
    mine = client.get(PATH, headers=BEARER).headers
    assert (mine["Cache-Control"], mine["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    head = client.head(PATH)
    assert (head.data, int(head.headers["Content-Length"])) == (b"", len(client.get(PATH).data))
    packed = client.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == client.get(PATH).data


def test_a_wrong_token_is_told_so_and_guessing_is_ended(client: FlaskClient) -> None:
    wrong = {"Authorization": "Bearer wrong"}
    assert [client.get(PATH, headers=wrong).status_code for _ in range(11)] == [401] * 10 + [429]
    assert client.get(PATH, headers=BEARER).status_code == 429
    assert len(listed(client)) == 6, "who brings none sees what everybody sees"


def test_where_nobody_is_the_operator_all_see_the_same(room: Room) -> None:
    room.operator = NOBODY
    assert all(set(one) == PUBLIC for one in listed(room.client(), headers=BEARER))


def test_the_store_is_asked_once_in_five_seconds_whoever_asks_for_what(room: Room) -> None:
    client = room.client()
    paths = [f"{path}?verdict={kind}" for path in (PATH, "/status") for kind in ("silent", "late", "fresh", "unjudged")]
    for path in (*paths, *paths):
        assert client.get(path, headers=BEARER).status_code == 200
    assert room.reported == 1
    room.now += timedelta(seconds=4)
    assert len(listed(client)) == 6
    assert room.reported == 1
    room.now += timedelta(seconds=1)
    room.reports = (watched("a"),)
    assert ids(client, PATH) == ["a"]
    assert room.reported == 2
    room.now -= timedelta(hours=1)
    listed(client)
    assert room.reported == 3, "a clock that was put back keeps nothing for ever"


def test_while_the_store_is_away_it_says_so(room: Room) -> None:
    room.shelf.fail = True
    answer = room.client().get(PATH)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    room.shelf.fail = False
    assert len(listed(room.client())) == 6
