"""A newsroom with a folder and a feed of strangers, polled when a test says so, and everything that it publishes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedsvc.bootstrap import Services, build_web
from feedsvc.domain.passes import Pass
from tests.clients.stage import png
from tests.e2e.newsroom import LEASE, Newsroom
from tests.rules import check
from tests.unit.fetching.server import Server, answer

from .passive import active, active_in_page, text_alone
from .reading import READ, Entry
from .upstreams import Written

NOW = datetime(2026, 4, 1, 8, tzinfo=UTC)
WRITTEN = (NOW - timedelta(days=1)).timestamp()
SOURCES = """
defaults: {{language: vi, zone: Asia/Ho_Chi_Minh, every: 1h}}
sources:
  - {{id: la, kind: syndication, url: "{root}/la", title: "Lạ"}}
  - {{id: thu-muc, kind: documents, path: inbox/dai-thu, title: "Thư mục"}}
"""


@dataclass
class Desk:
    """`says` is what the stranger's feed holds."""

    services: Services
    newsroom: Newsroom
    says: list[Written]

    def brings(self, feed: Written) -> Pass:
        """A pass over a feed of the stranger."""
        self.says.append(feed)
        return self._poll("la")

    def drops(self, documents: Mapping[str, bytes]) -> Pass:
        """A pass over documents, a picture beside them."""
        for name, body in {**documents, "anh.png": png()}.items():
            (self.newsroom.inbox / name).write_bytes(body)
            os.utime(self.newsroom.inbox / name, times=(WRITTEN, WRITTEN))
        return self._poll("thu-muc")

    def _poll(self, source: str) -> Pass:
        store = self.services.store
        (claim,) = store.claim(holder="desk", now=NOW, lease=LEASE, limit=1, only=frozenset({source}))
        done, changes = self.services.ingest.run(claim, NOW)
        assert changes.stored
        return done

    def published(self, source: str) -> dict[str, list[Entry]]:
        """The entries of a source's feed by format; every document is valid."""
        client, found = build_web(self.services).test_client(), {}
        for name, read in READ.items():
            body = client.get(f"/feeds/sources/{source}.{name}").data
            assert check(name, body, now=NOW + timedelta(days=1)) == []
            found[name] = read(body)
        return found

    def pages(self, entries: list[Entry]) -> Iterator[tuple[str, str]]:
        """The page of each article, and that of everything, by path."""
        client = build_web(self.services).test_client()
        for path in ("/", *(f"/articles/{entry.id.rpartition('/')[2]}" for entry in entries)):
            yield path, client.get(path).get_data(as_text=True)


def harm_of(published: Mapping[str, list[Entry]]) -> list[str]:
    """Everything in the entries that acts, or could, or is another title than JSON says."""
    titles = {entry.id: entry.title for entry in published["json"]}
    return [
        f"{name} {entry.id}: {harm}"
        for name, entries in published.items()
        for entry in entries
        for harm in (
            *(harm for html in entry.html for harm in active(html)),
            *(f"leads to {one}" for one in entry.addresses if not one.startswith(("http://", "https://"))),
            *_of_title(entry, titles[entry.id]),
        )
    ]


def _of_title(entry: Entry, title: str) -> list[str]:
    shown = entry.title if entry.titled is None else text_alone(entry.titled)
    return [] if shown == title else [f"its title is {shown!r}, not {title!r}"]


def harm_in_pages(desk: Desk, entries: list[Entry]) -> list[str]:
    """Everything in the pages of the entries that acts, or could, beside what a page is made of."""
    return [f"{path}: {harm}" for path, page in desk.pages(entries) for harm in active_in_page(page)]


@contextmanager
def desk_at(folder: Path) -> Iterator[Desk]:
    """A desk whose files lie in a folder; its feeds hold 500 entries."""
    says: list[Written] = []
    with Server(lambda path: answer(body=says[-1].body, content_type=says[-1].media_type)) as server:
        newsroom = Newsroom(folder, SOURCES.format(root=server.at("").rstrip("/")), [f"127.0.0.1:{server.port}"])
        service = newsroom.config / "feedsvc.yaml"
        service.write_text(service.read_text(encoding="utf-8").replace("entries: 50 ", "entries: 500 "))
        services = newsroom.open(NOW)
        yield Desk(services, newsroom, says)
        services.close()
