"""/api/v1/articles/<id>/explain: for the operator alone."""

from __future__ import annotations

import gzip
import json

import pytest
from flask.testing import FlaskClient

from feedsvc.domain.operator import NOBODY, Operator
from feedsvc.domain.secret import Secret

from .room import GZIP, Room, an_article

TOKEN = "0123456789abcdef"
PATH = "/api/v1/articles/abcdefgh22334455/explain"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def room() -> Room:
    made = Room(operator=Operator(token=Secret(TOKEN)))
    made.put(an_article())
    return made


def test_the_operator_is_told_why_an_article_has_its_labels(client: FlaskClient) -> None:
    answer = client.get(PATH, headers=BEARER)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert json.loads(answer.data) == {"id": "abcdefgh22334455", "title": "Đua ghe ngo", "asked": []}
    packed = client.get(PATH, headers={**BEARER, **GZIP})
    assert gzip.decompress(packed.data) == answer.data
    assert client.head(PATH, headers=BEARER).data == b""


def test_labels_can_be_asked_for_by_themselves(client: FlaskClient) -> None:
    found = json.loads(client.get(f"{PATH}?topic=sport, health&region=hue&topic=x", headers=BEARER).data)
    assert found["asked"] == ["topic:sport", "topic:health", "region:hue"]


def test_a_label_that_is_not_configured_is_named(client: FlaskClient) -> None:
    answer = client.get(f"{PATH}?topic=không", headers=BEARER)
    assert (answer.status_code, answer.text) == (400, "400 Bad Request: no topic is called kh\\xf4ng\n")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
def test_nobody_else_is_told_anything(client: FlaskClient, headers: dict[str, str]) -> None:
    for path in (PATH, PATH.replace("abcdefgh", "zzzzzzzz")):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"]


def test_where_nobody_is_the_operator_it_stays_closed(room: Room) -> None:
    room.operator = NOBODY
    answer = room.client().get(PATH, headers=BEARER)
    assert answer.status_code == 404
    assert "operator.token_file" in answer.text


def test_an_article_that_is_not_there_is_named(client: FlaskClient) -> None:
    answer = client.get("/api/v1/articles/không-có/explain", headers=BEARER)
    assert answer.status_code == 404
    assert answer.text.startswith("404 Not Found: no article is called")
    assert answer.text.isascii()


def test_an_article_whose_source_is_not_configured_any_more_cannot_be_explained(room: Room) -> None:
    room.unexplained = "bao-song"
    answer = room.client().get(PATH, headers=BEARER)
    assert answer.status_code == 404
    assert "bao-song, is not configured" in answer.text


def test_while_the_database_is_away_it_says_so(room: Room) -> None:
    room.shelf.fail = True
    assert room.client().get(PATH, headers=BEARER).status_code == 503
