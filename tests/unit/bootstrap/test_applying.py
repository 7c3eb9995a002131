"""A configuration is put in force at one moment, by one process at a time, in one process or in several."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedsvc import bootstrap
from feedsvc.bootstrap import Services, applying, crew
from feedsvc.bootstrap.services import utc_now
from feedsvc.domain.applied import Applying, Effect
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.setup import Setup
from feedsvc.errors import ApplyLost, ApplyUnderWay, StoreError, WorkerGone
from tests.e2e.newsroom import article

from .room import NOW, Room, claimed

NEW = FeedKey(topic="thu-nghiem")
LEASE = timedelta(seconds=30)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = Room.made(tmp_path)
    for number in range(12):
        made.newsroom.drop(f"{number}.txt", article(f"Bài số {number}"))
    return made


@pytest.fixture
def services(room: Room) -> Iterator[Services]:
    with closing(room.services()) as made:
        assert bootstrap.run_pass(made, claimed(made, "dai-thu")) is None
        yield made


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few articles, too, several processes look at some each."""
    monkeypatch.setattr(crew, "RUN", 3)
    monkeypatch.setattr(crew, "ALONE", 0)


def edited(room: Room, services: Services) -> Services:
    """Services of files with a topic that every article has."""
    return services.under(room.add_topic("thu-nghiem"), "store", "media", "reader", "queues")


def count(services: Services, key: FeedKey = NEW) -> int:
    return len(services.store.newest(key, 99))


def test_all_articles_have_new_labels_and_the_feeds_are_open(room: Room, services: Services) -> None:
    new = edited(room, services)
    effect = bootstrap.configure(new, rules=True)
    assert effect is not None
    assert effect.relabelled == 12
    assert NEW.path in effect.opened
    assert count(new) == 12
    assert bootstrap.configure(new, rules=True) is None, "there is nothing more to do"


@pytest.mark.slow
def test_several_processes_do_the_same(room: Room, services: Services, several: None) -> None:
    told = list[tuple[int, int]]()
    new = edited(room, services)
    effect = bootstrap.configure(new, rules=True, progress=lambda done, of: told.append((done, of)))
    assert effect is not None
    assert (effect.relabelled, count(new)) == (12, 12)
    assert sorted(told) == [(done, 5) for done in range(1, 6)]


@pytest.mark.slow
def test_a_process_that_fails_changes_nothing_and_leaves_the_right_to_apply(
    room: Room, services: Services, several: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = edited(room, services)
    begun = services.store.begin_apply

    def taken_away(holder: str, now: object, lease: timedelta) -> Applying:
        return replace(begun(holder, NOW, lease), token=99)

    with monkeypatch.context() as patched:
        patched.setattr(services.store, "begin_apply", taken_away)
        with pytest.raises(ApplyLost):
            bootstrap.configure(new, rules=True)
    assert services.store.feed(NEW) is None
    with monkeypatch.context() as patched:
        patched.setattr(crew, "work", ends_at_once)
        with pytest.raises(WorkerGone) as gone:
            bootstrap.configure(replaced_clock(new), rules=True)
    assert gone.value.retry
    assert bootstrap.configure(new, rules=True) is not None
    assert count(new) == 12


def ends_at_once(pipe: object, body: bytes) -> None:
    """Not what a worker does."""


def replaced_clock(services: Services) -> Services:
    """The same services, an hour later: what a failed one held has ended."""
    services.clock = lambda: NOW + timedelta(hours=1)
    return services


def test_topics_are_left_alone_unless_they_are_to_be_applied(room: Room, services: Services) -> None:
    with pytest.raises(ApplyLost):
        bootstrap.configure(edited(room, services))
    assert services.store.feed(NEW) is None


def test_what_is_said_of_a_source_takes_effect_by_itself_for_its_articles_alone(
    room: Room, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = services.settings.sources
    other = replace(services.settings, sources=(replace(source, topics=("sport",)),))
    asked = list[frozenset[str] | None]()
    look = services.store.look

    def looked(*args: object, **kwargs: object) -> object:
        asked.append(kwargs["sources"])  # type: ignore[arg-type]
        return look(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(services.store, "look", looked)
    effect = bootstrap.configure(services.under(other, "store"))
    assert effect is not None
    assert effect.relabelled == 12
    assert count(services, FeedKey(topic="sport")) == 12
    assert set(asked) == {frozenset({"dai-thu"})}


def test_where_another_one_applies_it_is_waited_for_or_refused(room: Room, services: Services) -> None:
    new = edited(room, services)
    other = services.store.begin_apply("another one", NOW, LEASE)
    with pytest.raises(ApplyUnderWay, match="another one"):
        bootstrap.configure(new, rules=True)
    told = list[str]()

    def waiting(holder: str) -> None:
        told.append(holder)
        threading.Timer(0.1, services.store.give_up, [other]).start()

    assert bootstrap.configure(new, rules=True, waiting=waiting) is not None
    assert told == ["another one"]
    assert count(new) == 12


def test_what_comes_meanwhile_is_labelled_by_the_new_rules(
    room: Room, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, stale = edited(room, services), services.store.stale
    monkeypatch.setattr(applying, "FEW", 0)

    def while_looking(one: Applying, limit: int) -> tuple[str, ...]:
        with monkeypatch.context() as once:
            once.setattr(services.store, "stale", stale)
            room.newsroom.drop("muon.txt", article("Bài đến muộn"))
            bootstrap.run_pass(services, claimed(services, "dai-thu"))
        return stale(one, limit)

    monkeypatch.setattr(services.store, "stale", while_looking)
    assert bootstrap.configure(new, rules=True) is not None
    assert count(new) == 13


def test_where_too_much_comes_meanwhile_it_is_looked_at_again(
    room: Room, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, take_effect, answers = edited(room, services), services.store.take_effect, list[Effect | None]()

    def once_not_yet(one: Applying, setup: Setup, place: object, now: object) -> Effect | None:
        answers.append(take_effect(one, setup, place, now) if answers else None)  # type: ignore[arg-type]
        return answers[-1]

    monkeypatch.setattr(services.store, "take_effect", once_not_yet)
    assert bootstrap.configure(new, rules=True) is not None
    assert answers[0] is None
    assert count(new) == 12


def test_whatever_stops_it_gives_the_right_back(
    room: Room, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = edited(room, services)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(services.store, "take_effect", stopped)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.configure(new, rules=True)
    assert services.store.begin_apply("the next", NOW, LEASE).token == 2


def test_the_right_is_renewed_while_nothing_is_staged(
    room: Room, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, held = edited(room, services), list[object]()
    monkeypatch.setattr(applying, "RENEWED", -1.0)
    monkeypatch.setattr(services.store, "hold_apply", lambda one, now, lease: held.append(now))
    bootstrap.configure(new, rules=True)
    assert held == [NOW]


def test_of_a_failed_process_its_error_is_raised_as_far_as_it_is_one_of_ours() -> None:
    assert isinstance(crew._error("ApplyLost", ""), ApplyLost)
    assert str(crew._error("NoRoom", "the disk is full")) == "the disk is full"
    assert isinstance(crew._error("NoRoom", ""), StoreError)
    assert str(crew._error("ValueError", "x")) == "ValueError: x"


def test_the_clock_of_a_process_is_that_of_the_machine() -> None:
    assert utc_now().tzinfo is not None
