"""The service in numbers: what a Prometheus reads at /metrics."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from feedsvc import __version__
from feedsvc.domain.passes import Outcome
from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.status import Tally
from feedsvc.web.metrics import LATE, Reading, Readings
from feedsvc.web.traffic import Counts
from tests.conftest import ROOT

from .room import CONTENTS, GZIP, NOON, TALLY, Room

FEED = "/feeds/all.atom"
AWAY = {
    "feedsvc_build_info",
    "feedsvc_database_up",
    "feedsvc_feed_requests",
    "feedsvc_feed_response_bytes",
    "feedsvc_feed_whole_answers",
}
ALL = {
    *AWAY,
    "feedsvc_articles",
    "feedsvc_scheduler_last_tick_age_seconds",
    "feedsvc_sources",
    "feedsvc_sources_due",
    "feedsvc_source_verdicts",
}


def read(client: FlaskClient) -> dict[str, Metric]:
    """The families of the page, by name."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def number(client: FlaskClient, name: str, **labels: str) -> float | None:
    """One sample, None where it is not there."""
    samples = (sample for family in read(client).values() for sample in family.samples)
    return next((one.value for one in samples if (one.name, one.labels) == (name, labels)), None)


def test_the_page_is_the_text_format_and_never_kept(client: FlaskClient) -> None:
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    head = client.head("/metrics")
    assert (head.status_code, head.data) == (200, b"")


def test_what_is_on_it_is_feedsvcs_own_and_nothing_else(client: FlaskClient) -> None:
    families = read(client)
    assert set(families) == ALL
    assert {name: family.type for name, family in families.items() if family.type != "gauge"} == {
        "feedsvc_feed_requests": "counter",
        "feedsvc_feed_response_bytes": "counter",
        "feedsvc_feed_whole_answers": "counter",
    }
    assert all(family.documentation for family in families.values())
    assert "_created" not in client.get("/metrics").text


def test_every_name_and_label_stands_in_the_documentation(client: FlaskClient) -> None:
    page = (ROOT / "docs" / "operating.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `(feedsvc_\w+)(\{[\w,]+\})?`", page, re.M))
    samples = [sample for family in read(client).values() for sample in family.samples]
    assert told == {one.name: f"{{{','.join(one.labels)}}}" if one.labels else "" for one in samples}


def test_the_numbers_are_those_of_the_store(client: FlaskClient) -> None:
    assert number(client, "feedsvc_build_info", version=__version__) == 1
    assert number(client, "feedsvc_database_up") == 1
    assert number(client, "feedsvc_scheduler_last_tick_age_seconds") == 2
    assert number(client, "feedsvc_sources_due") == 3
    assert number(client, "feedsvc_articles") == 41


def test_every_outcome_has_a_number_also_where_no_source_has_it(client: FlaskClient) -> None:
    found = {one.labels["outcome"]: one.value for one in read(client)["feedsvc_sources"].samples}
    none = {str(outcome): 0 for outcome in Outcome}
    assert found == {**none, "never": 2, "unchanged": 5, "fetch failed": 1}


def test_every_verdict_has_a_number_also_where_no_source_has_it(client: FlaskClient) -> None:
    found = {one.labels["verdict"]: one.value for one in read(client)["feedsvc_source_verdicts"].samples}
    assert found == {**dict.fromkeys(map(str, VerdictKind), 0), "fresh": 6, "silent": 2}


def test_a_source_is_due_when_its_poll_is_a_minute_late(room: Room) -> None:
    room.client().get("/metrics")
    assert room.late_before == [NOON - timedelta(minutes=1)]


def test_without_a_scheduler_there_is_no_age(room: Room) -> None:
    room.tally = replace(TALLY, heartbeat=None)
    assert number(room.client(), "feedsvc_scheduler_last_tick_age_seconds") is None


def test_a_scheduler_whose_clock_is_ahead_is_not_younger_than_nothing(room: Room) -> None:
    room.tally = replace(TALLY, heartbeat=NOON + timedelta(seconds=9))
    assert number(room.client(), "feedsvc_scheduler_last_tick_age_seconds") == 0


def test_with_the_database_away_the_page_says_so_and_keeps_what_it_knows(room: Room) -> None:
    room.tally = None
    client = room.client()
    client.get(FEED)
    assert set(read(client)) == AWAY
    assert number(client, "feedsvc_database_up") == 0
    assert number(client, "feedsvc_feed_requests_total", format="atom", status="200") == 1


def test_the_store_is_asked_once_in_five_seconds_however_many_ask(room: Room) -> None:
    client = room.client()
    for seconds, asked in ((0, 1), (4, 1), (5, 2), (9, 2), (10, 3)):
        room.now = NOON + timedelta(seconds=seconds)
        client.get("/metrics")
        assert len(room.late_before) == asked


def test_a_database_that_is_away_is_not_asked_more_often_and_comes_back(room: Room) -> None:
    room.tally, client = None, room.client()
    assert [number(client, "feedsvc_database_up") for _ in range(3)] == [0, 0, 0]
    room.tally = TALLY
    assert len(room.late_before) == 1
    room.now += timedelta(seconds=5)
    assert number(client, "feedsvc_database_up") == 1


def test_a_clock_that_is_put_back_does_not_keep_an_old_reading(room: Room) -> None:
    client = room.client()
    client.get("/metrics")
    room.tally, room.now = Tally(sources={}, verdicts={}, late=0, articles=7, heartbeat=None), NOON - timedelta(days=1)
    assert number(client, "feedsvc_articles") == 7


def test_requests_for_feeds_are_counted_by_format_and_status(client: FlaskClient) -> None:
    first = client.get(FEED)
    client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    client.get("/feeds/topics/nothing.rss")
    client.post("/feeds/all.json")
    requests = {"atom 200": 1, "atom 304": 1, "rss 404": 1, "rss 200": 0, "rss 304": 0}
    requests |= {"json 405": 1, "json 200": 0, "json 304": 0}
    samples = read(client)["feedsvc_feed_requests"].samples
    assert {f"{one.labels['format']} {one.labels['status']}": one.value for one in samples} == requests


def test_bytes_are_those_that_were_sent(client: FlaskClient) -> None:
    plain, packed = client.get(FEED), client.get(FEED, headers=GZIP)
    client.head(FEED)
    client.get(FEED, headers={"If-None-Match": plain.headers["ETag"]})
    sent = len(plain.data) + len(packed.data)
    assert number(client, "feedsvc_feed_response_bytes_total", format="atom") == sent
    assert number(client, "feedsvc_feed_response_bytes_total", format="rss") == 0


def test_28_feeds_that_were_sent_whole_are_counted_by_whether_a_condition_could_have_spared_them(
    client: FlaskClient,
) -> None:
    first = client.get(FEED)
    client.get(FEED, headers={"If-None-Match": '"old"'})
    client.get(FEED, headers={"If-Modified-Since": "Sun, 01 Mar 2026 00:00:00 GMT"})
    client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    client.head(FEED)
    client.get("/feeds/topics/nothing.atom")
    assert number(client, "feedsvc_feed_whole_answers_total", format="atom", conditional="no") == 1
    assert number(client, "feedsvc_feed_whole_answers_total", format="atom", conditional="yes") == 2
    assert number(client, "feedsvc_feed_whole_answers_total", format="rss", conditional="no") == 0


def test_failures_of_the_store_are_counted_too(room: Room) -> None:
    room.shelf.fail, client = True, room.client()
    client.get(FEED)
    assert number(client, "feedsvc_feed_requests_total", format="atom", status="503") == 1


def test_what_clients_make_up_is_one_number(client: FlaskClient) -> None:
    for made_up in ("all.xml", "all", "all.a", "all.b", 'all."}', "topics/the-thao", "all.atom.gz", "all.ATOM"):
        client.get(f"/feeds/{made_up}")
    assert number(client, "feedsvc_feed_requests_total", format="other", status="404") == 8
    assert len(read(client)["feedsvc_feed_requests"].samples) == 7


def test_what_is_no_feed_is_not_counted(client: FlaskClient) -> None:
    before = client.get("/metrics").text
    for path in ("/", "/feeds", "/opml", "/all.atom", "/static/x.atom", "/metrics"):
        client.get(path)
    assert client.get("/metrics").text == before


def test_counts_of_one_web_are_not_those_of_another(room: Room) -> None:
    one, other = room.client(), Room().client()
    one.get(FEED)
    assert number(one, "feedsvc_feed_requests_total", format="atom", status="200") == 1
    assert number(other, "feedsvc_feed_requests_total", format="atom", status="200") == 0


def test_whoever_waited_for_a_store_that_is_slow_does_not_ask_it_again(room: Room) -> None:
    asked = list[datetime]()

    def slow(due_before: datetime) -> Tally:
        asked.append(due_before)
        room.now += timedelta(minutes=1)
        return TALLY

    readings = Readings(slow, lambda: room.now)
    assert readings.newest() == readings.newest() == Reading(at=NOON, told=NOON + timedelta(minutes=1), tally=TALLY)
    assert asked == [NOON - LATE]


def test_it_names_no_feed_no_source_and_no_address(room: Room) -> None:
    """T54"""
    client = room.client()
    for listed in CONTENTS.every():
        client.get(f"/feeds/{listed.key.path}.atom?token=s3cret", headers={"User-Agent": "s3cret"})
    text = client.get("/metrics").text
    for hidden in ("s3cret", "127.0.0.1", "example", "dong-thap", "bao-song", "the-thao", "Tin Ba Sông"):
        assert hidden not in text


def test_a_scrape_is_no_line_of_the_log(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    client.get("/metrics")
    assert caplog.records == []


def test_counting_is_of_whole_paths_below_feeds() -> None:
    counts = Counts(["atom"])
    counts.count("/feeds/all.atom", 200, 10)
    counts.count("/feedsall.atom", 200, 10)
    assert counts.so_far().sizes == {"atom": 10}
