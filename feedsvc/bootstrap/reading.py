"""What reads: in a worker, for what strangers wrote, and in this process, for an operator's own file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from .. import plugins
from ..domain.fetched import Failure
from ..domain.source import Source
from ..errors import RecordRefused

if TYPE_CHECKING:
    from ..domain.article import Draft
    from ..pipeline.languages import Languages
    from ..ports import Reader
    from .services import Services

DAY = timedelta(days=1)


def plain_reader() -> Reader:
    """What reads, in the process that it is called in: that of a worker, or our own for what no stranger wrote."""
    from ..markup.reader import HtmlReader
    from ..pipeline.reader import PlainReader

    kinds = {name: kind() for name, kind in plugins.plugins(plugins.SOURCES).items()}
    return PlainReader(kinds, every_language(), HtmlReader())


def worker_reader() -> Reader:
    """What a worker serves: what it imports by name, having nothing but its pipes."""
    from ..logs import configure_logs

    configure_logs()
    return plain_reader()


def every_language() -> Languages:
    """Every language that is plugged in."""
    from ..pipeline.languages import Languages
    from ..text.neutral import Neutral

    return Languages({name: made() for name, made in plugins.plugins(plugins.LANGUAGES).items()}, Neutral())


def draft_of_file(services: Services, path: Path, source_id: str | None) -> tuple[Source, Draft]:
    """A file read as a document of the named source, else of one that has only the site's language and zone.

    Raises RecordRefused, with the reason, for what cannot become an article.
    """
    from ..domain.fetched import Fetched
    from ..markup.reader import HtmlReader
    from ..pipeline.normalise import normalise
    from ..sources.documents import Documents

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
    language = services.classifier.languages.of(record.language or source.language)
    return source, normalise(source, language, HtmlReader(), record, services.clock())
