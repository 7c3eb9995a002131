"""Everything beside the feeds: failures, pictures, health, and the access log."""

from __future__ import annotations

import json
import logging

import pytest
from flask.testing import FlaskClient

from feedsvc.web.readiness import Check, Readiness

from .room import Room, an_article

SHORT = 60
UNKNOWN = (
    "/nothing",
    "/feeds/all",
    "/feeds/all.xml",
    "/feeds/all.atom/",
    "//feeds/all.atom",
    "/feeds/topics/unknown.atom",
    "/feeds/regions/dong-thap/topics/the-thao.atom",
    "/feeds/sources/.atom",
    "/feeds/topics/%00.atom",
    "/feeds/topics/%2e%2e.atom",
    "/media/0123456789abcdef/x.jpg",
    "/media/../x.jpg",
    "/static/app.py",
    "/static/..%2fapp.py",
    "/favicon.ico",
)


@pytest.mark.parametrize("path", UNKNOWN)
def test_what_does_not_exist_is_a_short_typed_uncached_404(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.data) < SHORT


@pytest.mark.parametrize("path", ["", "//", "//feeds/all.atom", "/feeds//all.atom", "/healthz/"])
def test_nobody_is_redirected_to_what_a_request_says_its_host_is(client: FlaskClient, path: str) -> None:
    answer = client.get("/", environ_overrides={"PATH_INFO": path, "HTTP_HOST": "evil.example"})
    assert answer.status_code in {200, 404}
    assert b"evil" not in answer.data + str(answer.headers).encode()


def test_a_store_that_is_away_costs_only_what_was_never_made(room: Room) -> None:
    client = room.client()
    before = client.get("/feeds/all.atom")
    room.shelf.fail = True
    assert dict(client.get("/feeds/all.atom").headers) == dict(before.headers)
    cold = client.get("/feeds/all.rss")
    assert cold.status_code == client.get("/articles/abcdefgh22334455").status_code == 503
    assert cold.headers["Retry-After"].isdigit()
    assert cold.headers["Cache-Control"] == "no-store"
    assert b"database" not in cold.data
    room.shelf.fail = False
    assert client.get("/feeds/all.rss").status_code == 200


def test_a_defect_shows_nothing_of_the_inside(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.atom.fail = True
    answer = room.client().get("/feeds/all.atom")
    assert answer.status_code == 500
    assert answer.data == b"500 Internal Server Error\n"
    assert any(record.exc_info for record in caplog.records)


def test_a_defect_in_a_new_document_leaves_the_old_one(room: Room) -> None:
    client = room.client()
    before = client.get("/feeds/all.atom").data
    room.put(an_article("other"))
    room.atom.fail = True
    assert client.get("/feeds/all.atom").data == before


def test_a_picture_is_served_for_ever(room: Room) -> None:
    kept = room.media.keep("chợ nổi.jpg", b"\xff\xd8picture")
    answer = room.client().get(kept.address)
    assert answer.data == b"\xff\xd8picture"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Vary" not in answer.headers
    again = room.client().get(kept.address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_health_is_that_the_process_answers(room: Room) -> None:
    room.shelf.fail = True
    answer = room.client().get("/healthz")
    assert (answer.status_code, answer.data.strip()) == (200, b"ok")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("ok", "status"), [(True, 200), (False, 503)])
def test_readiness_gives_its_grounds(room: Room, ok: bool, status: int) -> None:
    room.verdict = Readiness(ok, (Check("store", ok, "cơ sở dữ liệu"),))
    answer = room.client().get("/readyz")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert json.loads(answer.data) == {
        "ok": ok,
        "checks": [{"name": "store", "ok": ok, "message": "cơ sở dữ liệu"}],
    }


def test_robots_may_read_everything(client: FlaskClient) -> None:
    assert client.get("/robots.txt").data == b"User-agent: *\nAllow: /\n"


def test_the_style_sheet_is_ours_and_conditional(client: FlaskClient) -> None:
    answer = client.get("/static/style.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    again = client.get("/static/style.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_one_line_a_request_without_query_or_address(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "feedsvc.web.access"):
        client.get(
            "/feeds/all.atom?token=secret",
            headers={"User-Agent": "reader/1 (3 subscribers)" + "x" * 500, "Accept-Encoding": "gzip"},
        )
    (line,) = [record for record in caplog.records if record.name == "feedsvc.web.access"]
    fields = vars(line)
    assert (fields["method"], fields["path"], fields["status"]) == ("GET", "/feeds/all.atom", 200)
    assert fields["encoding"] == "gzip"
    assert fields["agent"].startswith("reader/1 (3 subscribers)")
    assert len(fields["agent"]) == 200
    assert (fields["if_none_match"], fields["if_modified_since"]) == (False, False)
    assert fields["bytes"] > 0
    assert "secret" not in str(fields)
    assert "127.0.0.1" not in str(fields)


def test_failures_and_304_are_logged_too(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "feedsvc.web.access"):
        client.get("/x%0d%0aforged")
        client.get("/feeds/all.atom", headers={"If-None-Match": "*"})
    failed, unchanged = (vars(record) for record in caplog.records if record.name == "feedsvc.web.access")
    assert (failed["path"], failed["status"]) == ("/x%0D%0Aforged", 404)
    assert (unchanged["status"], unchanged["bytes"], unchanged["if_none_match"]) == (304, 0, True)
