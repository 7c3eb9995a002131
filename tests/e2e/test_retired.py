"""Topics that ended: moved in one hop, a last entry, and gone, over a socket from a service that runs all the time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.rules import check

from .newsroom import Newsroom, article
from .service import Service, eventually
from .test_reload import Running

pytestmark = pytest.mark.slow

FORMATS = ("atom", "rss", "json")
ENDED = (datetime.now(UTC) - timedelta(days=5)).date()
ENDS = f"any: ['công tác dân vận'], until: {ENDED}"
TOPICS = f"""
  - {{id: thu, title: {{vi: "Thử"}}, {ENDS}, successor: dan-van, when_ended: redirect}}
  - {{id: chao, title: {{vi: "Chào"}}, {ENDS}, successor: thu, when_ended: gone}}
"""
LATER = '  - {id: sau, title: {vi: "Sau"}, any: ["công tác dân vận"]}\n'
ENDING = LATER.replace("]}\n", f"], until: {ENDED}, successor: chao, when_ended: redirect}}\n")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    newsroom = Newsroom(tmp_path_factory.mktemp("retired"))
    newsroom.drop("dau-tien.txt", article("Bài đầu tiên"), days_old=9)
    topics = newsroom.config / "topics.yaml"
    topics.write_text(topics.read_text("utf-8") + TOPICS + LATER, "utf-8")
    with Service(newsroom) as service:
        service.wait_until_ready()
        yield Running(newsroom, service)


def moved(service: Service, path: str) -> str:
    """Where a 301 leads, empty for any other answer."""
    with closing(HTTPConnection(service.address, timeout=10)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer.getheader("Location", "") if answer.status == 301 else ""


def replaced(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_topic_that_moved_is_found_in_one_hop_and_what_it_held_stands_there(running: Running) -> None:
    service = running.service
    for form in FORMATS:
        assert moved(service, f"/feeds/topics/thu.{form}") == f"{service.root}/feeds/topics/dan-van.{form}"
    there = service.get("/feeds/topics/dan-van.json")
    assert [item["title"] for item in json.loads(there.body)["items"]] == ["Bài đầu tiên"]
    assert service.get("/feeds/topics/thu.json", If_None_Match=there.headers["etag"]).status == 304, "at the target"
    assert moved(service, "/feeds/topics/thu/regions/dong-thap.rss").endswith("/topics/dan-van/regions/dong-thap.rss")
    assert moved(service, "/topics/thu") == f"{service.root}/topics/dan-van"


def test_a_topic_that_is_given_up_says_so_in_its_last_entry_and_then_is_gone(running: Running) -> None:
    service = running.service
    answers = {form: service.get(f"/feeds/topics/chao.{form}") for form in FORMATS}
    assert [check(form, one.body, now=datetime.now(UTC)) for form, one in answers.items()] == [[], [], []]
    feed = json.loads(answers["json"].body)
    assert [item["title"] for item in feed["items"]] == ["Nguồn tin “Chào” đã kết thúc", "Bài đầu tiên"]
    assert (feed["expired"], feed["items"][0]["url"]) == (True, f"{service.root}/topics/dan-van")
    assert service.get("/topics/chao").status == 200
    replaced(running.newsroom.config / "feedsvc.yaml", "feeds:\n", "feeds:\n  farewell: 1d\n")
    assert eventually(lambda: service.get("/feeds/topics/chao.atom").status == 410)
    gone = service.get("/feeds/topics/chao.rss")
    assert gone.body.decode() == f"410 Gone: this feed has ended; follow {service.root}/feeds/topics/dan-van.rss\n"
    assert service.get("/topics/chao").status == 410
    assert service.get("/feeds/topics/hoi.atom").status == 404


def test_a_topic_that_ends_by_an_apply_moves_at_once(running: Running) -> None:
    service = running.service
    assert service.get("/feeds/topics/sau.atom").status == 200
    replaced(running.newsroom.config / "topics.yaml", LATER, ENDING)
    assert running.command("apply").returncode == 0
    there = f"{service.root}/feeds/topics/dan-van.atom"
    assert eventually(lambda: moved(service, "/feeds/topics/sau.atom") == there)
    assert "/topics/sau" not in running.page("/") + running.page("/opml")
