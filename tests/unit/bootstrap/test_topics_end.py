"""The end of a topic, put in force over stored articles: its successor holds them, and no label is another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from feedsvc import bootstrap
from feedsvc.domain.applied import Effect
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.plan import Plan
from tests.e2e.newsroom import article

from .room import Room, claimed

OLD, NEW, ABOVE = FeedKey(topic="cu"), FeedKey(topic="moi"), FeedKey(topic="rong")
TOPICS = """
  - {id: cu, title: {vi: "Cũ"}, any: ["con nước lớn"]}
  - {id: moi, title: {vi: "Mới"}, any: ["mùa nước nổi"], parent: rong}
  - {id: rong, title: {vi: "Rộng"}, any: ["miền nước ngọt"]}
"""
BEFORE = 'any: ["con nước lớn"]}'
SUCCEEDED = BEFORE.replace("}", ", until: 2027-01-01, successor: moi}")
REDIRECTED = SUCCEEDED.replace("}", ", when_ended: redirect}")


class Desk:
    """A newsroom with two articles of the old topic, and one of none of these."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._file = room.newsroom.config / "topics.yaml"
        self._file.write_text(self._file.read_text("utf-8") + TOPICS, "utf-8")
        for number, words in enumerate(("con nước lớn", "con nước lớn", "trời nắng")):
            room.newsroom.drop(f"{number}.txt", article(f"Bài số {number} về {words}"))
        self.services = room.services()
        assert bootstrap.run_pass(self.services, claimed(self.services, "dai-thu")) is None

    def edit(self, before: str, after: str) -> None:
        text = self._file.read_text("utf-8")
        assert before in text
        self._file.write_text(text.replace(before, after), "utf-8")

    def plan(self) -> Plan:
        return bootstrap.plan(self._room.newsroom.config, 0, lambda done, of: None, self._room.newsroom.environment())

    def apply(self) -> Effect | None:
        new = self.services.under(self._room.settings(), "store", "media", "reader", "queues")
        return bootstrap.configure(new, rules=True)

    def held(self, key: FeedKey) -> set[str]:
        return {one.id for one in self.services.store.newest(key, 99)}

    def labels(self) -> dict[str, object]:
        return {one.id: one.labels for one in self.services.store.newest(FeedKey(), 99)}

    def seq(self, key: FeedKey) -> int:
        state = self.services.store.feed(key)
        assert state is not None
        return state.changed_seq


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(Room.made(tmp_path))
    with closing(made.services):
        yield made


def test_the_feeds_of_the_successor_and_of_what_it_lies_in_hold_the_articles_and_no_label_is_another(
    desk: Desk,
) -> None:
    labels = desk.labels()
    assert [len(desk.held(key)) for key in (OLD, NEW, ABOVE)] == [2, 0, 0]
    desk.edit(BEFORE, SUCCEEDED)
    motions = {one.path: (one.come, one.gone) for one in desk.plan().motions}
    assert (motions[NEW.path], motions[ABOVE.path]) == ((2, 0), (2, 0))
    assert OLD.path not in motions
    effect = desk.apply()
    assert effect is not None
    assert {one.path for one in effect.moved} == set(motions)
    assert desk.held(NEW) == desk.held(ABOVE) == desk.held(OLD)
    assert desk.labels() == labels


def test_how_it_ends_moves_no_article_and_every_document_says_so(desk: Desk) -> None:
    desk.edit(BEFORE, SUCCEEDED)
    assert desk.apply()
    desk.edit(SUCCEEDED, REDIRECTED)
    plan, before = desk.plan(), desk.seq(NEW)
    assert (plan.topics.changed, plan.differing, plan.motions) == (("cu",), 0, ())
    effect = desk.apply()
    assert effect is not None
    assert (effect.relabelled, effect.moved, effect.opened, effect.closed) == (0, (), (), ())
    assert desk.seq(NEW) > before


def test_an_end_that_is_taken_back_takes_the_articles_back(desk: Desk) -> None:
    desk.edit(BEFORE, SUCCEEDED)
    desk.apply()
    desk.edit(SUCCEEDED, BEFORE)
    assert {one.path: one.gone for one in desk.plan().motions}[NEW.path] == 2
    desk.apply()
    assert [len(desk.held(key)) for key in (OLD, NEW, ABOVE)] == [2, 0, 0]
