"""What the processes share, each made when it is first asked for; and what is done with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .. import plugins
from ..domain.setup import Setup
from .classifying import classifier_of
from .outward import agent, queues, web_fetcher
from .reading import plain_reader

if TYPE_CHECKING:
    from ..fetching.resolving import Lookups
    from ..fetching.turns import Turns
    from ..pipeline.assemble import Assembler
    from ..pipeline.classify import Classifier
    from ..pipeline.ingest import Ingest
    from ..pipeline.relabel import Placing
    from ..pipeline.telling import Webhook
    from ..ports import Clock, Fetcher, Poster, Reader, SourceKind
    from ..settings import Settings
    from ..storage.media import FolderMedia
    from ..storage.store import Store
    from ..web.crowd import Crowd
    from ..web.portions import Portions
    from ..web.seen import Seen
    from ..web.traffic import Counts


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
        poster: Poster | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.sources = {source.id: source for source in settings.sources}
        given = {"store": store, "media": media, "fetcher": fetcher, "reader": reader, "poster": poster}
        self.__dict__.update({name: one for name, one in given.items() if one is not None})

    def under(self, settings: Settings, *shared: str) -> Services:
        """Services of other settings that share what these names stand for, which is closed with these alone.

        The database and the data folder of the settings have to be the same.
        """
        made = Services(settings, clock=self.clock)
        made.__dict__.update({name: getattr(self, name) for name in shared})
        return made

    def today(self) -> date:
        """The day that it is for the readers of the site."""
        return self.clock().astimezone(ZoneInfo(self.settings.site.zone)).date()

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
        web = Deferred(partial(web_fetcher, self.settings, self.clock, self.queues))
        return Door({"folder": folders, "file": folders, "http": web, "https": web}, self.clock)

    @cached_property
    def poster(self) -> Poster:
        """The same door, for messages to the operator."""
        from ..fetching.guarding import Guard
        from ..fetching.posting import WebPoster

        return WebPoster(agent(self.settings), self.queues()[0], Guard(self.settings.allow_hosts))

    @cached_property
    def webhook(self) -> Webhook | None:
        """What tells the operator how sources do, None where nobody is to be told."""
        from ..pipeline.telling import Webhook

        operator = self.settings.operator
        if operator.webhook is None:
            return None
        return Webhook(address=operator.webhook, secret=operator.webhook_key, sources=self.sources, poster=self.poster)

    @cached_property
    def queues(self) -> Callable[[], tuple[Lookups, Turns]]:
        """Where fetches wait, for a name and for a place: two configurations have no more turns than one."""
        return cache(partial(queues, self.settings.polling.a_host))

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

        settings = self.settings
        return setup_of(settings.site, settings.sources, settings.taxonomy, self.kinds, self.today(), settings.rules)

    @cached_property
    def classifier(self) -> Classifier:
        """The taxonomy with its matcher, in the spelling of the site's language."""
        return classifier_of(self.settings.taxonomy, self.settings.site.language)

    @cached_property
    def placing(self) -> Placing:
        """What gives stored articles the labels and feeds of these settings."""
        from ..pipeline.relabel import Placing

        return Placing(self.classifier, self.sources)

    @cached_property
    def counts(self) -> Counts:
        """What is asked of the feeds, and what that costs."""
        from ..web.traffic import Counts

        return Counts(plugins.plugins(plugins.FORMATS))

    @cached_property
    def seen(self) -> Seen:
        """What is told of requests."""
        from ..log_lines import LogLines
        from ..web.access import EVENT, LOGGER, NAMES
        from ..web.seen import Seen

        return Seen(self.counts, LogLines(LOGGER, EVENT, NAMES))

    @cached_property
    def taken(self) -> int:
        """Bytes of memory that this process had taken when it was first asked."""
        from ..running.memory import resident

        return resident()

    @cached_property
    def portions(self) -> Portions:
        """Who was given which feed whole lately."""
        from ..web.portions import Portions

        return Portions()

    @cached_property
    def crowd(self) -> Crowd:
        """Who waits for documents; two threads are left to all others."""
        from ..running.threads import answering_threads
        from ..web.crowd import FEWEST, Crowd

        return Crowd(max(FEWEST, answering_threads() - 2))

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
        return Ingest(
            self.sources,
            self.kinds,
            world,
            self.classifier,
            self.store,
            self.settings.site.tag_authority,
            self.clock,
            self.settings.polling.pace,
            self.setup.digest,
        )

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
