"""Articles that are older than the configuration keeps them leave the feeds, and stay out."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from feedsvc.bootstrap import Services
from feedsvc.bootstrap.shift import keep_up, run_pass
from feedsvc.domain.feed import FeedKey
from tests.e2e.newsroom import article

from .room import NOW, Room, claimed


def titles(services: Services) -> list[str]:
    return sorted(one.draft.title for one in services.store.newest(FeedKey(), 50))


def test_what_is_older_than_the_setting_says_goes_and_does_not_come_back(tmp_path: Path) -> None:
    room = Room.made(tmp_path)
    room.newsroom.drop("cu.txt", article("Bài đã cũ"))
    with closing(room.services()) as services:
        run_pass(services, claimed(services, "dai-thu"))
        assert keep_up(services, NOW) == 0
        assert titles(services) == ["Bài đã cũ"]
        service = room.newsroom.config / "feedsvc.yaml"
        service.write_text(service.read_text("utf-8").replace("feeds:\n", "feeds:\n  keep: 30d\n"), "utf-8")
        shorter = services.under(room.settings(), "store", "media", "reader", "queues")
        assert keep_up(shorter, NOW + timedelta(days=400)) == 1
        assert keep_up(shorter, NOW + timedelta(days=400)) == 0
        room.newsroom.drop("cu.txt", article("Bài đã cũ, sửa lại"))
        run_pass(shorter, claimed(services, "dai-thu"))
        assert titles(shorter) == []
