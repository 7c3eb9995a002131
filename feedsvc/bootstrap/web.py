"""The web process, from its environment alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .. import plugins
from .reloading import Changing
from .services import Services

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import StartResponse, WSGIEnvironment

    from flask import Flask

    from ..domain.article import Article
    from ..domain.feed import Feed
    from ..domain.status import Report
    from ..pipeline.questions import Wanted
    from ..ports import Format
    from ..running.reloading import Known
    from ..settings import Settings
    from ..web.answer import Fields
    from ..web.hot import HotFeeds
    from ..web.newsroom import Newsroom
    from ..web.refreshing import Refreshing
    from ..web.unapplied import Unapplied
    from ..web.warming import Warming
    from .following import Read

SHARED = ("store", "media", "counts", "portions", "crowd", "seen", "taken")
"""What there is once in a process, whatever its configuration."""


class Web:
    """The WSGI application of the newest configuration that was right; a request under way ends with its own."""

    # granian copies what stands in a __dict__, and would keep the first application for ever.
    __slots__ = ("_app", "_at_work", "_services", "_unapplied")

    def __init__(self, services: Services, unapplied: Unapplied) -> None:
        self._services = services
        self._unapplied = unapplied
        self._app, self._at_work = _served(services, unapplied)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """See PEP 3333."""
        return self._app(environ, start_response)

    def at_hand(self, environ: WSGIEnvironment) -> tuple[int, Fields, bytes] | None:
        """The answer, where it is at hand; see running.wsgi."""
        return self._app.at_hand(environ)

    def take_over(self, read: Read) -> None:
        """Answer whatever comes from now on by what was read. Raises StoreError; then call it again."""
        from ..running.memory import collect_now

        self._services.store.ping()  # away, it could not make anew what is thrown away now
        services = self._services.under(read.settings, *SHARED)
        before = self._at_work
        self._app, self._at_work = _served(services, self._unapplied, services.clock())
        self._services = services
        _end(before)
        del before
        collect_now()  # Flask's objects hold each other, and with them every document of the application before


def _end(at_work: Iterable[Warming | Refreshing]) -> None:
    for one in at_work:
        one.stop()
    for one in at_work:
        one.leave()


def web_app(known: Known[Read] | None = None, *, tell: bool = True) -> Web:
    """The WSGI application of a web process, from its environment alone: what the web server imports by name.

    It takes over what changes in its configuration. What is wrong there is logged, unless it is not to `tell`. What is
    `known` of it need not be read again.
    """
    from ..logs import configure_logs
    from ..running.memory import collect_rarely, share_one_arena
    from ..running.signals import on_hangup
    from ..web.unapplied import Unapplied

    configure_logs()
    share_one_arena()
    changing = Changing(Path(os.environ.get("FEEDSVC_CONFIG") or "config"), "web", tell=tell, known=known)
    web = Web(changing.services(), Unapplied(changing.problems, changing.pending, changing.overtaken))
    changing.start(web.take_over)
    on_hangup(changing.ask, gone=lambda: None)  # the server ends its workers itself
    collect_rarely()
    return web


def quiet_web_app(known: Known[Read] | None = None) -> Web:
    """The same beside a scheduler of the same configuration, which tells what is wrong there."""
    return web_app(known, tell=False)


def build_web(services: Services, unapplied: Unapplied | None = None, since: datetime | None = None) -> Flask:
    """The Flask application over services; `unapplied` tells of a changed configuration that is not in force.

    `since` is when it takes the place of another one, where it does.
    """
    from ..web.app import create_app
    from ..web.unapplied import Unapplied

    return create_app(_newsroom(services, unapplied or Unapplied(), since))


def _served(
    services: Services, unapplied: Unapplied, since: datetime | None = None
) -> tuple[HotFeeds, tuple[Warming, Refreshing]]:
    """The application, and what has begun to keep its documents as they are stored."""
    from ..web.feeds import FeedDesk
    from ..web.hot import HotFeeds
    from ..web.refreshing import Refreshing
    from ..web.warming import Warming

    newsroom = _newsroom(services, unapplied, since)
    desk = FeedDesk(newsroom)
    app, at_work = HotFeeds(newsroom, desk, services.seen), (Warming(newsroom, desk), Refreshing(desk))
    for one in at_work:
        one.start()
    return app, at_work


def _newsroom(services: Services, unapplied: Unapplied, since: datetime | None) -> Newsroom:
    from ..domain.retirement import Retirement
    from ..pipeline.fragments import Fragments
    from ..pipeline.joining import Joiner, bytes_of
    from ..web.budget import shared_out
    from ..web.contents import contents_of
    from ..web.newsroom import Newsroom
    from ..web.readiness import readiness_of

    settings, today = services.settings, services.today()
    written = plugins.plugins(plugins.FORMATS)
    formats: dict[str, Format] = {name: written[name]() for name in sorted(written, key=_preference)}
    budget = shared_out(settings.serving.memory, services.taken)
    fragments = Fragments(budget.fragments)
    joiners = {name: Joiner(services.assembler, services.store, form, fragments) for name, form in formats.items()}
    return Newsroom(
        shelf=services.store,
        media=services.media,
        feed_of=services.assembler.feed,
        entry_of=services.assembler.entry,
        formats=formats,
        join=lambda key, form: joiners[form].join(key),
        bytes_of=partial(bytes_of, fragments),
        forget=fragments.forget,
        tell=services.seen.tell,
        budget=budget,
        contents=contents_of(settings.site, settings.taxonomy, settings.sources, today),
        public_url=settings.site.public_url,
        zone=ZoneInfo(settings.site.zone),
        max_age=settings.site.max_age,
        ready=partial(readiness_of, services.store, services.store, services.clock, unapplied, _disk(settings)),
        tally=services.store.tally,
        reports=partial(_reports, services),
        health=partial(_health, services),
        explain=partial(_explained, services),
        counts=services.counts,
        clock=services.clock,
        operator=services.settings.operator,
        serving=settings.serving,
        portions=services.portions,
        crowd=services.crowd,
        pending=unapplied.pending,
        emblems=tuple(one for one in (settings.site.logo, settings.site.icon) if one is not None),
        since=since,
        overtaken=unapplied.overtaken,
        taxonomy=settings.taxonomy,
        retirement=Retirement(settings.taxonomy, today, settings.site.farewell),
    )


def _reports(services: Services) -> tuple[Report, ...]:
    from ..pipeline.reports import reports_of

    return reports_of(services.settings.sources, services.store.statuses())


def _health(services: Services) -> Feed:
    from ..pipeline.health import CHANGES, health_feed

    return health_feed(services.settings.site, services.sources, services.store.verdict_changes(CHANGES))


def _explained(services: Services, article: Article, wanted: Wanted) -> Mapping[str, object] | None:
    from ..pipeline.explained import facts_of
    from ..pipeline.overruling import explained
    from ..pipeline.questions import answered

    found = explained(services.classifier, services.sources, article)
    if found is None:
        return None
    return facts_of(article.draft, answered(services.classifier.taxonomy, found, wanted), article)


def _disk(settings: Settings) -> Callable[[], str]:
    """What is wrong with the disks of the pictures and of the database."""
    from ..storage.store import folder_of
    from ..web.disk import want_of_room

    of_database = folder_of(settings.database_url)
    return partial(want_of_room, {settings.data_dir, of_database or settings.data_dir})


def _preference(format_name: str) -> tuple[int, str]:
    """Atom first, which most readers take and which says most; formats of others last."""
    known = ("atom", "rss", "json")
    return (known.index(format_name) if format_name in known else len(known), format_name)
