"""A newsroom with a hostile source and a healthy one, both on this machine, polled when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedsvc.bootstrap import Services, build_web
from feedsvc.domain.article import Article
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Changes, Pass
from tests.e2e.newsroom import LEASE, Newsroom
from tests.e2e.upstream import Item, rss
from tests.rules import check
from tests.unit.fetching.server import Say, Server, answer

from .hostile import Places

BEGIN = datetime(2026, 4, 1, 8, tzinfo=UTC)
DEADLINE = timedelta(seconds=1.5)
FORMATS = ("atom", "rss", "json")
GOOD = [Item("tốt-1", "Tin một", day=1), Item("tốt-2", "Tin hai", day=2)]
SOURCES = """
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh, every: 1h}}
sources:
  - {{id: xau, kind: syndication, url: "{root}/xau", title: "Xấu"}}
  - {{id: lanh, kind: syndication, url: "{root}/lanh", title: "Lành"}}
"""


def healthy() -> Say:
    """What an honest newspaper says."""
    return answer(body=rss(GOOD), content_type="application/rss+xml")


@dataclass
class Desk:
    """`says` is what the hostile source answers; whatever asks for the canary is noted there."""

    services: Services
    server: Server
    canary: Server
    elsewhere: Server
    file: Path
    says: Callable[[str], Say] = lambda path: healthy()
    now: datetime = BEGIN
    feeds: dict[str, bytes] = field(default_factory=dict)

    @property
    def places(self) -> Places:
        """Where an answer may want to lead."""
        return Places(self.canary.at("/feed"), self.elsewhere.at("").rstrip("/"), str(self.file))

    def poll(self, source: str = "xau") -> tuple[Pass, Changes]:
        """A pass, an hour after the one before."""
        self.now += timedelta(hours=1)
        claims = self.services.store.claim(holder="desk", now=self.now, lease=LEASE, limit=1, only=frozenset({source}))
        ingest = self.services.ingest
        ingest = replace(ingest, world=replace(ingest.world, deadline=DEADLINE))
        done, changes = ingest.run(claims[0], self.now)
        assert changes.stored
        return done, changes

    def brings(self, body: bytes, **headers: str) -> Pass:
        """A pass over a feed of the hostile source."""
        self.says = lambda path: answer(body=body, **{"content_type": "application/rss+xml", **headers})
        return self.poll()[0]

    def served(self, path: str = "sources/xau") -> dict[str, bytes]:
        """The documents of a feed, every one of them valid."""
        client = build_web(self.services).test_client()
        found = {}
        for name in FORMATS:
            response = client.get(f"/feeds/{path}.{name}")
            assert response.status_code == 200
            assert check(name, response.data, now=self.now + timedelta(days=1)) == []
            found[name] = response.data
        return found

    def page(self, path: str) -> str:
        """A page for people."""
        response = build_web(self.services).test_client().get(path)
        assert response.status_code == 200
        return str(response.get_data(as_text=True))

    def articles(self, source: str = "xau") -> dict[str, Article]:
        """All that a source has published, by title."""
        newest = self.services.store.newest(FeedKey(source=source), 1000)
        return {article.draft.title: article for article in newest}


@contextmanager
def desk_at(folder: Path) -> Iterator[Desk]:
    """A desk whose files lie in a folder."""
    made: list[Desk] = []
    page = answer(body=b"<!doctype html><title>Login</title>", content_type="text/html")
    with (
        Server(lambda path: healthy() if path == "/lanh" else made[0].says(path)) as server,
        Server(lambda path: healthy()) as canary,
        Server(lambda path: page) as elsewhere,
    ):
        places = [f"127.0.0.1:{one.port}" for one in (server, elsewhere)]
        newsroom = Newsroom(folder, SOURCES.format(root=server.at("").rstrip("/")), places)
        newsroom.open(BEGIN).close()
        file = folder / "secret.xml"
        file.write_bytes(rss([Item("bí-mật", "Bí mật")]))
        made.append(Desk(Services(newsroom.settings, clock=lambda: made[0].now), server, canary, elsewhere, file))
        yield made[0]
        made[0].services.close()
