"""Services over a real store, and a folder whose reading a test can hold up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.bootstrap.following import Read
from feedsvc.bootstrap.reading import plain_reader
from feedsvc.domain.fetched import Answer, Request
from feedsvc.domain.passes import Claim
from feedsvc.fetching.folder import FolderFetcher
from feedsvc.settings import Settings
from tests.e2e.newsroom import LEASE, SOURCES, Newsroom

NOW = datetime(2027, 1, 10, 8, 0, tzinfo=UTC)
TOPIC = '\n  - {{id: {id}, title: {{vi: "{title}"}}, any: ["công tác dân vận"]}}\n'
OTHER_SOURCE = SOURCES.replace("dai-thu", "dai-moi")


class HeldFetcher:
    """A folder's fetcher; while `held` is set, it says that it was `asked` and waits to be let go."""

    def __init__(self) -> None:
        self.held = False
        self.asked, self.let_go = Event(), Event()
        self._folder = FolderFetcher(lambda: NOW)

    def fetch(self, request: Request, deadline: timedelta) -> Answer:
        """See `ports.Fetcher`."""
        if self.held:
            self.asked.set()
            assert self.let_go.wait(30)
        return self._folder.fetch(request, deadline)


@dataclass
class Room:
    """A newsroom and the services of its configuration as it is when they are asked for."""

    newsroom: Newsroom
    fetcher: HeldFetcher

    @classmethod
    def made(cls, folder: Path) -> Room:
        return cls(Newsroom(folder), HeldFetcher())

    def settings(self) -> Settings:
        """What the configuration says now."""
        return bootstrap.read_settings(self.newsroom.config, self.newsroom.environment())

    def services(self) -> Services:
        """Opened and configured; what is read, is read in this process."""
        made = Services(self.settings(), clock=lambda: NOW, fetcher=self.fetcher, reader=plain_reader())
        bootstrap.configure(made)
        return made

    def add_topic(self, slug: str, title: str = "Thử") -> Settings:
        """Settings with one topic more, which every article of the newsroom has."""
        with (self.newsroom.config / "topics.yaml").open("a", encoding="utf-8") as file:
            file.write(TOPIC.format(id=slug, title=title))
        return self.settings()

    def other_source(self) -> Settings:
        """Settings with another source instead of the one that there was."""
        (self.newsroom.config / "sources.yaml").write_text(OTHER_SOURCE, "utf-8")
        (self.newsroom.data / "inbox" / "dai-moi").mkdir(exist_ok=True)
        return self.settings()


def edited(settings: Settings) -> Read:
    """Settings of edited files, which are to be applied, topics and regions too."""
    return Read(settings, rules=True)


def claimed(services: Services, source: str) -> Claim:
    """The claim of a source, due or not."""
    store = services.store
    (claim,) = store.claim(holder="test", now=NOW, lease=LEASE, limit=1, only=frozenset({source}))
    return claim
