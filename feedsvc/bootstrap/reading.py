"""What reads: in a worker, for what strangers wrote, and in this process, for an operator's own file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .. import plugins
from ..domain.fetched import Failure
from ..domain.source import Source
from ..errors import RecordRefused

if TYPE_CHECKING:
    from ..domain.article import Draft
    from ..domain.record import RawRecord
    from ..pipeline.languages import Languages
    from ..ports import Language, Reader
    from .services import Services

DAY = timedelta(days=1)
YEARS = timedelta(days=3653)
"""How far ahead of this machine's clock the date of an article may be that is only looked at."""


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

    kind = Documents()
    source = services.sources.get(source_id or "") or _of_the_site(services)
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


def draft_of_record(services: Services, record: RawRecord, home: str | None) -> tuple[Source, Draft]:
    """A record read as one of a source with this home, and the site's language and zone; without a date it is of today.

    Raises RecordRefused, with the reason, for what cannot become an article, and for a date that is none.
    """
    from ..markup.reader import HtmlReader
    from ..pipeline.normalise import normalise

    source = replace(_of_the_site(services), home=home)
    language = services.classifier.languages.of(record.language or source.language)
    now = services.clock()
    at = _date_of(record, source, language, now)
    return source, normalise(source, language, HtmlReader(), replace(record, published=at.isoformat()), max(now, at))


def _date_of(record: RawRecord, source: Source, language: Language, now: datetime) -> datetime:
    from ..pipeline.stating import Calendar, stated

    if record.published is None:
        return now
    calendar = Calendar(ZoneInfo(source.zone), source.date_order, language)
    # Whoever tells what an article is about may be ahead of this machine's clock.
    at = stated(record.published, calendar, now) or stated(record.published, calendar, now + YEARS)
    if at is None:
        raise RecordRefused(record.key, f"“{record.published}” is no date")
    return at


def _of_the_site(services: Services) -> Source:
    """A source that has only the site's language and zone."""
    site = services.settings.site
    return Source(
        id="text", kind="documents", title="text", outlet="text", language=site.language, zone=site.zone, every=DAY
    )
