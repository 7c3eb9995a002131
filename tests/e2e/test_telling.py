"""A running scheduler tells the operator's webhook how sources do, whatever the webhook does, and after a kill."""

from __future__ import annotations

import hashlib
import hmac
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedsvc.storage.store import open_store

from .newsroom import Newsroom, article
from .receiver import Receiver
from .service import Service, eventually

pytestmark = pytest.mark.slow

SIGNS = "0123456789abcdef"
SOURCES = """
defaults: {language: vi, zone: Asia/Ho_Chi_Minh}
sources:
  - {id: dai-thu, kind: documents, path: inbox/dai-thu, every: 2s, title: "Đài Thử"}
  - {id: dai-mat, kind: documents, path: inbox/dai-mat, every: 2s, title: "Đài Mất"}
"""


def scheduler(newsroom: Newsroom, receiver: Receiver) -> Service:
    """A scheduler of a newsroom whose second source has no folder, and which tells the receiver."""
    (newsroom.data / "signs").write_text(SIGNS)
    return Service(
        newsroom,
        "schedule",
        FEEDSVC_OPERATOR__WEBHOOK=receiver.address,
        FEEDSVC_OPERATOR__WEBHOOK_SECRET_FILE="signs",
    )


def newsroom_at(folder: Path, receiver: Receiver) -> Newsroom:
    made = Newsroom(folder, SOURCES, [receiver.place])
    made.drop("dau-tien.txt", article("Bài đầu tiên"))
    return made


def time_passes(newsroom: Newsroom, number: int) -> None:
    """It is as if what is planned for a change had come: an attempt, or the end of a lease."""
    with closing(open_store(newsroom.settings.database_url)) as store:
        store.tell_again(number, datetime.now(UTC))


def last_pass(newsroom: Newsroom, source: str) -> datetime | None:
    with closing(open_store(newsroom.settings.database_url)) as store:
        return {status.source: status.last_pass for status in store.statuses()}[source]


def polled_again(newsroom: Newsroom, source: str) -> bool:
    before = last_pass(newsroom, source)
    return eventually(lambda: last_pass(newsroom, source) != before)


def untold(newsroom: Newsroom) -> bool:
    """Whether anything is to be told, now or later."""
    with closing(open_store(newsroom.settings.database_url)) as store:
        later = datetime.now(UTC) + timedelta(hours=2)
        return store.next_telling(later, timedelta()) is not None


def test_a_source_that_fails_and_comes_back_is_told_in_order_and_signed(tmp_path: Path) -> None:
    with Receiver() as receiver:
        newsroom = newsroom_at(tmp_path, receiver)
        with scheduler(newsroom, receiver):
            assert eventually(receiver.told)
            (newsroom.data / "inbox" / "dai-mat").mkdir()
            assert eventually(lambda: len(receiver.messages) == 2)
        assert receiver.told() == [("dai-mat", "unjudged", "never worked"), ("dai-mat", "never worked", "unjudged")]
        for message in receiver.messages:
            right = hmac.new(SIGNS.encode(), message.body, hashlib.sha256).hexdigest()
            assert message.headers["x-feedsvc-signature"] == f"sha256={right}"
            assert message.headers["user-agent"].startswith("feedsvc/")
            assert message.fields["title"] == "Đài Mất"
        assert not untold(newsroom)
    log = (newsroom.data / "service.log").read_text("utf-8")
    assert "very-secret" not in log
    assert SIGNS not in log


def test_what_was_not_taken_is_told_again_after_a_restart(tmp_path: Path) -> None:
    with Receiver([500]) as receiver:
        newsroom = newsroom_at(tmp_path, receiver)
        log = newsroom.data / "service.log"
        with scheduler(newsroom, receiver):
            assert eventually(lambda: "the webhook failed: it answered 500" in log.read_text("utf-8"))
        time_passes(newsroom, receiver.messages[0].fields["id"])
        with scheduler(newsroom, receiver):
            assert eventually(lambda: len(receiver.messages) == 2)
            assert eventually(lambda: not untold(newsroom))
        assert receiver.messages[0].body == receiver.messages[1].body


def test_what_was_being_told_when_the_process_was_killed_is_told_again(tmp_path: Path) -> None:
    with Receiver(held=True) as receiver:
        newsroom = newsroom_at(tmp_path, receiver)
        with scheduler(newsroom, receiver) as service:
            assert eventually(receiver.told)
            service.kill()
        receiver.held = False
        time_passes(newsroom, receiver.messages[0].fields["id"])
        with scheduler(newsroom, receiver):
            assert eventually(lambda: len(receiver.messages) == 2)
            assert eventually(lambda: not untold(newsroom))
        assert receiver.messages[0].body == receiver.messages[1].body


def test_a_webhook_that_hangs_slows_no_polling_and_no_stop(tmp_path: Path) -> None:
    with Receiver(held=True) as receiver:
        newsroom = newsroom_at(tmp_path, receiver)
        with scheduler(newsroom, receiver) as service:
            assert eventually(receiver.told)
            assert polled_again(newsroom, "dai-thu")
            assert polled_again(newsroom, "dai-thu")
            assert len(receiver.messages) == 1
            assert service.stop() == 0
