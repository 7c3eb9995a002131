"""T43: a configuration that changes under a running service: taken over whole or not at all, failing no request."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest

from .newsroom import SOURCES, Newsroom, article
from .service import Service, eventually

pytestmark = pytest.mark.slow

RELOADS = 10
NEW_TOPIC = '\n  - {{id: {id}, title: {{vi: "{title}"}}, any: ["công tác dân vận"]}}\n'
IN_FORCE = "the changed configuration is in force"
ASKED = ("/", "/feeds/all.atom", "/feeds/topics/dan-van.rss", "/feeds/regions/tien-giang.json", "/topics/dan-van")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what a process holds back is told by Linux alone")
@pytest.mark.parametrize("command", ["schedule", "serve"])
def test_a_hangup_in_the_first_moments_ends_nothing(tmp_path: Path, command: str) -> None:
    with Service(Newsroom(tmp_path), command) as service:
        assert service.process is not None
        pid = service.process.pid
        assert eventually(lambda: holds_hangups_back(pid))
        os.kill(pid, signal.SIGHUP)
        assert eventually(lambda: not holds_hangups_back(pid))
        with pytest.raises(subprocess.TimeoutExpired):
            service.process.wait(1)


def holds_hangups_back(pid: int) -> bool:
    """Whether a process has blocked HUP (proc(5))."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    blocked = next(line for line in status.splitlines() if line.startswith("SigBlk:"))
    return bool(int(blocked.split()[1], 16) & 1 << (signal.SIGHUP - 1))


class Running:
    """A service of one source and one article."""

    def __init__(self, newsroom: Newsroom, service: Service) -> None:
        self.newsroom = newsroom
        self.service = service
        self._as_they_were = {name: self.file(name).read_text("utf-8") for name in ("topics.yaml", "sources.yaml")}

    def file(self, name: str) -> Path:
        return self.newsroom.config / name

    def add_topic(self, slug: str, title: str) -> None:
        self.file("topics.yaml").write_text(self._as_they_were["topics.yaml"] + topic(slug, title), "utf-8")

    def restore(self) -> None:
        for name, text in self._as_they_were.items():
            self.file(name).write_text(text, "utf-8")

    def titles(self, path: str) -> list[str] | None:
        """The titles of a feed's entries; None where there is no such feed."""
        answer = self.service.get(f"{path}.json")
        assert answer.status in {200, 404}
        return [item["title"] for item in json.loads(answer.body)["items"]] if answer.status == 200 else None

    def page(self, path: str = "/") -> str:
        return self.service.get(path).body.decode()

    def check(self, name: str) -> tuple[bool, str]:
        """What /readyz says of one thing."""
        answer = self.service.get("/readyz")
        assert answer.status == 200
        found = {check["name"]: check for check in json.loads(answer.body)["checks"]}
        return found[name]["ok"], found[name]["message"]

    def log(self) -> list[dict[str, object]]:
        lines = (self.newsroom.data / "service.log").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command beside the service, over the same files and the same database."""
        argv = [sys.executable, "-m", "feedsvc", *arguments]
        environment = self.newsroom.environment(FEEDSVC_BIND=self.service.address, FEEDSVC_PUBLIC_URL=self.service.root)
        return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)

    def hang_up(self) -> None:
        assert self.service.process is not None
        self.service.process.send_signal(signal.SIGHUP)

    @contextmanager
    def asked_all_the_time(self) -> Iterator[Counter[int]]:
        """Somebody asks for one address after the other, on one connection; how often each status was answered."""
        found, enough = Counter[int](), Event()

        def ask() -> None:
            connection = HTTPConnection(self.service.address, timeout=10)
            while not enough.is_set():
                for path in ASKED:
                    connection.request("GET", path)
                    answer = connection.getresponse()
                    answer.read()
                    found[answer.status] += 1
            connection.close()

        askers = [Thread(target=ask) for _ in range(2)]
        for one in askers:
            one.start()
        try:
            yield found
        finally:
            enough.set()
            for one in askers:
                one.join()


def topic(slug: str, title: str) -> str:
    return NEW_TOPIC.format(id=slug, title=title)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    newsroom = Newsroom(tmp_path_factory.mktemp("reload"))
    newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    with Service(newsroom) as service:
        service.wait_until_ready()
        yield Running(newsroom, service)


@pytest.fixture
def running(service: Running) -> Iterator[Running]:
    yield service
    service.restore()
    service.hang_up()
    assert eventually(lambda: "/feeds/topics/thu" not in service.page() and service.check("configuration")[0])


def test_a_new_topic_has_its_page_and_its_feed_with_what_was_stored_before(running: Running) -> None:
    assert running.titles("/feeds/topics/thu-nghiem") is None
    running.add_topic("thu-nghiem", "Thử nghiệm")
    pending = "pending: 1 topic differs from what is applied, run `feedsvc plan`"
    assert eventually(lambda: running.check("configuration") == (True, pending))
    assert eventually(lambda: [line["event"] for line in running.log()].count(pending) == 1)
    assert running.titles("/feeds/topics/thu-nghiem") is None
    assert running.command("apply").returncode == 0
    assert running.titles("/feeds/topics/thu-nghiem") == ["Bài đầu tiên"], "at once, whoever serves"
    assert eventually(lambda: running.check("configuration") == (True, ""))
    assert eventually(lambda: "Bài đầu tiên" in running.page("/topics/thu-nghiem"))
    assert "Thử nghiệm" in running.page()
    assert running.titles("/feeds/topics/dan-van") == ["Bài đầu tiên"]


def test_a_new_source_is_polled_and_one_that_is_gone_has_no_feed(running: Running) -> None:
    (running.newsroom.data / "inbox" / "dai-moi").mkdir()
    running.newsroom.drop("../dai-moi/bai.txt", article("Bài của đài mới"))
    running.file("sources.yaml").write_text(SOURCES.replace("dai-thu", "dai-moi"), "utf-8")
    assert eventually(lambda: running.titles("/feeds/sources/dai-moi") == ["Bài của đài mới"])
    assert eventually(lambda: running.titles("/feeds/sources/dai-thu") is None)
    running.restore()
    assert eventually(lambda: running.titles("/feeds/sources/dai-thu") == ["Bài đầu tiên"])


def test_a_broken_one_stops_nothing_is_told_with_its_line_and_goes_on_when_it_is_mended(running: Running) -> None:
    broken = SOURCES + "  - {id: dai-hai, kind: documents, every: never, title: Hai, path: inbox/hai}\n"
    running.file("sources.yaml").write_text(broken, "utf-8")
    line = broken.count("\n")
    assert eventually(lambda: running.check("configuration") == (False, f"changed, and wrong: sources.yaml:{line}"))
    assert eventually(lambda: told(running))
    running.newsroom.drop("thu-hai.txt", article("Bài thứ hai"), days_old=0.5)
    assert eventually(lambda: "Bài thứ hai" in (running.titles("/feeds/all") or ()))
    # A second time it would be told by now: a pass came after it.
    assert [(one["file"], one["line"], one["key"], one["level"]) for one in told(running)] == [
        ("sources.yaml", line, "sources[1].every", "error")
    ]
    running.restore()
    running.add_topic("thu-lai", "Thử lại")
    running.hang_up()
    assert eventually(lambda: "Bài đầu tiên" in (running.titles("/feeds/topics/thu-lai") or ()))
    assert eventually(lambda: running.check("configuration") == (True, ""))


def told(running: Running) -> list[dict[str, object]]:
    return [line for line in running.log() if "not taken over" in str(line["event"])]


def test_a_web_server_alone_tells_itself_what_is_wrong(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    with Service(newsroom, "serve") as service:
        running = Running(newsroom, service)
        assert eventually(lambda: answers(service))
        running.file("sources.yaml").write_text("sources: none\n", "utf-8")
        running.hang_up()
        assert eventually(lambda: [(one["file"], one["line"]) for one in told(running)] == [("sources.yaml", 1)])
        running.restore()
        assert eventually(lambda: "as it was before" in str(running.log()[-1]["event"]))


def answers(service: Service) -> bool:
    try:
        return service.get("/healthz").status == 200
    except OSError:
        return False


def test_a_hangup_of_the_supervisor_has_both_read_again_what_looks_unchanged(running: Running) -> None:
    running.add_topic("thu-nghiem", "Một")
    running.hang_up()
    assert eventually(lambda: running.titles("/feeds/topics/thu-nghiem"))
    assert eventually(lambda: "Một" in running.page("/topics/thu-nghiem"))
    # As long, in the same file, at the same time: only whoever reads it knows.
    known, in_force = running.file("topics.yaml").stat(), taken_over(running)
    running.add_topic("thu-nghiem", "Bốn")
    os.utime(running.file("topics.yaml"), ns=(known.st_atime_ns, known.st_mtime_ns))
    running.hang_up()
    assert eventually(lambda: "Bốn" in running.page("/topics/thu-nghiem"))
    assert eventually(lambda: taken_over(running) == in_force + Counter(("scheduler", "web")))


def taken_over(running: Running) -> Counter[object]:
    return Counter(line["where"] for line in running.log() if line["event"] == IN_FORCE)


def test_no_request_fails_during_ten_reloads(running: Running) -> None:
    with running.asked_all_the_time() as found:
        for number in range(RELOADS):
            running.add_topic("thu-nghiem", f"Lần {number}")
            running.hang_up()
            assert eventually(lambda: f"Lần {number}" in running.page("/topics/thu-nghiem"))  # noqa: B023
    assert set(found) == {200}
    assert found[200] > 10 * RELOADS
    assert not [line for line in running.log() if line["level"] in {"warning", "critical"}]


def test_wrong_topics_are_told_with_their_line_and_change_nothing(running: Running) -> None:
    lines = running.file("topics.yaml").read_text("utf-8").count("\n") + 1
    running.file("topics.yaml").write_text(running.file("topics.yaml").read_text("utf-8") + "\n  - {id: X}\n", "utf-8")
    wrong = f"pending, and wrong: topics.yaml:{lines + 1} and 1 more, run `feedsvc check`"
    assert eventually(lambda: running.check("configuration") == (True, wrong))
    running.hang_up()
    assert eventually(lambda: len(told(running)) >= 2)
    assert running.command("apply").returncode == 1
    assert "nothing was applied" in running.command("apply").stderr
    assert "Bài đầu tiên" in (running.titles("/feeds/topics/dan-van") or ())


def test_a_restart_goes_on_with_what_is_applied_whatever_the_files_say(tmp_path: Path) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    with Service(newsroom) as service:
        service.wait_until_ready()
        running = Running(newsroom, service)
        assert eventually(lambda: running.titles("/feeds/topics/dan-van") == ["Bài đầu tiên"])
    running.add_topic("thu-nghiem", "Thử nghiệm")
    with Service(newsroom) as service:
        service.wait_until_ready()
        running = Running(newsroom, service)
        assert running.titles("/feeds/topics/thu-nghiem") is None
        assert running.titles("/feeds/topics/dan-van") == ["Bài đầu tiên"]
        assert eventually(lambda: running.check("configuration")[1].startswith("pending: 1 topic differs"))
    running.file("topics.yaml").write_text("topics: none\n", "utf-8")
    with Service(newsroom) as service:
        service.wait_until_ready()
        running = Running(newsroom, service)
        assert eventually(lambda: running.check("configuration")[1].startswith("pending, and wrong: topics.yaml:1"))
        assert running.titles("/feeds/topics/dan-van") == ["Bài đầu tiên"]
        newsroom.drop("thu-hai.txt", article("Bài thứ hai"), days_old=0.5)
        assert eventually(lambda: "Bài thứ hai" in (running.titles("/feeds/topics/dan-van") or ()))
