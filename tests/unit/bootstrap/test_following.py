"""What a process goes by: files as they are now, topics and regions as they are applied in the database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.bootstrap.following import EARLIER, UNREADABLE, Following
from feedsvc.domain.feed import FeedKey
from feedsvc.errors import ConfigurationError, StoreError
from feedsvc.storage.store import Store, open_store
from tests.e2e.newsroom import SOURCES, article

from .room import Room, claimed

NEW = FeedKey(topic="thu-nghiem")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = Room.made(tmp_path)
    made.newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    return made


@contextmanager
def started(room: Room, **more: bool) -> Iterator[tuple[Following, Services]]:
    """A process that starts, reads what is in force, and brings the store into line."""
    one = Following(room.newsroom.config, room.newsroom.environment(), **more)
    read = one.read()
    one.note(read)
    services = Services(read.settings, store=one.store)
    with closing(services):
        bootstrap.configure(services)
        yield one, services


def test_the_first_start_applies_the_files(room: Room) -> None:
    room.add_topic("thu-nghiem")
    with started(room) as (_, services):
        found = services.store.applied()
        assert found is not None
        assert found.rules == services.settings.rules
        assert services.store.feed(NEW) is not None


def test_a_restart_goes_on_with_what_is_applied_and_tells_what_is_pending(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "feedsvc.configuration")
    with started(room) as (_, services):
        rules = services.settings.rules
    room.add_topic("thu-nghiem")
    with started(room) as (one, services):
        assert services.settings.rules == rules
        assert "thu-nghiem" not in services.settings.taxonomy.topics
        assert services.store.feed(NEW) is None
        sentence = "pending: 1 topic differs from what is applied, run `feedsvc plan`"
        assert one.pending.sentence() == sentence
        assert caplog.messages == [sentence]
        one.note(one.read())
        assert caplog.messages == [sentence], "once for each state of the files"
        room.add_topic("thu-hai")
        one.note(one.read())
        assert caplog.messages == [sentence, sentence.replace("1 topic differs", "2 topics differ")]


def test_a_restart_with_wrong_topics_goes_on_and_tells_what_is_wrong(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    with started(room) as (_, services):
        rules = services.settings.rules
    (room.newsroom.config / "topics.yaml").write_text("topics:\n  - {id: Sport}\n", "utf-8")
    with started(room) as (one, services):
        assert services.settings.rules == rules
        assert one.pending.wrong[:2] == ("topics.yaml:2", "topics.yaml:2")
    told = [record for record in caplog.records if record.levelno == logging.ERROR][:2]
    assert [(one.__dict__["file"], one.__dict__["line"]) for one in told] == [("topics.yaml", 2)] * 2
    assert all("what is applied stays in force: topics.yaml:2" in one.getMessage() for one in told)


def test_one_that_is_not_to_tell_tells_nothing(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "feedsvc.configuration")
    with started(room):
        pass
    room.add_topic("thu-nghiem")
    with started(room, tell=False) as (one, _):
        assert one.pending
        assert caplog.messages == []


def test_a_reference_to_what_is_pending_is_a_warning(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with started(room):
        pass
    room.add_topic("thu-nghiem")
    sources = SOURCES.replace("home: tien-giang", "home: tien-giang, topics: [thu-nghiem]")
    (room.newsroom.config / "sources.yaml").write_text(sources, "utf-8")
    with started(room) as (_, services):
        assert services.sources["dai-thu"].topics == ()
    assert "thu-nghiem is no topic that is applied; it counts for nothing until `feedsvc apply`" in caplog.text


def test_nothing_but_a_right_configuration_makes_a_database(room: Room) -> None:
    (room.newsroom.config / "topics.yaml").write_text("topics: x\n", "utf-8")
    one = Following(room.newsroom.config, room.newsroom.environment())
    with pytest.raises(ConfigurationError, match=r"topics\.yaml:1"):
        one.read()
    assert not (room.newsroom.data / "feedsvc.db").exists()
    assert one.number() == 0


def test_what_an_earlier_release_applied_is_taken_from_the_files_and_applied_anew(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with started(room) as (_, services):
        bootstrap.run_pass(services, claimed(services, "dai-thu"))
        forget_rules(services.store, "NULL")
    room.add_topic("thu-nghiem")
    with started(room) as (one, services):
        assert EARLIER in caplog.messages
        assert not one.pending
        assert [each.draft.title for each in services.store.newest(NEW, 9)] == ["Bài đầu tiên"]
        found = services.store.applied()
        assert found is not None
        assert found.rules == services.settings.rules


def test_what_a_release_wrote_that_this_one_cannot_read_is_taken_from_the_files_too(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    with started(room) as (_, services):
        forget_rules(services.store, "'{\"form\": 99}'")
    with started(room) as (_, services):
        assert services.settings.taxonomy.topics
    assert UNREADABLE in caplog.messages


def forget_rules(store: Store, value: str) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE configurations SET rules = {value}, digest = 'of another release'")


def test_what_is_asked_for_is_an_apply_for_who_applies_and_a_look_for_others(room: Room) -> None:
    with started(room):
        pass
    room.add_topic("thu-nghiem")
    with started(room, applies=True) as (one, _):
        read = one.read(asked=True)
        assert read.rules
        assert "thu-nghiem" in read.settings.taxonomy.topics
        one.note(read)
        assert one.pending.topics.new == ("thu-nghiem",), "it is so until it is applied"
    with started(room) as (one, _):
        assert not one.read(asked=True).rules


def test_the_number_is_that_of_what_is_applied_and_what_it_was_while_the_database_is_away(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started(room) as (one, services):
        first = one.number()
        other = services.under(room.add_topic("thu-nghiem"), "store")
        bootstrap.configure(other, rules=True)
        assert one.number() == first + 1

        def away() -> int:
            raise StoreError("away")

        monkeypatch.setattr(services.store, "applied_number", away)
        assert one.number() == first + 1


def test_commands_go_by_what_is_applied_too(room: Room) -> None:
    with started(room) as (_, services):
        rules = services.settings.rules
    room.add_topic("thu-nghiem")
    environ = room.newsroom.environment()
    with closing(bootstrap.services_in_force(room.newsroom.config, environ)) as services:
        assert services.settings.rules == rules
    assert bootstrap.known_to_all(room.newsroom.config, environ).found.settings.rules == rules


def test_what_is_known_leaves_no_database_open(room: Room) -> None:
    known = bootstrap.known_to_all(room.newsroom.config, room.newsroom.environment())
    with closing(open_store(known.found.settings.database_url)) as store:
        assert store.applied() is None


def test_what_is_asked_for_is_new_where_another_one_has_applied_something_meanwhile(room: Room) -> None:
    with started(room, applies=True) as (one, services):
        in_force = one.read()
        assert one.read(asked=True) == in_force
        before = (room.newsroom.config / "topics.yaml").read_text("utf-8")
        bootstrap.configure(services.under(room.add_topic("thu-nghiem"), "store"), rules=True)
        (room.newsroom.config / "topics.yaml").write_text(before, "utf-8")
        assert one.read(asked=True) != in_force
