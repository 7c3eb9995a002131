"""The operator's webhook is told: in order, signed, until it takes it, and without holding anything up."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from datetime import timedelta

import pytest

from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.secret import Secret
from feedsvc.domain.source import Source
from feedsvc.fetching.guarding import Guard
from feedsvc.fetching.posting import WebPoster
from feedsvc.fetching.resolving import Lookups
from feedsvc.pipeline.telling import Webhook
from feedsvc.scheduling.telling import LEASE, Teller
from feedsvc.storage.store import open_store
from tests.contracts.samples import SETUP, Desk
from tests.e2e.receiver import Receiver
from tests.e2e.service import eventually

FRESH, LATE, SILENT, FAILING = VerdictKind.FRESH, VerdictKind.LATE, VerdictKind.SILENT, VerdictKind.FAILING
SIGNS = Secret("0123456789abcdef")
DAY = Source(id="day", kind="documents", title="Báo Ngày", outlet="day", language="vi", zone="UTC", every=None)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A desk at a store in memory; its time is that of the tellers too."""
    store = open_store("sqlite://")
    made = Desk(store)
    store.configure(SETUP, made.now)
    yield made
    store.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made


def webhook(receiver: Receiver, allowed: bool = True, seconds: float = 10.0) -> Webhook:
    guard = Guard((receiver.place,) if allowed else ())
    poster = WebPoster("tests/1", Lookups(), guard, seconds)
    return Webhook(address=Secret(receiver.address), secret=SIGNS, sources={"day": DAY}, poster=poster)


def teller(desk: Desk, told: Webhook | None) -> Teller:
    return Teller(desk.store, lambda: told, lambda: desk.now, every=0.01)


def test_what_changed_is_told_in_order_signed_and_once(desk: Desk, receiver: Receiver) -> None:
    for kind in (FRESH, SILENT, FRESH, LATE, FAILING):
        desk.judge(kind)
    desk.judge(SILENT, "night")
    telling = teller(desk, webhook(receiver))
    telling.tell_all()
    telling.tell_all()
    assert receiver.told() == [
        ("day", "fresh", "silent"),
        ("day", "silent", "fresh"),
        ("day", "late", "failing"),
        ("night", "unjudged", "silent"),
    ]
    first, *_, last = receiver.messages
    assert first.fields == {
        "source": "day",
        "title": "Báo Ngày",
        "verdict": "silent",
        "before": "fresh",
        "since": "2026-03-01T08:00:00Z",
        "why": "silent it is",
        "at": "2026-03-01T08:02:00Z",
        "id": 2,
    }
    assert last.fields["title"] == "night"
    for message in receiver.messages:
        right = hmac.new(SIGNS.text.encode(), message.body, hashlib.sha256).hexdigest()
        assert message.headers["x-feedsvc-signature"] == f"sha256={right}"


def test_without_a_webhook_nothing_is_taken_and_one_that_is_set_later_is_told(desk: Desk, receiver: Receiver) -> None:
    desk.judge(SILENT)
    teller(desk, None).tell_all()
    teller(desk, webhook(receiver)).tell_all()
    assert receiver.told() == [("day", "unjudged", "silent")]


def test_switching_it_on_does_not_tell_the_past(desk: Desk, receiver: Receiver) -> None:
    desk.judge(SILENT)
    desk.now += timedelta(days=1)
    desk.judge(FAILING)
    teller(desk, webhook(receiver)).tell_all()
    assert receiver.told() == [("day", "silent", "failing")]


def test_what_was_not_taken_is_told_again_after_a_minute_two_four(desk: Desk, receiver: Receiver) -> None:
    receiver.statuses += [500, 500, 503]
    desk.judge(SILENT)
    desk.judge(FRESH)
    telling = teller(desk, webhook(receiver))
    for wait, so_far in ((0, 1), (59, 1), (1, 2), (119, 2), (1, 3), (239, 3), (1, 5)):
        desk.now += timedelta(seconds=wait)
        telling.tell_all()
        assert len(receiver.messages) == so_far
    assert receiver.told() == [("day", "unjudged", "silent")] * 4 + [("day", "silent", "fresh")], "in order"
    assert len({message.body for message in receiver.messages[:4]}) == 1, "each attempt says the same"


def test_other_sources_do_not_wait_for_one_that_was_not_taken(desk: Desk, receiver: Receiver) -> None:
    receiver.statuses.append(500)
    desk.judge(SILENT)
    desk.judge(SILENT, "night")
    teller(desk, webhook(receiver)).tell_all()
    assert [source for source, _, _ in receiver.told()] == ["day", "night"]


def test_after_a_day_it_is_given_up(desk: Desk, receiver: Receiver) -> None:
    receiver.statuses += [500] * 100
    desk.judge(SILENT)
    began, telling = desk.now, teller(desk, webhook(receiver))
    while desk.now < began + timedelta(days=2):
        telling.tell_all()
        desk.now += MINUTE
    assert len(receiver.messages) == 6 + 23, "1 2 4 8 16 32 minutes, then every hour"
    receiver.statuses.clear()
    desk.judge(FRESH)
    telling.tell_all()
    assert receiver.told()[-1] == ("day", "silent", "fresh")


def test_what_a_process_told_without_noting_it_is_told_again_by_the_next(desk: Desk, receiver: Receiver) -> None:
    desk.judge(SILENT)
    telling = desk.store.next_telling(desk.now, LEASE)
    assert telling is not None
    webhook(receiver).tell(telling.change)  # and it is killed
    another = teller(desk, webhook(receiver))
    another.tell_all()
    assert len(receiver.messages) == 1, "the one that tells it may still be there"
    desk.now += LEASE
    another.tell_all()
    assert [message.fields["id"] for message in receiver.messages] == [1, 1]


def test_a_private_address_that_is_not_listed_is_not_told(
    desk: Desk, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    desk.judge(SILENT)
    teller(desk, webhook(receiver, allowed=False)).tell_all()
    assert receiver.messages == []
    assert f"list {receiver.place} under fetch.allow_hosts" in caplog.text
    assert "very-secret" not in caplog.text
    desk.now += MINUTE
    teller(desk, webhook(receiver)).tell_all()
    assert len(receiver.messages) == 1


def test_trouble_is_told_once_and_its_end_too(desk: Desk, receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "feedsvc")
    receiver.statuses += [500] * 3
    desk.judge(SILENT)
    telling = teller(desk, webhook(receiver))
    for _ in range(20):
        telling.tell_all()
        desk.now += MINUTE
    said = [record.getMessage() for record in caplog.records]
    assert said == ["the webhook failed: it answered 500", "the webhook works again"]


def test_another_webhook_that_fails_alike_is_told_too(
    desk: Desk, receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "feedsvc")
    desk.judge(SILENT)
    hooks = list[Webhook]()
    telling = Teller(desk.store, lambda: hooks[-1], lambda: desk.now)
    with Receiver() as other:
        receiver.statuses, other.statuses = [500] * 2, [500] * 2
        for one in (receiver, receiver, other, other, other):  # made anew each time, as with every new configuration
            hooks.append(webhook(one))
            telling.tell_all()
            desk.now += 20 * MINUTE
    said = [record.getMessage() for record in caplog.records]
    assert said == [*["the webhook failed: it answered 500"] * 2, "the webhook works again"]


def test_a_store_that_is_away_ends_nothing(desk: Desk, receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    away = open_store("sqlite://")
    away.configure(SETUP, desk.now)
    telling = Teller(away, lambda: webhook(receiver), lambda: desk.now)
    with away.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE verdicts RENAME TO gone")
    telling.tell_all()
    assert "telling the webhook failed" in caplog.text
    with away.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO verdicts")
    Desk(away, desk.now).judge(SILENT)
    desk.now += MINUTE
    telling.tell_all()
    assert receiver.told() == [("day", "unjudged", "silent")]
    away.close()


def test_it_tells_in_a_thread_of_its_own_until_it_is_stopped(desk: Desk, receiver: Receiver) -> None:
    telling = teller(desk, webhook(receiver))
    telling.start()
    desk.judge(SILENT)
    assert eventually(receiver.told)
    assert telling.stop(10)
    desk.judge(FRESH)
    telling.tell_all()
    assert len(receiver.messages) == 1


def test_a_webhook_that_hangs_holds_up_nobody_who_stops(desk: Desk, receiver: Receiver) -> None:
    receiver.held = True
    desk.judge(SILENT)
    telling = teller(desk, webhook(receiver, seconds=1))
    telling.start()
    assert eventually(lambda: receiver.messages)
    desk.judge(FRESH)  # passes are stored meanwhile
    assert not telling.stop(0.01)
    assert telling.stop(30)
    assert len(receiver.messages) == 1
