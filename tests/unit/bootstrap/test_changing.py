"""What a process knows of a configuration that another one applied and that it is about to take over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

import pytest

from feedsvc import bootstrap
from feedsvc.bootstrap.following import Read
from feedsvc.bootstrap.reloading import Changing
from tests.e2e.service import eventually

from .room import Room


class Watched:
    """A process over a room, in which the first configuration is applied, and what it has taken over since."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.changing = Changing(room.newsroom.config, "web")
        self.services = self.changing.services()
        self.taken: SimpleQueue[Read] = SimpleQueue()
        bootstrap.configure(self.services)

    def apply(self, slug: str) -> None:
        """One topic more, applied by another process."""
        bootstrap.configure(self.services.under(self.room.add_topic(slug), "store"), rules=True)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    room = Room.made(tmp_path)
    for name, value in room.newsroom.environment().items():
        monkeypatch.setenv(name, value)
    made = Watched(room)
    with closing(made.services):
        made.changing.start(made.taken.put)
        assert eventually(lambda: not made.changing.overtaken())
        yield made
        assert made.changing.stop()


def test_it_is_overtaken_from_an_apply_until_it_has_taken_that_over(watched: Watched) -> None:
    watched.apply("thu-nghiem")
    assert watched.changing.overtaken()
    assert "thu-nghiem" in watched.taken.get(timeout=10).settings.taxonomy.topics
    assert eventually(lambda: not watched.changing.overtaken())
    assert watched.taken.empty()


def test_what_it_cannot_take_over_holds_up_nothing_for_long(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedsvc.bootstrap.reloading.PATIENCE", 0.3)
    settings = watched.room.add_topic("thu-nghiem")
    (watched.room.newsroom.config / "sources.yaml").write_text("sources: [{id: 1}]\n", "utf-8")
    bootstrap.configure(watched.services.under(settings, "store"), rules=True)
    assert watched.changing.overtaken()
    assert eventually(lambda: not watched.changing.overtaken())
    assert watched.taken.empty()
