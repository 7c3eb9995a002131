"""A newsroom with one feed of fifty articles under the bundled rules, its web server, and its scheduler."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.bootstrap.services import utc_now
from feedsvc.domain.article import Article, Draft, Evidence, Label, LabelKind, Origin
from feedsvc.domain.feed import Feed, FeedKey
from feedsvc.domain.identity import article_id, article_uri
from feedsvc.domain.passes import Outcome, Pass, Placed

from ..classifying.texts import drafts
from .running import Cores, Running, free_port, on, running

CONFIG = Path(__file__).parents[2] / "config"
SITE = 'site: {title: "Tin Đo", language: vi, zone: Asia/Ho_Chi_Minh, tag_authority: "example.org,2026"}\n'
DEFAULTS = "defaults: {language: vi, zone: Asia/Ho_Chi_Minh}\nsources:\n"
OURS = 'title: "Báo Đo", kind: documents, every: 12h'
SOURCE = "do"
ENTRIES, WORDS, PARAGRAPHS = 50, 200, 2
"""Of the feed; words of an article, and how many of its twelve paragraphs are taken: 80 KB of Atom in all."""
START = datetime(2025, 6, 1, tzinfo=UTC)
LEASE = timedelta(minutes=1)
LATER = timedelta(days=30)
"""Until the scheduler looks for our own articles, whose source has none to show."""


class Newsroom:
    """Its configuration lies in `config`, its database, unless it is elsewhere, in `data`.

    `upstreams` are further sources, each an address that the scheduler polls every two seconds, and a host and port.
    """

    def __init__(self, folder: Path, database: str | None = None, upstreams: Sequence[tuple[str, str]] = ()) -> None:
        self.folder = folder
        self.config = folder / "config"
        self.environment = {"FEEDSVC_CONFIG": str(self.config), "FEEDSVC_DATA_DIR": str(folder / "data")}
        if database is not None:
            self.environment["FEEDSVC_DATABASE_URL"] = database
        self.config.mkdir(parents=True)
        (folder / "data").mkdir()
        allowed = json.dumps([place for _, place in upstreams])
        self._write("feedsvc", f"{SITE}polling: {{floor: 2s}}\nfetch: {{allow_hosts: {allowed}}}\n")
        self._write("sources", f"{DEFAULTS}- {{id: {SOURCE}, {OURS}, path: inbox}}\n{''.join(_lines(upstreams))}")
        self._rules()

    def _rules(self) -> None:
        for name in ("topics", "regions"):
            shutil.copy(CONFIG / f"{name}.yaml", self.config)

    def _write(self, name: str, text: str) -> None:
        (self.config / f"{name}.yaml").write_text(text, encoding="utf-8")

    @contextmanager
    def opened(self) -> Iterator[Services]:
        """Its services, configured."""
        with closing(Services(bootstrap.read_settings(self.config, self.environment))) as services:
            bootstrap.configure(services)
            yield services

    def fill(self) -> Feed:
        """Store the fifty articles; gives the feed as it is published."""
        with self.opened() as services:
            store(services, hot(services, START), START)
            return services.assembler.feed(FeedKey(source=SOURCE))

    @contextmanager
    def served(self, core: int | None = None, name: str = "serve") -> Iterator[Running]:
        """`feedsvc serve`, on a core of its own where one is named, with its log in a file."""
        port = free_port()
        bind = {"FEEDSVC_BIND": f"127.0.0.1:{port}", "FEEDSVC_PUBLIC_URL": "https://do.example"}
        argv = _argv("serve", core)
        with running(argv, port, self.folder / f"{name}.log", {**self.environment, **bind}) as server:
            yield server

    @contextmanager
    def scheduled(self, cores: Cores) -> Iterator[Running]:
        """`feedsvc schedule`, on the core of what is measured."""
        argv = _argv("schedule", cores.server)
        with running(argv, 0, self.folder / "schedule.log", self.environment) as scheduler:
            yield scheduler


def _argv(command: str, core: int | None) -> list[str]:
    """The service's command, on one core alone if it is named."""
    argv = [sys.executable, "-m", "feedsvc", command]
    return argv if core is None else on(core, argv)


def hot(services: Services, now: datetime) -> list[Placed]:
    """The fifty articles, each with a topic and a region, the newest first."""
    taxonomy = services.settings.taxonomy
    made = drafts(taxonomy, 1, ENTRIES, WORDS)
    topics, regions = list(taxonomy.topics), list(taxonomy.regions)
    return [
        placed(
            services,
            numbered(draft, number),
            (label(LabelKind.TOPIC, topics[number % len(topics)]), label(LabelKind.REGION, regions[number])),
            now,
        )
        for number, draft in enumerate(made)
    ]


def numbered(draft: Draft, number: int) -> Draft:
    """A draft under a key of its own, a quarter of an hour older than the one before."""
    published = START - timedelta(minutes=15 * number)
    return replace(draft, key=f"n{number}", content=draft.content[:PARAGRAPHS], published=published)


def store(services: Services, made: Iterable[Placed], now: datetime) -> None:
    """Store articles as a pass over the source would. Raises RuntimeError where that is refused."""
    (claim,) = services.store.claim(holder="bench", now=now, lease=LEASE, limit=1, only=frozenset({SOURCE}))
    done = Pass(
        claim=claim,
        outlet=SOURCE,
        started=now,
        outcome=Outcome.CHANGED,
        cursor=claim.cursor,
        next_poll=utc_now() + LATER,
        articles=tuple(made),
    )
    if not services.store.commit(done).stored:
        raise RuntimeError("a pass was refused")


def placed(services: Services, draft: Draft, labels: tuple[Label, ...], now: datetime) -> Placed:
    """A draft as an article that has these labels, and the feeds that follow."""
    id = article_id(SOURCE, draft.key)
    article = Article(
        id=id,
        uri=article_uri("example.org,2026", id),
        source=SOURCE,
        outlet=SOURCE,
        draft=draft,
        labels=labels,
        updated=max(now, draft.published),
        fingerprint=sha256(f"{draft.key} {draft.title}".encode()).hexdigest(),
    )
    return Placed(article, services.classifier.feeds(SOURCE, labels))


def label(kind: LabelKind, slug: str, rank: int = 0) -> Label:
    """A label that the source gives."""
    return Label(kind=kind, slug=slug, origin=Origin.SOURCE, reason=(Evidence("source", "", ""),), rank=rank)


def _lines(upstreams: Sequence[tuple[str, str]]) -> Iterator[str]:
    for number, (address, _) in enumerate(upstreams):
        yield f'- {{id: s{number}, kind: syndication, every: 2s, title: "Báo {number}", url: "{address}"}}\n'


def as_stored(feed: Feed) -> Mapping[str, Any]:
    """A feed as the plain way keeps it."""
    return {
        **{name: getattr(feed, name) for name in ("id", "title", "subtitle", "language", "author", "page")},
        "updated": feed.updated.isoformat(),
        "entries": [
            {
                **{name: getattr(one, name) for name in ("id", "title", "summary", "content", "address", "authors")},
                "categories": [(category.term, category.scheme, category.label) for category in one.categories],
                "published": one.published.isoformat(),
                "updated": one.updated.isoformat(),
            }
            for one in feed.entries
        ],
    }
