"""Articles that are older than the configuration keeps them leave the feeds, and stay out."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from feedsvc.bootstrap import Services
from feedsvc.bootstrap.shift import Upkeep, run_pass
from feedsvc.domain.feed import FeedKey
from tests.contracts.test_media import jpeg
from tests.e2e.newsroom import LEASE, article

from .room import NOW, Room, claimed


def titles(services: Services) -> list[str]:
    return sorted(one.draft.title for one in services.store.newest(FeedKey(), 50))


def keep_up(services: Services) -> None:
    Upkeep(lambda: services)(services.clock(), lambda _seconds: False)


def test_pictures_left_over_go_once_a_day_also_when_the_clock_was_ahead(tmp_path: Path) -> None:
    room = Room.made(tmp_path)
    with closing(room.services()) as services:
        upkeep, left = Upkeep(lambda: services), list[bool]()
        for ahead in (0, 3653, 0, 0, 1):
            digest, name = services.media.keep("anh.jpg", jpeg()).address.split("/")[2:]
            os.utime(services.settings.data_dir / "media" / digest[:2] / digest, (0, 0))
            upkeep(NOW + timedelta(days=ahead), lambda _seconds: False)
            left.append(services.media.open(digest, name) is not None)
        assert left == [False, False, False, True, False]


def test_what_entered_a_day_ago_is_late_no_more(tmp_path: Path) -> None:
    room = Room.made(tmp_path)
    service = room.newsroom.config / "feedsvc.yaml"
    service.write_text(service.read_text("utf-8").replace("entries: 50", "entries: 1"), "utf-8")
    for number in range(2):
        room.newsroom.drop(f"bai-{number}.txt", article(f"Bài {number}"))
    with closing(room.services()) as services:
        run_pass(services, claimed(services, "dai-thu"))
        upkeep, shown = Upkeep(lambda: services), list[int]()
        for hours in (0, 23, 25):
            upkeep(services.clock() + timedelta(hours=hours), lambda _seconds: False)
            shown.append(len(services.store.newest(FeedKey(), 1)))
        assert shown == [2, 2, 1]


def test_what_is_older_than_the_setting_says_goes_and_does_not_come_back(tmp_path: Path) -> None:
    room = Room.made(tmp_path)
    room.newsroom.drop("cu.txt", article("Bài đã cũ"))
    with closing(room.services()) as services:
        run_pass(services, claimed(services, "dai-thu"))
        keep_up(services)
        assert titles(services) == ["Bài đã cũ"]
        service = room.newsroom.config / "feedsvc.yaml"
        service.write_text(service.read_text("utf-8").replace("feeds:\n", "feeds:\n  keep: 30d\n"), "utf-8")
        shorter = services.under(room.settings(), "store", "media", "reader", "queues")
        shorter.clock = lambda: NOW + timedelta(days=400)
        keep_up(shorter)
        assert titles(shorter) == []
        room.newsroom.drop("cu.txt", article("Bài đã cũ, sửa lại"))
        later = shorter.clock()
        (claim,) = shorter.store.claim(holder="test", now=later, lease=LEASE, limit=1, only=frozenset({"dai-thu"}))
        run_pass(shorter, claim)
        assert titles(shorter) == []
