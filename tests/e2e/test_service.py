"""The whole service over real sockets: `feedsvc run`, a document dropped, feeds read, processes ended."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from feedsvc.running.precedence import STEP
from tests.rules import check, ids_of

from .newsroom import ROOT, Newsroom, article
from .service import Service, eventually

pytestmark = pytest.mark.slow

SAMPLES = ROOT / "config" / "samples"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The bundled newsroom, running, its samples taken in."""
    newsroom = Newsroom(tmp_path_factory.mktemp("sample"), (ROOT / "config" / "sources.yaml").read_text("utf-8"))
    shutil.rmtree(newsroom.data / "inbox")
    shutil.copytree(SAMPLES, newsroom.data / "inbox")
    with Service(newsroom) as service:
        service.wait_until_ready()
        yield service


def feeds(service: Service) -> list[str]:
    page = service.get("/").body.decode()
    return sorted({part.split('"')[0] for part in page.split('href="')[1:] if ".atom" in part.split('"')[0]})


def test_its_last_lines_are_the_address_and_a_feed(sample: Service) -> None:
    assert sample.said[-2:] == [f"Open       {sample.root}/", f"Subscribe  {sample.root}/feeds/all.atom"]


def test_the_samples_are_there_by_topic_and_by_region(sample: Service) -> None:
    found = json.loads(sample.get("/feeds/topics/dan-van.json").body)
    assert len(found["items"]) >= 1
    everything = json.loads(sample.get("/feeds/all.json").body)
    assert len(everything["items"]) == len([path for path in SAMPLES.rglob("*.*") if path.suffix in DOCUMENTS])


DOCUMENTS = {".txt", ".md", ".html", ".json"}


def test_every_listed_feed_is_valid_and_equal_in_three_formats(sample: Service) -> None:
    addresses = [address.removeprefix(sample.root).removesuffix(".atom") for address in feeds(sample)]
    assert len(addresses) > 90
    now = datetime.now(UTC)
    for path in addresses:
        bodies = {form: sample.get(f"{path}.{form}").body for form in ("atom", "rss", "json")}
        assert {form: check(form, body, now=now) for form, body in bodies.items()} == {form: [] for form in bodies}
        ids = [ids_of(form, body) for form, body in bodies.items()]
        assert ids[0] == ids[1] == ids[2], path


def test_a_topic_in_a_region_is_a_feed_of_its_own(sample: Service) -> None:
    inside = set(ids_of("atom", sample.get("/feeds/topics/dan-van/regions/dong-thap.atom").body))
    topic = set(ids_of("atom", sample.get("/feeds/topics/dan-van.atom").body))
    region = set(ids_of("atom", sample.get("/feeds/regions/dong-thap.atom").body))
    assert inside == topic & region
    assert inside


def test_an_unknown_topic_is_404_and_an_empty_one_a_feed(sample: Service) -> None:
    assert sample.get("/feeds/topics/nothing.atom").status == 404
    empty = sample.get("/feeds/topics/religion/regions/ca-mau.rss")
    assert (empty.status, check("rss", empty.body, now=datetime.now(UTC))) == (200, [])


def test_a_second_poll_costs_a_304_in_every_coding_and_format(sample: Service) -> None:
    for form in ("atom", "rss", "json"):
        path = f"/feeds/all.{form}"
        plain = sample.get(path)
        packed = sample.get(path, Accept_Encoding="gzip")
        assert gzip.decompress(packed.body) == plain.body
        for first in (plain, packed):
            again = sample.get(path, If_None_Match=first.headers["etag"])
            assert (again.status, again.body) == (304, b"")
        head = sample.get(path, method="HEAD")
        assert (head.status, head.headers["content-length"]) == (200, str(len(plain.body)))


def test_a_date_alone_is_enough_for_a_feed_that_did_not_change_twice_in_a_second(sample: Service) -> None:
    quiet_feed = "/feeds/topics/religion/regions/ca-mau.atom"
    since = sample.get(quiet_feed).headers["last-modified"]
    assert sample.get(quiet_feed, If_Modified_Since=since).status == 304


def test_pictures_and_articles_answer_at_the_addresses_that_feeds_give(sample: Service) -> None:
    items = json.loads(sample.get("/feeds/all.json").body)["items"]
    pictures = [item["image"] for item in items if "image" in item]
    assert len(pictures) >= 4
    for address in [*pictures, *(item["url"] for item in items)]:
        assert sample.get(address.removeprefix(sample.root)).status == 200


def test_a_dropped_document_is_published_corrected_and_withdrawn(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    with Service(newsroom) as service:
        service.wait_until_ready()

        def titles() -> list[str]:
            found = feedparser.parse(io.BytesIO(service.get("/feeds/regions/tien-giang.atom").body))
            return [entry.title for entry in found.entries]

        assert titles() == ["Bài đầu tiên"]
        first = feedparser.parse(io.BytesIO(service.get("/feeds/all.atom").body)).entries[0]
        newsroom.drop("thu-hai.txt", article("Bài thứ hai"), days_old=0.5)
        assert eventually(lambda: sorted(titles()) == ["Bài thứ hai", "Bài đầu tiên"])
        newsroom.drop("dau-tien.txt", article("Bài đầu tiên, đã sửa"), days_old=0.4)
        assert eventually(lambda: "Bài đầu tiên, đã sửa" in titles())
        entries = feedparser.parse(io.BytesIO(service.get("/feeds/all.atom").body)).entries
        (corrected,) = (entry for entry in entries if entry.id == first.id)
        assert corrected.published == first.published
        assert corrected.updated > first.updated


def test_term_ends_both_processes_and_leaves_none(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    with Service(newsroom) as service:
        service.wait_until_ready()
        began = time.monotonic()
        assert service.stop(signal.SIGTERM) == 0
        assert time.monotonic() - began < 10
        assert eventually(lambda: not mine(newsroom), 5)


def test_where_both_want_the_processor_the_web_goes_first(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    with Service(newsroom) as service:
        service.wait_until_ready()

        def nice(command: str) -> int:
            return max(os.getpriority(os.PRIO_PROCESS, pid) for pid in mine(newsroom, command))

        assert eventually(lambda: nice("schedule") == nice("serve") + STEP)


def test_ctrl_c_ends_it_too(tmp_path: Path) -> None:
    with Service(Newsroom(tmp_path)) as service:
        service.wait_until_ready()
        assert service.stop(signal.SIGINT) == 0


def test_a_killed_process_is_started_again_and_feeds_answer(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    with Service(newsroom) as service:
        service.wait_until_ready()
        for command in ("schedule", "serve"):
            for pid in mine(newsroom, command):
                os.kill(pid, signal.SIGKILL)
            assert eventually(lambda: quiet(service) == 200)
        assert eventually(lambda: mine(newsroom, "schedule") and mine(newsroom, "serve"))


def test_a_second_service_on_the_port_says_so_and_ends(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    with Service(newsroom) as service:
        service.wait_until_ready()
        second = Service(newsroom)
        second.address = service.address
        second._environment["FEEDSVC_BIND"] = service.address
        with second:
            assert second.process is not None
            assert second.process.wait(30) == 1


def quiet(service: Service) -> int:
    """The status of the feed of everything, 0 while nobody answers."""
    try:
        return service.get("/feeds/all.atom").status
    except OSError:
        return 0


def mine(newsroom: Newsroom, command: str = "") -> list[int]:
    """The processes of a newsroom, by its configuration in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit() or str(newsroom.config).encode() not in (entry / "environ").read_bytes():
                continue
            line = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"feedsvc" in line and (not command or command.encode() in line):
            found.append(int(entry.name))
    return found


def test_a_broken_configuration_is_told_once_and_nothing_is_started(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path, "sources:\n  - {id: Xấu, kind: documents, path: inbox, title: T}\n  - {id: b}\n")
    shutil.rmtree(newsroom.data / "inbox")
    service = Service(newsroom)
    with service:
        assert service.process is not None
        assert service.process.wait(60) == 1
    said = (newsroom.data / "service.log").read_text("utf-8")
    problems = [line for line in said.splitlines() if line.startswith("sources.yaml:")]
    assert len(problems) == len(set(problems)) == 3
    assert sorted(path.name for path in newsroom.data.iterdir()) == ["service.log"]
    assert not mine(newsroom)
