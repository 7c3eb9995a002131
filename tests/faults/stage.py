"""A service over a database, the newspaper that it follows, and what is seen of them from outside."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.e2e.newsroom import Newsroom
from tests.e2e.processes import below
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Item, Reply, Upstream, rss

from .conftest import Place
from .looking import looking

FEED = "/feeds/all.atom"
MOST = 100
"""Entries of a feed: the newest 50, and as many more that came within the last 24 hours."""
UNSEEN = (False, "has not shown itself lately")
"""What is said of a scheduler that does not show itself."""


@dataclass
class Asked:
    """What came of requests: how often each status, 0 for none, and the seconds that the slowest took."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0


@dataclass
class Stage:
    """One source, `bao`, whose feed is the upstream's, and a service."""

    upstream: Upstream
    newsroom: Newsroom
    service: Service
    url: str

    def publishes(self, count: int, text: str = "Một đoạn văn ngắn.") -> None:
        """Let the newspaper have published so many articles, numbered from 0."""
        numbers = reversed(range(count))
        body = rss(Item(f"tin-{number}", f"Tin {number}", text, day=number % 28 + 1) for number in numbers)
        self.upstream.reply = Reply(body, etag=f'"{count}"')

    @property
    def articles(self) -> int:
        """How many are stored."""
        with looking(self.url) as look:
            return int(look.one("SELECT count(*) FROM articles"))

    def checks(self) -> dict[str, tuple[bool, str]]:
        """What /readyz says, whatever its status."""
        found = json.loads(self.service.get("/readyz").body)["checks"]
        return {check["name"]: (check["ok"], check["message"]) for check in found}

    def well(self) -> bool:
        """Whether /readyz finds nothing wrong."""
        return all(ok for ok, _ in self.checks().values())

    def processes(self) -> dict[int, str]:
        """The processes of the service, see `processes_of`."""
        return self.processes_of(self.service)

    @staticmethod
    def processes_of(service: Service) -> dict[int, str]:
        """The processes of a service, but for the workers that read for it, by their numbers."""
        assert service.process is not None
        every = below(service.process.pid)
        return {one.pid: one.command for one in every if "running.worker" not in one.command}

    def assert_each_once(self, count: int) -> None:
        """So many articles are stored and in the feed of all, each once."""
        with looking(self.url) as look:
            look.assert_whole()
            assert look.one("SELECT count(*) FROM articles") == count
        assert eventually(lambda: self.service.get(FEED).body.count(b"</entry>") == min(count, MOST))

    @contextmanager
    def asked(self, *paths: str) -> Iterator[Asked]:
        """Somebody asks for these all the time while inside."""
        found, enough = Asked(), Event()

        def ask() -> None:
            while not enough.wait(0.05):
                for path in paths:
                    self._ask(path, found)

        asker = Thread(target=ask)
        asker.start()
        try:
            yield found
        finally:
            enough.set()
            asker.join()

    def _ask(self, path: str, found: Asked) -> None:
        began = time.monotonic()
        try:
            status = self.service.get(path).status
        except (OSError, http.client.HTTPException):
            status = 0
        found.statuses[status] += 1
        found.slowest = max(found.slowest, time.monotonic() - began)


@contextmanager
def stage(place: Place, **environment: str) -> Iterator[Stage]:
    """A service that is ready, and has stored the one article that there is."""
    with Upstream() as upstream:
        sources = f"""
defaults: {{language: vi}}
sources:
  - {{id: bao, kind: syndication, url: "{upstream.root}/rss", every: 2s, title: Báo}}
"""
        newsroom = Newsroom(place.folder, sources, [upstream.place])
        with Service(newsroom, FEEDSVC_DATABASE_URL=place.url, **environment) as service:
            made = Stage(upstream, newsroom, service, place.url)
            made.publishes(1)
            service.wait_until_ready()
            assert eventually(lambda: made.articles == 1)
            assert eventually(made.well)
            yield made
