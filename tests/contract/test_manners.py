"""What other programs may expect of a good server: items 24 to 29."""

from __future__ import annotations

import json
import re

import pytest

from tests.e2e.service import eventually
from tests.rules import read

from .publisher import FEEDS, FORMS, WINDOW, Publisher
from .test_http import EVERYTHING

pytestmark = pytest.mark.slow


def test_24_every_origin_may_read_without_credentials(publisher: Publisher) -> None:
    for path in FEEDS:
        for form in FORMS:
            reply = publisher.ask(f"/feeds/{path}.{form}", Origin="https://reader.example")
            assert reply["Access-Control-Allow-Origin"] == "*"
            assert reply["Access-Control-Expose-Headers"] == "ETag, Link"
            assert not reply.has("Access-Control-Allow-Credentials")


def test_25_a_browser_takes_a_document_for_what_it_says_and_runs_nothing(publisher: Publisher) -> None:
    for target in (*EVERYTHING, "/feeds/nothing.atom", "/feeds/regions/go-cong.rss"):
        reply = publisher.ask(target)
        assert reply["X-Content-Type-Options"] == "nosniff", target
        assert "default-src 'none'" in reply["Content-Security-Policy"]


def test_25_robots_may_come(publisher: Publisher) -> None:
    reply = publisher.ask("/robots.txt")
    assert (reply.status, reply["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert b"Disallow: /\n" not in reply.body + b"\n"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_26_other_methods_are_told_which_are_allowed(publisher: Publisher, method: str) -> None:
    for target in EVERYTHING:
        reply = publisher.ask(target, method, Content_Length="0")
        assert (reply.status, reply["Allow"]) == (405, "GET, HEAD"), target
        assert reply["Cache-Control"] == "no-store"


def test_27_one_connection_serves_request_after_request(publisher: Publisher) -> None:
    with publisher.connection() as wire:
        whole = wire.ask("/feeds/all.atom")
        for _ in range(3):
            assert wire.ask("/feeds/all.atom", If_None_Match=whole["ETag"]).status == 304
            assert wire.ask("/feeds/all.atom", "HEAD").status == 200
            assert wire.ask("/feeds/regions/go-cong.atom").status == 301
            assert wire.ask("/feeds/nothing.atom").status == 404
            assert wire.ask("/feeds/all.atom").body == whole.body


def test_28_the_log_tells_who_asked_for_what_and_how(publisher: Publisher) -> None:
    agent = "Feedly/1.0 (28 subscribers)"
    tag = publisher.ask("/feeds/all.rss", User_Agent=agent, Accept_Encoding="gzip")["ETag"]
    publisher.ask("/feeds/all.rss", User_Agent=agent, If_None_Match=tag)

    def told() -> list[tuple[object, ...]]:
        text = (publisher.newsroom.data / "service.log").read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines() if "28 subscribers" in line]
        return [tuple(line[key] for key in ("agent", "status", "encoding", "if_none_match")) for line in lines]

    expected = [(agent, 200, "gzip", False), (agent, 304, "identity", True)]
    assert eventually(lambda: told() == expected, 5), told()


def test_28_the_numbers_tell_who_asks_without_a_condition(publisher: Publisher) -> None:
    def whole(conditional: str) -> float:
        text = publisher.ask("/metrics").body.decode()
        told = rf'feedsvc_feed_whole_answers_total{{conditional="{conditional}",format="json"}} ([0-9.]+)'
        return sum(float(number) for number in re.findall(told, text))

    without, with_one = whole("no"), whole("yes")
    tag = publisher.ask("/feeds/all.json")["ETag"]
    publisher.ask("/feeds/all.json", If_None_Match=publisher.ask("/feeds/all.rss")["ETag"])
    publisher.ask("/feeds/all.json", If_None_Match=tag)
    assert (whole("no") - without, whole("yes") - with_one) == (1, 1)


def test_29_a_feed_holds_what_is_configured_and_is_small(publisher: Publisher) -> None:
    for form in FORMS:
        body = publisher.document("all", form)
        assert WINDOW <= len(read(form, body)) <= 2 * WINDOW
        assert len(body) < 512 * 1024
