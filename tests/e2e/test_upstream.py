"""A newspaper's feed grows, changes, shrinks, fails and comes back, and what readers see of ours at each step."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.clients.in_python import Feedparser, Reader
from tests.clients.newsboat import Newsboat
from tests.clients.seen import titles as shown_by

from .newsroom import Newsroom
from .service import Service, eventually
from .upstream import Item, Reply, Upstream, rss

ONE, TWO, THREE = (Item(f"tin-{number}", f"Tin số {number}", day=number) for number in (1, 2, 3))
FOUR, FIVE = Item("tin-4", "Tin số 4", day=4), Item("tin-5", "Tin số 5", day=5)
FEED = "/feeds/sources/bao-mau.atom"


@dataclass
class Stage:
    """The newspaper, the newsroom that follows it, and its running service."""

    upstream: Upstream
    newsroom: Newsroom
    service: Service

    def says(self, reply: Reply) -> Mapping[str, object]:
        """Let the newspaper answer so; the source's status once a pass has met it."""
        self.upstream.reply = reply
        met = len(self.upstream.asked) + 1
        assert eventually(lambda: len(self.upstream.asked) > met)
        time.sleep(0.5)
        return self.status()

    def shows(self, *items: Item) -> Mapping[str, object]:
        """Let the newspaper have these items, newest first."""
        body = rss(items)
        return self.says(Reply(body, etag=f'"{hash(body)}"'))

    def status(self) -> Mapping[str, object]:
        """What `feedsvc sources` says."""
        argv = [sys.executable, "-m", "feedsvc", "sources", "--json"]
        said = subprocess.run(argv, env=self.newsroom.environment(), check=True, capture_output=True).stdout
        (status,) = json.loads(said)
        assert isinstance(status, dict)
        return status

    @property
    def address(self) -> str:
        """That of the feed."""
        return f"{self.service.root}{FEED}"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with Upstream() as upstream:
        sources = f"""
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh}}
sources:
  - {{id: bao-mau, kind: syndication, url: "{upstream.root}/rss", every: 2s, title: "Báo Mẫu"}}
"""
        newsroom = Newsroom(tmp_path, sources, [upstream.place])
        upstream.reply = Reply(rss([]))
        with Service(newsroom) as service:
            service.wait_until_ready()
            yield Stage(upstream, newsroom, service)


def titles(*items: Item) -> list[str]:
    """The titles, sorted: readers have orders of their own."""
    return sorted(item.title for item in items)


@pytest.mark.slow
def test_readers_see_each_article_once_whatever_the_newspaper_does(stage: Stage, tmp_path: Path) -> None:
    feedparser = Feedparser(tmp_path / "feedparser", stage.address)
    newsboat = Newsboat(tmp_path / "newsboat", stage.address)
    with closing(Reader(tmp_path / "reader.db", stage.address)) as reader:
        ids: dict[str, str] = {}

        def all_see(*items: Item) -> None:
            for client in (feedparser, newsboat, reader):
                seen = shown_by(client.poll())
                assert sorted(seen.values()) == titles(*items), client
                ids.update({title: one for one, title in seen.items() if title not in ids})
                assert all(ids[title] == one for one, title in seen.items())

        stage.shows(TWO, ONE)
        all_see(ONE, TWO)
        stage.shows(THREE, TWO, ONE)
        all_see(ONE, TWO, THREE)

        renamed = replace(TWO, title="Tin số 2, đã sửa")
        ids[renamed.title] = ids[TWO.title]
        stage.shows(THREE, renamed, ONE)
        all_see(ONE, renamed, THREE)

        stage.shows(THREE)
        all_see(ONE, renamed, THREE)

        for failing in FAILING.values():
            stage.says(failing())
            all_see(ONE, renamed, THREE)
            # It works in between, for what fails again and again is asked more and more rarely.
            stage.shows(THREE)

        stage.shows(FIVE, FOUR, THREE)
        all_see(ONE, renamed, THREE, FOUR, FIVE)


FAILING: Mapping[str, Callable[[], Reply]] = {
    "500": lambda: Reply(b"oh", status=500, media_type="text/plain"),
    "404": lambda: Reply(b"gone", status=404, media_type="text/plain"),
    "an HTML page": lambda: Reply(b"<!doctype html><title>Login</title><p>Please log in.", media_type="text/html"),
    "a body cut by the connection": lambda: Reply(rss([ONE, TWO])[:300], promised=5000),
    "a body cut by its author": lambda: Reply(rss([replace(ONE, text="x" * 500), TWO])[:600]),
    "nothing": lambda: Reply(b""),
}
REASONS = {
    "500": "500",
    "404": "404",
    "an HTML page": "HTML",
    "a body cut by the connection": "cut short",
    "a body cut by its author": "breaks off",
    "nothing": "empty",
}


@pytest.mark.slow
def test_a_newspaper_that_fails_changes_no_byte_and_the_reason_is_shown(stage: Stage) -> None:
    stage.shows(TWO, ONE)
    before = stage.service.get(FEED)
    for name, failing in FAILING.items():
        status = stage.says(failing())
        assert status["last_outcome"] in {"fetch failed", "parse failed"}, name
        assert REASONS[name] in str(status["last_message"]), name
        after = stage.service.get(FEED, If_None_Match=before.headers["etag"])
        assert after.status == 304, name
        # It works in between, for what fails again and again is asked more and more rarely.
        stage.shows(TWO, ONE)
    log = (stage.newsroom.data / "service.log").read_text(encoding="utf-8")
    assert all(reason in log for reason in REASONS.values())


@pytest.mark.slow
def test_an_unchanged_feed_is_asked_for_conditionally_and_is_unchanged(stage: Stage) -> None:
    stage.shows(TWO, ONE)
    status = stage.says(stage.upstream.reply)
    assert stage.upstream.asked[-1] == stage.upstream.reply.etag
    assert status["last_outcome"] == "unchanged"


@pytest.mark.slow
def test_one_bad_entry_of_fifty_costs_one_and_says_why(stage: Stage) -> None:
    items = [Item(f"tin-{number}", f"Tin {number}", day=number % 28 + 1) for number in range(49)]
    body = rss(items).replace(b"</channel>", b"<item><guid>xau</guid></item></channel>")
    status = stage.says(Reply(body, etag='"fifty"'))
    assert status["articles"] == 49
    feed = stage.service.get(FEED).body
    assert feed.count(b"</entry>") == 49


@pytest.mark.slow
def test_two_section_feeds_of_one_newspaper_bring_one_article_once(tmp_path: Path) -> None:
    with Upstream() as upstream:
        upstream.reply = Reply(rss([replace(ONE, categories=("Học",)), TWO]))
        sources = f"""
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh}}
sources:
  - {{id: thoi-su, kind: syndication, url: "{upstream.root}/a", every: 2s, title: A, outlet: bao, topics: [politics]}}
  - {{id: giao-duc, kind: syndication, url: "{upstream.root}/b", every: 2s, title: B, outlet: bao, topics: [education]}}
"""
        with Service(Newsroom(tmp_path, sources, [upstream.place])) as service:
            service.wait_until_ready()

            def entries(path: str) -> int:
                return service.get(path).body.count(b"</entry>")

            feeds = ("sources/thoi-su", "sources/giao-duc", "topics/politics", "topics/education", "all")
            assert eventually(lambda: [entries(f"/feeds/{one}.atom") for one in feeds] == [2] * 5, 20)
