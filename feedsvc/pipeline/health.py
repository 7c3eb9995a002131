"""How sources do, as a feed for the operator: an entry for each change of a verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from .. import __version__
from ..domain.feed import Entry, Feed, FeedKey
from ..domain.identity import health_uri
from ..domain.site import Site
from ..domain.source import Source
from ..domain.status import VerdictChange

CHANGES = 50
"""Entries of the feed, at the most."""
MAX_AGE = 300
"""Seconds after which a reader may ask again."""
_LANGUAGE = "en"
_BEFORE_ANYTHING = datetime(1970, 1, 1, tzinfo=UTC)


def health_feed(site: Site, sources: Mapping[str, Source], changes: Iterable[VerdictChange]) -> Feed:
    """The feed of these changes. In English, like all that is told to operators.

    A source that is not among these any more goes by its id.
    """
    entries = (_entry(site, sources, change) for change in changes)
    # Of one second the order is that of the ids, as in every feed.
    newest_first = tuple(sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True))
    return Feed(
        key=FeedKey(),
        id=health_uri(site.tag_authority),
        title=f"{site.title} – health of sources",
        subtitle="A source went silent, failed, or does well again",
        address=site.address("/status/health"),
        page=site.address("/status"),
        language=_LANGUAGE,
        author=site.title,
        updated=newest_first[0].updated if newest_first else _BEFORE_ANYTHING,
        max_age=MAX_AGE,
        generator="feedsvc",
        version=__version__,
        entries=newest_first,
    )


def _entry(site: Site, sources: Mapping[str, Source], change: VerdictChange) -> Entry:
    source = sources.get(change.source)
    title = source.title if source is not None else change.source
    return Entry(
        id=health_uri(site.tag_authority, change.number),
        address=site.address("/api/v1/sources"),
        title=f"{title}: {change.verdict.kind}",
        summary=change.verdict.why or f"it was {change.before} before",
        content="",
        published=change.at,
        updated=change.at,
        language=_LANGUAGE,
    )
