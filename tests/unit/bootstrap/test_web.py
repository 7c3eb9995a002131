"""The web takes a new configuration over between two requests."""

from __future__ import annotations

import gc
import json
import pickle
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server
from werkzeug.test import Client

from feedsvc import bootstrap
from feedsvc.bootstrap.following import Following
from feedsvc.bootstrap.web import Web
from feedsvc.domain.pending import Pending
from feedsvc.errors import Problem
from feedsvc.settings import Settings
from feedsvc.web.unapplied import Unapplied
from tests.e2e.newsroom import article
from tests.e2e.service import eventually

from .room import Room, claimed, edited

TOPIC = "/feeds/topics/thu-nghiem.atom"
WRONG = Problem("sources.yaml", 3, "sources[0].every", "must be a duration, not 'token=secret'")


class Desk:
    """A web over a room; `problems` are those of its configuration."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.services = room.services()
        self.problems: tuple[Problem, ...] = ()
        self.pending = Pending()
        self.web = Web(self.services, Unapplied(lambda: self.problems, lambda: self.pending))

    def status(self, path: str) -> int:
        return Client(self.web).get(path).status_code

    def configure(self, settings: Settings) -> None:
        """What a scheduler does."""
        bootstrap.configure(self.services.under(settings, "store"), rules=True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    room = Room.made(tmp_path)
    room.newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    made = Desk(room)
    with closing(made.services):
        bootstrap.run_pass(made.services, claimed(made.services, "dai-thu"))
        yield made


def test_what_was_read_before_the_fork_is_not_read_again_and_can_be_handed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room.made(tmp_path)
    monkeypatch.setenv("FEEDSVC_DATA_DIR", str(room.newsroom.data))
    known = pickle.loads(pickle.dumps(bootstrap.known_to_all(room.newsroom.config)))
    monkeypatch.setattr(Following, "read", None)
    with closing(bootstrap.Changing(room.newsroom.config, "web", known=known).services()) as services:
        assert services.settings == known.found.settings


def test_a_new_topic_has_no_feed_before_the_scheduler_has_configured_it(desk: Desk) -> None:
    settings = desk.room.add_topic("thu-nghiem")
    desk.web.take_over(edited(settings))
    assert [desk.status(path) for path in (TOPIC, "/topics/thu-nghiem", "/", "/opml")] == [404, 404, 200, 200]
    desk.configure(settings)
    assert [desk.status(path) for path in (TOPIC, "/topics/thu-nghiem")] == [200, 200]


def test_what_the_scheduler_has_configured_before_the_web_knows_it_fails_nothing(desk: Desk) -> None:
    desk.configure(desk.room.add_topic("thu-nghiem"))
    assert [desk.status(path) for path in (TOPIC, "/topics/thu-nghiem", "/", "/opml")] == [200, 404, 200, 200]


def test_what_was_applied_is_not_shown_half_before_the_web_takes_it_over(desk: Desk) -> None:
    overtaken = list[bool]()
    desk.web = Web(desk.services, Unapplied(overtaken=lambda: bool(overtaken)))
    feed, file = "/feeds/topics/dan-van.json", desk.room.newsroom.config / "topics.yaml"
    before = Client(desk.web).get(feed).json
    assert before is not None
    file.write_text(file.read_text("utf-8").replace("Dân vận", "Vận động").replace('"dân vận"', '"xyz"'), "utf-8")
    settings = desk.room.settings()
    desk.configure(settings)
    overtaken.append(True)
    assert Client(desk.web).get(feed).json == before
    overtaken.clear()
    desk.web.take_over(edited(settings))
    after = Client(desk.web).get(feed).json
    assert after is not None
    assert (after["title"], len(after["items"])) != (before["title"], len(before["items"]))


def test_a_topic_that_is_gone_fails_nothing_in_either_order(desk: Desk) -> None:
    before = desk.room.settings()
    settings = desk.room.add_topic("thu-nghiem")
    desk.configure(settings)
    desk.web.take_over(edited(settings))
    desk.web.take_over(edited(before))
    assert [desk.status(path) for path in (TOPIC, "/topics/thu-nghiem", "/feeds/all.atom")] == [200, 404, 200]
    desk.configure(before)
    assert eventually(lambda: [desk.status(path) for path in (TOPIC, "/feeds/all.atom")] == [404, 200])


def test_what_was_counted_does_not_fall(desk: Desk) -> None:
    assert desk.status("/feeds/all.atom") == 200
    desk.web.take_over(edited(desk.room.add_topic("thu-nghiem")))
    assert desk.status("/feeds/all.atom") == 200
    assert 'feedsvc_feed_requests_total{format="atom",status="200"} 2.0' in Client(desk.web).get("/metrics").text


@pytest.mark.slow
@pytest.mark.usefixtures("socket_enabled")
def test_no_request_fails_or_hangs_while_the_configuration_changes_ten_times(desk: Desk) -> None:
    settings = [desk.room.add_topic(f"thu-{number}") for number in range(10)]
    with served(desk.web) as port, asking(port) as statuses:
        for one in settings:
            desk.configure(one)
            desk.web.take_over(edited(one))
            before = len(statuses)
            # One that was asked for before, and one that was not.
            assert eventually(lambda: len(statuses) >= before + 2)  # noqa: B023
    assert set(statuses) == {200}
    assert desk.status("/feeds/topics/thu-9.atom") == 200


def test_nothing_is_left_of_applications_that_are_over(desk: Desk) -> None:
    gc.collect()
    before = living()
    for number in range(3):
        desk.web.take_over(edited(desk.room.add_topic(f"thu-{number}")))
        assert desk.status("/feeds/all.atom") == 200
    assert living() == before
    # granian copies the __dict__ of what it is given.
    assert not hasattr(desk.web, "__dict__")


def living() -> int:
    gc.unfreeze()  # what is frozen is told by nobody
    return sum(isinstance(one, Flask) for one in gc.get_objects())


def test_a_wrong_configuration_is_told_without_a_503_and_without_what_is_written_there(desk: Desk) -> None:
    answer = Client(desk.web).get("/readyz")
    assert check_of(answer.data) == {"name": "configuration", "ok": True, "message": ""}
    desk.problems = (WRONG, WRONG)
    answer = Client(desk.web).get("/readyz")
    assert answer.status_code == 200
    message = "changed, and wrong: sources.yaml:3 and 1 more"
    assert check_of(answer.data) == {"name": "configuration", "ok": False, "message": message}


@pytest.mark.parametrize("file", ["/etc/feedsvc", "feedsvc"])
def test_a_problem_without_a_line_is_told_by_the_name_alone(desk: Desk, file: str) -> None:
    desk.problems = (Problem(file, 0, "the configuration", "is no folder"),)
    assert check_of(Client(desk.web).get("/readyz").data)["message"] == "changed, and wrong: feedsvc"


def check_of(body: bytes) -> dict[str, object]:
    (found,) = (check for check in json.loads(body)["checks"] if check["name"] == "configuration")
    return dict(found)


@contextmanager
def served(web: Web) -> Iterator[int]:
    """The port at which a web answers."""
    server = make_server("127.0.0.1", 0, web, threaded=True)
    with in_thread(server.serve_forever):
        yield server.server_port
        server.shutdown()
    server.server_close()


@contextmanager
def asking(port: int) -> Iterator[list[int]]:
    """Somebody asks for one feed and one page after the other; the statuses of the answers."""
    statuses: list[int] = []
    enough = threading.Event()

    def ask() -> None:
        for path in cycle(("/feeds/all.atom", "/topics/dan-van")):
            if enough.is_set():
                return
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            with closing(connection):
                connection.request("GET", path)
                statuses.append(connection.getresponse().status)

    with in_thread(ask):
        yield statuses
        enough.set()


@contextmanager
def in_thread(work: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    yield
    thread.join()
