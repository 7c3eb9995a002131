"""A newsroom of its own for a test: a configuration, a data folder, and its passes at times that the test says."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Outcome
from feedsvc.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LEASE = timedelta(seconds=30)

SOURCES = """
defaults: {language: vi, zone: Asia/Ho_Chi_Minh}
sources:
  - {id: dai-thu, kind: documents, path: inbox/dai-thu, every: 2s, title: "Đài Thử", home: tien-giang}
"""


class Newsroom:
    """The bundled topics and regions, and one source, `dai-thu`, whose folder is `inbox`.

    `upstreams` are the places of this machine, host:port each, that its sources may be at.
    """

    def __init__(self, folder: Path, sources: str = SOURCES, upstreams: Iterable[str] = ()) -> None:
        self._allowed = json.dumps(list(upstreams))
        self.config = folder / "config"
        self.data = folder / "data"
        self.inbox = self.data / "inbox" / "dai-thu"
        self.inbox.mkdir(parents=True)
        self.config.mkdir()
        for name in ("feedsvc.yaml", "topics.yaml", "regions.yaml"):
            shutil.copy(ROOT / "config" / name, self.config / name)
        (self.config / "sources.yaml").write_text(sources, encoding="utf-8")

    @cached_property
    def settings(self) -> Settings:
        """The configuration, read once."""
        return bootstrap.read_settings(self.config, self._ours)

    @property
    def _ours(self) -> dict[str, str]:
        own = {"FEEDSVC_CONFIG": str(self.config), "FEEDSVC_DATA_DIR": str(self.data)}
        return {**own, "FEEDSVC_FETCH__ALLOW_HOSTS": self._allowed}

    def environment(self, **more: str) -> dict[str, str]:
        """That of a process of this newsroom."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("FEEDSVC_")}
        return {**ours, **self._ours, **more}

    def drop(self, name: str, text: str, *, days_old: float = 1.0) -> Path:
        """Put a document into the folder, left alone for so many days."""
        path = self.inbox / name
        path.write_text(text, encoding="utf-8")
        age(path, days_old)
        return path

    def open(self, now: datetime) -> Services:
        """The services, with a clock that stands still."""
        services = bootstrap.Services(self.settings, clock=lambda: now)
        bootstrap.configure(services)
        return services

    def one_pass(self, now: datetime, *, accept_deletions: bool = False) -> Outcome:
        """Poll the source once, at a time; returns how it ended."""
        services = self.open(now)
        try:
            (claim,) = services.store.claim(holder="test", now=now, lease=LEASE, limit=1, only=frozenset({"dai-thu"}))
            done, changes = services.ingest.run(claim, now, accept_deletions)
            assert changes.stored
            return done.outcome
        finally:
            services.close()

    def ids(self, now: datetime) -> list[str]:
        """The ids of all articles in the feed of everything, newest first."""
        services = self.open(now)
        try:
            return [article.id for article in services.store.newest(FeedKey(), 10_000)]
        finally:
            services.close()


def age(path: Path, days: float) -> None:
    """Make a file look as if it had last changed so many days ago."""
    then = path.stat().st_mtime - days * 86400
    os.utime(path, (then, then))


def article(title: str, paragraphs: Iterable[str] = ("Một đoạn văn ngắn để thử.",), day: str = "10/1/2026") -> str:
    """A document in the newsroom's shape."""
    lead = f"(ĐT) Sáng {day}, xã Tân Thử, tỉnh Tiền Giang, họp bàn công tác dân vận."
    return "\n\n".join((title, lead, *paragraphs, "Lê Thử"))
