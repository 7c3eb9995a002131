"""`feedsvc apply` killed at any moment: the stored labels and feeds are those of one configuration, whole, each time.

Two configurations differ in one topic, which every article has under one of them alone. An apply from one to the other
is killed again and again, while a service serves and a scheduler polls; after each kill every article has it, or none.
Most of the applies are forked, so that there can be many; some are the command itself.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from feedsvc import bootstrap
from feedsvc.bootstrap import Services, applying, crew
from feedsvc.bootstrap.reading import plain_reader
from feedsvc.domain.applied import Applying
from feedsvc.domain.passes import Placed
from feedsvc.errors import NoRoom
from tests.e2e.newsroom import Newsroom, article
from tests.e2e.service import Service, eventually

from .conftest import SQLITE, Place
from .looking import looking
from .test_disk_full import small

log = logging.getLogger(__name__)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

ARTICLES = 60
"""More than the newest of a feed, and all of them shown, since they came today."""
KILLS = 40
KILLS_OF_COMMANDS = 4
TOPIC = '\n  - {id: thu-nghiem, title: {vi: "Thử nghiệm"}, any: ["công tác dân vận"]}\n'
LEFT = "SELECT count(*) FROM entries WHERE feed = 'topics/thu-nghiem' AND left_seq IS NULL"
LABELLED = "SELECT count(*) FROM labels WHERE slug = 'thu-nghiem' AND to_seq IS NULL"
OPEN = "SELECT count(*) FROM feeds WHERE path = 'topics/thu-nghiem' AND configured"
LIVE = "SELECT count(*) FROM articles WHERE withdrawn_at IS NULL"
TWICE = (
    "SELECT count(*) FROM (SELECT feed, article FROM entries WHERE left_seq IS NULL "
    "GROUP BY feed, article HAVING count(*) > 1) AS twice"
)
LEASE = timedelta(seconds=0.5)
LITTLE = 256 * 1024
"""Bytes that are left before the disk is full."""
ROUNDS = 200
"""Of staging, until the log of the database needs more room than it has."""


@dataclass
class Desk:
    """A newsroom whose topics are edited from one configuration to the other and back."""

    newsroom: Newsroom
    environment: dict[str, str]
    url: str
    chance: random.Random
    without: str
    seen: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def edit(self, with_topic: bool) -> None:
        (self.newsroom.config / "topics.yaml").write_text(self.without + (TOPIC if with_topic else ""), "utf-8")

    def services(self) -> Services:
        settings = bootstrap.read_settings(self.newsroom.config, self.environment)
        return Services(settings, reader=plain_reader())

    def look(self) -> bool:
        """Every article has the topic and stands in its feed, or none has; which of the two."""
        with looking(self.url) as look:
            look.assert_whole()
            live, left, labelled, opened = map(look.one, (LIVE, LEFT, LABELLED, OPEN))
            assert look.one(TWICE) == 0
        assert (left, labelled, opened) in {(0, 0, 0), (live, live, 1)}, (live, left, labelled, opened)
        self.seen[bool(opened)] += 1
        return bool(opened)


@contextmanager
def desk_at(place: Place) -> Iterator[Desk]:
    newsroom = Newsroom(place.folder)
    for number in range(ARTICLES):
        newsroom.drop(f"{number}.txt", article(f"Bài số {number}"))
    environment = newsroom.environment(FEEDSVC_DATABASE_URL=place.url)
    without = (newsroom.config / "topics.yaml").read_text("utf-8")
    desk = Desk(newsroom, environment, place.url, random.Random(6), without)
    command = [sys.executable, "-m", "feedsvc", "fetch"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    yield desk


def apply_in_a_fork(desk: Desk) -> int:
    """An apply in a process of its own, which takes as long as it takes; gives its number."""
    pid = os.fork()
    if pid == 0:
        setattr(applying, "LEASE", LEASE)  # noqa: B010  it was imported there
        crew.LEASE = LEASE
        try:
            with closing(desk.services()) as services:
                bootstrap.configure(services, rules=True, waiting=lambda _: None)
        finally:
            os._exit(0)
    return pid


def test_an_apply_that_is_killed_leaves_the_old_labels_or_the_new_ones(place: Place) -> None:
    with desk_at(place) as desk, published(desk):
        began = time.monotonic()
        desk.edit(True)
        os.waitpid(apply_in_a_fork(desk), 0)
        assert desk.look()
        took = time.monotonic() - began
        for number in range(KILLS):
            desk.edit(not desk.look())
            pid = apply_in_a_fork(desk)
            time.sleep(desk.chance.uniform(0.0, 1.2) * took)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            log.info("kill %s", number)
        desk.look()
        for _ in range(KILLS_OF_COMMANDS):
            desk.edit(not desk.look())
            command = subprocess.Popen([sys.executable, "-m", "feedsvc", "apply"], env=desk.environment)
            time.sleep(desk.chance.uniform(0.8, 2.0))
            command.kill()
            command.wait()
        with_topic = not desk.look()
        desk.edit(with_topic)
        # What a killed one held has to end first.
        done = subprocess.run(
            [sys.executable, "-m", "feedsvc", "apply"], env=desk.environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert desk.look() is with_topic
        assert min(desk.seen.values()) > 1, "kills came before and after it took effect"


@contextmanager
def published(desk: Desk) -> Iterator[None]:
    """A reader who asks all the time sees the feed whole, or not at all, or the topic's page."""
    enough, odd = Event(), list[str]()
    with Service(desk.newsroom, FEEDSVC_DATABASE_URL=desk.url) as service:
        service.wait_until_ready()

        def ask() -> None:
            while not enough.wait(0.05):
                answer = service.get("/feeds/topics/thu-nghiem.atom")
                count = answer.body.count(b"</entry>")
                if answer.status not in {200, 404} or (answer.status == 200 and count != ARTICLES):
                    odd.append(f"{answer.status}: {count}")

        asker = Thread(target=ask)
        asker.start()
        try:
            yield
        finally:
            enough.set()
            asker.join()
        assert odd == []
        assert eventually(lambda: service.get("/feeds/all.atom").body.count(b"</entry>") == ARTICLES)


def test_of_two_applies_at_once_one_waits_for_the_other(place: Place) -> None:
    with desk_at(place) as desk:
        desk.edit(True)
        both = [
            subprocess.Popen(
                [sys.executable, "-m", "feedsvc", "apply"],
                env=desk.environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        said = [one.communicate(timeout=60) for one in both]
        assert [one.returncode for one in both] == [0, 0], said
        assert sorted("Nothing to do" in out for out, _ in said) in ([False, True], [False, False])
        assert desk.look()


def test_an_apply_that_finds_no_room_changes_nothing_and_works_with_room(tmp_path: Path) -> None:
    with small(tmp_path / "data") as disk, desk_at(Place(SQLITE, tmp_path, f"sqlite:///{disk.folder}/f.db")) as desk:
        desk.edit(True)
        disk.fill(LITTLE)
        with closing(desk.services()) as services:
            one = services.store.begin_apply("the test", services.clock(), LEASE)
            look = services.store.look("", ARTICLES)
            placed = tuple(services.placing(seen.article for seen in look.articles))
            disk.fill()
            with pytest.raises(NoRoom):
                stage_again_and_again(services, one, placed)
        assert not desk.look()
        full = subprocess.run(
            [sys.executable, "-m", "feedsvc", "apply"], env=desk.environment, capture_output=True, check=False
        )
        assert full.returncode == 1
        assert not desk.look()
        disk.make_room()
        done = subprocess.run(
            [sys.executable, "-m", "feedsvc", "apply"], env=desk.environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert desk.look()


def stage_again_and_again(services: Services, one: Applying, placed: tuple[Placed, ...]) -> None:
    """Stage the same, and take it out, many times."""
    names = [each.article.id for each in placed]
    for _ in range(ROUNDS):
        for some in (placed, ()):
            services.store.stage(one, some, one.seq, services.clock() + LEASE, again=names)
