"""A new configuration takes over the scheduler's passes, whatever is under way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from feedsvc.bootstrap import Services, Shift, configure, run_pass
from feedsvc.bootstrap.shift import OTHERS
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.setup import Setup
from feedsvc.errors import ClockLeapt, StoreError
from feedsvc.scheduling.clockwatch import LEAPT
from tests.e2e.newsroom import article

from .room import NOW, Room, claimed, edited

NEW = FeedKey(topic="thu-nghiem")
YEARS = timedelta(days=3653)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = Room.made(tmp_path)
    made.newsroom.drop("dau-tien.txt", article("Bài đầu tiên"))
    return made


@pytest.fixture
def shift(room: Room) -> Iterator[Shift]:
    with closing(room.services()) as services:
        yield Shift(services)


def titles(services: Services, key: FeedKey) -> list[str]:
    return [one.draft.title for one in services.store.newest(key, 50)]


def test_stored_articles_stand_in_the_feed_of_a_new_topic(room: Room, shift: Shift) -> None:
    assert shift(claimed(shift.services, "dai-thu")) is None
    shift.take_over(edited(room.add_topic("thu-nghiem")))
    assert shift.services.store.feed(NEW) is not None
    assert titles(shift.services, NEW) == ["Bài đầu tiên"]


def test_passes_that_begin_later_go_by_it(room: Room, shift: Shift) -> None:
    shift.take_over(edited(room.add_topic("thu-nghiem")))
    shift(claimed(shift.services, "dai-thu"))
    assert titles(shift.services, NEW) == ["Bài đầu tiên"]


def test_a_pass_under_way_is_labelled_by_the_new_one_before_it_is_stored(room: Room, shift: Shift) -> None:
    room.fetcher.held = True
    old = shift.services
    with ThreadPoolExecutor(1) as other:
        under_way = other.submit(shift, claimed(old, "dai-thu"))
        assert room.fetcher.asked.wait(30)
        shift.take_over(edited(room.add_topic("thu-nghiem")))
        assert shift.services is not old
        assert titles(old, NEW) == []
        room.fetcher.let_go.set()
        assert under_way.result(30) is None
    assert titles(old, FeedKey()) == titles(old, NEW) == ["Bài đầu tiên"]


def test_a_pass_under_way_over_a_source_that_is_removed_stores_nothing(room: Room, shift: Shift) -> None:
    room.fetcher.held = True
    with ThreadPoolExecutor(1) as other:
        under_way = other.submit(shift, claimed(shift.services, "dai-thu"))
        assert room.fetcher.asked.wait(30)
        shift.take_over(edited(room.other_source()))
        room.fetcher.let_go.set()
        under_way.result(30)
    assert titles(shift.services, FeedKey()) == []


def test_where_another_process_applied_other_sources_nothing_is_polled_here_until_they_are_the_same(
    room: Room, shift: Shift, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("feedsvc.bootstrap.shift.SOON", timedelta(0))
    ours, file = shift.services, room.newsroom.config / "sources.yaml"
    before = file.read_text("utf-8")
    file.write_text(before.replace("language: vi", "language: en"), "utf-8")
    configure(ours.under(room.settings(), "store"))
    assert not shift.is_idle()
    assert shift(claimed(ours, "dai-thu")) is None
    assert titles(ours, FeedKey()) == []
    assert shift.is_idle()
    assert shift.is_idle()
    assert caplog.messages == [OTHERS]
    file.write_text(before, "utf-8")
    configure(ours.under(room.settings(), "store"))
    assert not shift.is_idle()
    shift(claimed(ours, "dai-thu"))
    assert titles(ours, FeedKey()) == ["Bài đầu tiên"]


def test_a_claim_of_a_source_that_is_not_known_is_given_back(room: Room, shift: Shift) -> None:
    old = shift.services
    gone = claimed(old, "dai-thu")
    shift.take_over(edited(room.other_source()))
    assert shift(gone) is None
    assert run_pass(old, claimed(shift.services, "dai-moi")) is None
    (status,) = shift.services.store.statuses()
    assert (status.source, status.last_pass) == ("dai-moi", None)
    assert claimed(shift.services, "dai-moi").source == "dai-moi"


def test_a_pass_in_which_the_clock_leaps_is_not_stored_and_can_be_made_again(room: Room, shift: Shift) -> None:
    claim = claimed(shift.services, "dai-thu")
    shift.services.clock = lambda: NOW + YEARS
    with pytest.raises(ClockLeapt, match="leapt to 2037-01-") as leapt:
        shift(claim)
    assert leapt.value.retry
    assert titles(shift.services, FeedKey()) == []


def test_nothing_is_taken_over_while_the_clock_is_doubted(room: Room, shift: Shift) -> None:
    settings = room.add_topic("thu-nghiem")
    shift.services.store.beat(NOW + YEARS, f"{LEAPT} to 2037")
    with pytest.raises(ClockLeapt, match="the clock leapt to 2037"):
        shift.take_over(edited(settings))
    assert shift.services.store.feed(NEW) is None
    shift.services.store.beat(NOW)
    shift.take_over(edited(settings))
    assert shift.services.store.feed(NEW) is not None


def test_a_start_years_after_the_last_sign_of_life_dates_no_feed_by_its_clock(room: Room, shift: Shift) -> None:
    store = shift.services.store
    store.beat(NOW)
    later = Services(room.add_topic("thu-nghiem"), clock=lambda: NOW + YEARS, store=store)
    configure(later, rules=True)
    state = store.feed(NEW)
    assert state is not None
    assert state.changed_at == NOW


def test_what_a_process_has_once_is_shared_and_the_rest_is_new(room: Room, shift: Shift) -> None:
    old = shift.services
    shift.take_over(edited(room.add_topic("thu-nghiem")))
    new = shift.services
    assert (new.store, new.media, new.reader) == (old.store, old.media, old.reader)
    assert new.queues() is old.queues()
    assert new.ingest is not old.ingest
    assert new.classifier is not old.classifier


def test_the_webhook_is_that_of_the_newest_configuration(room: Room, shift: Shift) -> None:
    before = shift.services.webhook
    with (room.newsroom.config / "feedsvc.yaml").open("a", encoding="utf-8") as file:
        file.write("\noperator: {webhook: 'https://alerts.example.org/T0'}\n")
    shift.take_over(edited(room.settings()))
    told = shift.services.webhook
    assert before is None
    assert told is not None
    assert told.address.text == "https://alerts.example.org/T0"
    assert set(told.sources) == {"dai-thu"}


def test_where_the_store_fails_the_same_settings_can_be_taken_over_again(
    room: Room, shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift(claimed(shift.services, "dai-thu"))
    settings = room.add_topic("thu-nghiem")

    def fails(*_: object) -> None:
        raise StoreError("locked")

    with monkeypatch.context() as locked:
        locked.setattr(shift.services.store, "take_effect", fails)
        with pytest.raises(StoreError):
            shift.take_over(edited(settings))
    shift.take_over(edited(settings))
    assert titles(shift.services, NEW) == ["Bài đầu tiên"]
    assert not shift.services.store.configure(setup_of(shift.services), NOW)


def setup_of(services: Services) -> Setup:
    from feedsvc.pipeline import setup

    settings = services.settings
    return setup.setup_of(
        settings.site, settings.sources, settings.taxonomy, services.kinds, services.today(), settings.rules
    )


def test_settings_that_cannot_be_used_change_nothing(room: Room, shift: Shift, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_taxonomy: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("feedsvc.text.patterns.patterns_of", fails)
    old = shift.services
    with pytest.raises(RuntimeError):
        shift.take_over(edited(room.add_topic("thu-nghiem")))
    assert shift.services is old
    assert old.store.feed(NEW) is None


def test_nothing_is_left_of_configurations_that_are_over(room: Room, shift: Shift) -> None:
    for number in range(4):
        shift.take_over(edited(room.add_topic(f"thu-{number}")))
        done = shift(claimed(shift.services, "dai-thu"))
        shift.services.store.end(() if done is None else (done,))
    # The one in force, and the first, which the test holds to close it.
    assert sum(isinstance(one, Services) for one in gc.get_objects()) == 2
