"""The one composition root: settings in, services out. Every default can be replaced by keyword.

Nothing is built on import, and a process imports only the rooms that it uses, since that is most of its start. It
builds after its fork, and closes what it built.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from . import __version__, plugins
from .domain.fetched import Failure
from .domain.passes import Claim
from .domain.source import Source
from .errors import RecordRefused

if TYPE_CHECKING:
    from flask import Flask

    from .domain.article import Draft
    from .pipeline.assemble import Assembler
    from .pipeline.classify import Classifier
    from .pipeline.ingest import Ingest
    from .ports import Clock, Fetcher, MediaStore, SourceKind
    from .scheduling.scheduling import Scheduling
    from .settings import Settings
    from .storage.store import Store

DAY = timedelta(days=1)


def utc_now() -> datetime:
    """The clock of production: aware, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


class Services:
    """What the processes share: the settings, and all that follows from them, each made when it is first asked for.

    Whatever is given by keyword takes the place of its default. Closed by who opened it.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock = utc_now,
        store: Store | None = None,
        media: MediaStore | None = None,
        fetcher: Fetcher | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.sources = {source.id: source for source in settings.sources}
        given = {"store": store, "media": media, "fetcher": fetcher}
        self.__dict__.update({name: one for name, one in given.items() if one is not None})

    @cached_property
    def store(self) -> Store:
        """The database of the settings, opened, at this release's schema."""
        from .storage.store import open_store

        return open_store(self.settings.database_url)

    @cached_property
    def media(self) -> MediaStore:
        """Pictures in a folder below the data directory."""
        from .storage.media import FolderMedia

        return FolderMedia(self.settings.data_dir / "media")

    @cached_property
    def fetcher(self) -> Fetcher:
        """The one door out."""
        from .fetching.door import Deferred, Door
        from .fetching.folder import FolderFetcher

        folders = FolderFetcher(self.clock)
        # A process without a source on the web never loads the library for it.
        web = Deferred(self._web_fetcher)
        return Door({"folder": folders, "file": folders, "http": web, "https": web}, self.clock)

    def _web_fetcher(self) -> Fetcher:
        from .fetching.guarding import Guard
        from .fetching.web import WebFetcher, agent_of

        agent = agent_of(__version__, self.settings.site.public_url, self.settings.contact)
        return WebFetcher(self.clock, agent, guard=Guard(self.settings.allow_hosts))

    @cached_property
    def kinds(self) -> Mapping[str, SourceKind]:
        """Every kind of source that is plugged in."""
        return {name: kind() for name, kind in plugins.plugins(plugins.SOURCES).items()}

    @cached_property
    def classifier(self) -> Classifier:
        """The taxonomy with its matcher, in the spelling of the site's language."""
        from .pipeline.classify import Classifier
        from .text.matcher import AhoCorasickMatcher
        from .text.neutral import Neutral
        from .text.patterns import patterns_of

        languages = {name: language() for name, language in plugins.plugins(plugins.LANGUAGES).items()}
        neutral = Neutral()
        spelling = languages.get(self.settings.site.language.partition("-")[0], neutral).canonical
        matcher = AhoCorasickMatcher(patterns_of(self.settings.taxonomy), spelling)
        return Classifier(self.settings.taxonomy, matcher, languages, neutral)

    @cached_property
    def assembler(self) -> Assembler:
        """What makes feeds of what is stored."""
        from .pipeline.assemble import Assembler

        return Assembler(self.settings.site, self.settings.taxonomy, self.sources, self.store)

    @cached_property
    def ingest(self) -> Ingest:
        """What makes a pass."""
        from .markup.reader import HtmlReader
        from .pipeline.harvest import World
        from .pipeline.ingest import Ingest

        world = World(self.fetcher, self.media)
        authority = self.settings.site.tag_authority
        return Ingest(self.sources, self.kinds, world, HtmlReader(), self.classifier, self.store, authority, self.clock)

    def close(self) -> None:
        """Give back every connection."""
        if "store" in self.__dict__:
            self.store.close()


def read_settings(config: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a folder and an environment. Raises ConfigurationError with every problem."""
    from .settings import load_settings

    kinds = {name: kind.options for name, kind in plugins.plugins(plugins.SOURCES).items()}
    return load_settings(config, environ, kinds)


def configure(services: Services) -> int:
    """Bring the store into line with the settings; returns how many stored articles were classified anew."""
    from .pipeline.relabel import relabel
    from .pipeline.setup import setup_of

    settings = services.settings
    setup = setup_of(settings.site, settings.sources, settings.taxonomy)
    now = services.clock()
    if not services.store.configure(setup, now):
        return 0
    looked_at = relabel(services.store, services.classifier, services.sources, now)
    services.store.applied(setup, now)
    return looked_at


def scheduling(services: Services) -> Scheduling:
    """The scheduler, not yet started."""
    from .scheduling.scheduling import Scheduling

    return Scheduling(services.store, partial(run_pass, services), services.clock)


def run_pass(services: Services, claim: Claim) -> None:
    """One pass, done, stored and logged."""
    from .scheduling.reporting import report

    began = time.monotonic()
    done, changes = services.ingest.run(claim, services.clock())
    report(done, changes, time.monotonic() - began)


def draft_of_file(services: Services, path: Path, source_id: str | None) -> tuple[Source, Draft]:
    """A file read as a document of the named source, else of one that has only the site's language and zone.

    Raises RecordRefused, with the reason, for what cannot become an article.
    """
    from .domain.fetched import Fetched
    from .markup.reader import HtmlReader
    from .pipeline.normalise import normalise
    from .sources.documents import Documents

    site, kind = services.settings.site, Documents()
    source = services.sources.get(source_id or "") or Source(
        id="text", kind=kind.name, title="text", outlet="text", language=site.language, zone=site.zone, every=DAY
    )
    own = isinstance(source.options, kind.options)
    answer = services.fetcher.fetch(kind.single(path), timedelta(seconds=30))
    if not isinstance(answer, Fetched):
        raise RecordRefused(path.name, answer.why if isinstance(answer, Failure) else "it cannot be read")
    parsed = kind.parse(source if own else replace(source, options=kind.options(path=path.parent)), answer)
    if not parsed.records:
        raise RecordRefused(path.name, parsed.rejections[0].reason)
    record = parsed.records[0]
    language = services.classifier.language(record.language or source.language)
    return source, normalise(source, language, HtmlReader(), record, services.clock())


def web_app() -> Flask:
    """The WSGI application of a web process, from its environment alone: what the web server imports by name."""
    from .logs import configure_logs

    configure_logs()
    return build_web(Services(read_settings(Path(os.environ.get("FEEDSVC_CONFIG") or "config"))))


def build_web(services: Services) -> Flask:
    """The Flask application over services."""
    from .web.app import create_app
    from .web.contents import contents_of
    from .web.newsroom import Newsroom
    from .web.readiness import readiness_of

    settings, zone = services.settings, ZoneInfo(services.settings.site.zone)
    today = services.clock().astimezone(zone).date()
    contents = contents_of(settings.site.title, settings.site.language, settings.taxonomy, settings.sources, today)
    formats = plugins.plugins(plugins.FORMATS)
    newsroom = Newsroom(
        shelf=services.store,
        media=services.media,
        feed_of=services.assembler.feed,
        entry_of=services.assembler.entry,
        formats={name: formats[name]() for name in sorted(formats, key=_preference)},
        contents=contents,
        public_url=settings.site.public_url,
        zone=zone,
        max_age=settings.site.max_age,
        ready=partial(readiness_of, services.store, services.store, services.clock),
        clock=services.clock,
    )
    return create_app(newsroom)


def _preference(format_name: str) -> tuple[int, str]:
    """Atom first, which most readers take and which says most; formats of others last."""
    known = ("atom", "rss", "json")
    return (known.index(format_name) if format_name in known else len(known), format_name)
