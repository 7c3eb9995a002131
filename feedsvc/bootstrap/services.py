"""What the processes share, each made when it is first asked for; and what is done with it."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__, plugins
from ..domain.passes import Claim, Pass
from ..domain.setup import Setup
from .reading import every_language, plain_reader

if TYPE_CHECKING:
    from ..pipeline.assemble import Assembler
    from ..pipeline.classify import Classifier
    from ..pipeline.ingest import Ingest
    from ..ports import Clock, Fetcher, Reader, SourceKind
    from ..scheduling.scheduling import Scheduling
    from ..settings import Settings
    from ..storage.media import FolderMedia
    from ..storage.store import Store


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
        media: FolderMedia | None = None,
        fetcher: Fetcher | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.sources = {source.id: source for source in settings.sources}
        given = {"store": store, "media": media, "fetcher": fetcher, "reader": reader}
        self.__dict__.update({name: one for name, one in given.items() if one is not None})

    @cached_property
    def store(self) -> Store:
        """The database of the settings, opened, at this release's schema."""
        from ..storage.store import open_store

        return open_store(self.settings.database_url)

    @cached_property
    def media(self) -> FolderMedia:
        """Pictures in a folder below the data directory."""
        from ..storage.media import FolderMedia

        return FolderMedia(self.settings.data_dir / "media")

    @cached_property
    def fetcher(self) -> Fetcher:
        """The one door out."""
        from ..fetching.door import Deferred, Door
        from ..fetching.folder import FolderFetcher

        folders = FolderFetcher(self.clock)
        # A process without a source on the web never loads the library for it.
        web = Deferred(self._web_fetcher)
        return Door({"folder": folders, "file": folders, "http": web, "https": web}, self.clock)

    def _web_fetcher(self) -> Fetcher:
        from ..fetching.guarding import Guard
        from ..fetching.web import WebFetcher, agent_of

        agent = agent_of(__version__, self.settings.site.public_url, self.settings.contact)
        return WebFetcher(self.clock, agent, guard=Guard(self.settings.allow_hosts))

    @cached_property
    def reader(self) -> Reader:
        """Where hostile bytes are read: in processes of their own, which may be killed."""
        from ..running.killable import KillableReader

        return KillableReader("feedsvc.bootstrap:worker_reader", plain_reader())

    @cached_property
    def kinds(self) -> Mapping[str, SourceKind]:
        """Every kind of source that is plugged in."""
        return {name: kind() for name, kind in plugins.plugins(plugins.SOURCES).items()}

    @cached_property
    def setup(self) -> Setup:
        """What the store must know of the settings."""
        from ..pipeline.setup import setup_of

        return setup_of(self.settings.site, self.settings.sources, self.settings.taxonomy, self.kinds)

    @cached_property
    def classifier(self) -> Classifier:
        """The taxonomy with its matcher, in the spelling of the site's language."""
        from ..pipeline.classify import Classifier
        from ..text.matcher import AhoCorasickMatcher
        from ..text.patterns import patterns_of

        languages = every_language()
        spelling = languages.of(self.settings.site.language).canonical
        matcher = AhoCorasickMatcher(patterns_of(self.settings.taxonomy), spelling)
        return Classifier(self.settings.taxonomy, matcher, languages)

    @cached_property
    def assembler(self) -> Assembler:
        """What makes feeds of what is stored."""
        from ..pipeline.assemble import Assembler

        return Assembler(self.settings.site, self.settings.taxonomy, self.sources, self.store)

    @cached_property
    def ingest(self) -> Ingest:
        """What makes a pass."""
        from ..pipeline.harvest import World
        from ..pipeline.ingest import Ingest

        world = World(self.fetcher, self.reader, self.media)
        authority = self.settings.site.tag_authority
        return Ingest(self.sources, self.kinds, world, self.classifier, self.store, authority, self.clock)

    def close(self) -> None:
        """Give back every connection, and let the workers go."""
        for name in ("store", "reader"):
            close = getattr(self.__dict__.get(name), "close", None)
            if close is not None:
                close()


def read_settings(config: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of a folder and an environment. Raises ConfigurationError with every problem."""
    from ..settings import load_settings

    kinds = {name: kind.options for name, kind in plugins.plugins(plugins.SOURCES).items()}
    return load_settings(config, environ, kinds)


def configure(services: Services) -> int:
    """Bring the store into line with the settings; returns how many stored articles were classified anew."""
    from ..pipeline.relabel import relabel

    setup, now = services.setup, services.clock()
    if not services.store.configure(setup, now):
        return 0
    looked_at = relabel(services.store, services.classifier, services.sources, now)
    services.store.applied(setup, now)
    return looked_at


def scheduling(services: Services) -> Scheduling:
    """The scheduler, not yet started."""
    from ..running.memory import collect_rarely, share_one_arena
    from ..scheduling.scheduling import Scheduling

    share_one_arena()
    made = Scheduling(services.store, partial(run_pass, services), services.clock)
    collect_rarely()
    return made


def run_pass(services: Services, claim: Claim) -> Pass | None:
    """One pass, done, stored and logged; one that changed nothing is still to be stored, and is given back."""
    from ..scheduling.reporting import report

    began = time.monotonic()
    done = services.ingest.polled(claim, services.clock())
    changes = None if done.quiet else services.store.commit(done)
    report(done, changes, time.monotonic() - began)
    return done if changes is None else None
