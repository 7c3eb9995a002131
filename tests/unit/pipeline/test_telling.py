"""What the operator's webhook is told, and how often it is tried."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import timedelta

from feedsvc.domain.rhythm import VerdictKind
from feedsvc.domain.secret import Secret
from feedsvc.pipeline.telling import Webhook, message_of, wait_after

from .changes import SOURCES, WHY, change

ADDRESS = Secret("https://alerts.example.org/T0/secret")
SIGNS = Secret("0123456789abcdef")


class Posted:
    """Remembers what it was to post."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, bytes, Mapping[str, str]]] = []

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """See `ports.Poster`."""
        self.posts.append((address, body, headers))


def test_a_message_holds_all_of_a_change_and_is_the_same_every_time() -> None:
    body = message_of(change(3, VerdictKind.SILENT, hours=2), "Báo Mẫu")
    assert json.loads(body) == {
        "source": "mau",
        "title": "Báo Mẫu",
        "verdict": "silent",
        "before": "late",
        "since": "2026-02-27T08:00:00Z",
        "why": WHY,
        "at": "2026-03-01T06:00:00Z",
        "id": 3,
    }
    assert body == message_of(change(3, VerdictKind.SILENT, hours=2), "Báo Mẫu")


def test_where_there_is_a_secret_it_is_signed() -> None:
    posted = Posted()
    told = change(3, VerdictKind.SILENT)
    Webhook(address=ADDRESS, secret=SIGNS, sources=SOURCES, poster=posted).tell(told)
    Webhook(address=ADDRESS, secret=None, sources={}, poster=posted).tell(told)
    (address, body, headers), (_, other, bare) = posted.posts
    assert address == ADDRESS.text
    assert json.loads(body)["title"] == "Báo Mẫu & bạn"
    signature = hmac.new(SIGNS.text.encode(), body, hashlib.sha256).hexdigest()
    assert headers == {"Content-Type": "application/json", "X-Feedsvc-Signature": f"sha256={signature}"}
    assert bare == {"Content-Type": "application/json"}
    assert json.loads(other)["title"] == "mau"


def test_waits_double_from_a_minute_to_an_hour() -> None:
    assert [wait_after(attempts) / timedelta(minutes=1) for attempts in (1, 2, 3, 4, 5, 6, 7, 8, 999)] == [
        1,
        2,
        4,
        8,
        16,
        32,
        60,
        60,
        60,
    ]
