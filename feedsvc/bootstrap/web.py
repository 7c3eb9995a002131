"""The web process, from its environment alone."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .. import plugins
from .services import Services, read_settings

if TYPE_CHECKING:
    from flask import Flask


def web_app() -> Flask:
    """The WSGI application of a web process, from its environment alone: what the web server imports by name."""
    from ..logs import configure_logs

    configure_logs()
    return build_web(Services(read_settings(Path(os.environ.get("FEEDSVC_CONFIG") or "config"))))


def build_web(services: Services) -> Flask:
    """The Flask application over services."""
    from ..web.app import create_app
    from ..web.contents import contents_of
    from ..web.newsroom import Newsroom
    from ..web.readiness import readiness_of

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
        tally=services.store.tally,
        clock=services.clock,
        operator=settings.operator,
    )
    return create_app(newsroom)


def _preference(format_name: str) -> tuple[int, str]:
    """Atom first, which most readers take and which says most; formats of others last."""
    known = ("atom", "rss", "json")
    return (known.index(format_name) if format_name in known else len(known), format_name)
