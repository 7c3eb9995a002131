"""What becomes of a draft: a new article, a correction of one that is known, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from ..domain.article import Article, Draft, reads_alike
from ..domain.identity import article_id, article_uri
from ..domain.passes import Known, RecordState
from ..domain.source import Source

MOST_UNSAID = 24
"""Changes of an article that its source does not state; further ones are taken in once in `AFTERWARDS`."""
AFTERWARDS = timedelta(days=1)


def identified(
    source: Source, draft: Draft, seen: str, known: Known | None, authority: str, now: datetime
) -> Article | None:
    """The article of a draft, under its identity for ever; None where nothing of it changed or it stays withdrawn.

    `seen` is its fingerprint. `published` is decided once. `updated` is the article's own date at first, then when a
    correction was taken in.
    """
    if known is None:
        return _new(source, draft, seen, authority)
    if known.state in (RecordState.WITHDRAWN_BY_OPERATOR, RecordState.PURGED):
        return None
    live = known.state is RecordState.LIVE
    if known.fingerprint == seen and known.source == source.id and live:
        return None
    said = draft.updated is not None and draft.updated != known.stated
    if live and not said and _is_noise(known, now):
        return None
    alike = reads_alike(known.fingerprint, seen)
    return Article(
        id=known.article,
        uri=known.uri,
        source=source.id,
        outlet=source.outlet,
        draft=replace(draft, published=known.published, dated_by=known.dated_by),
        updated=known.updated if alike else max(known.updated, now.replace(microsecond=0)),
        fingerprint=seen,
        others=tuple(carrier for carrier in known.others if carrier.source != source.id) if live else (),
        unsaid=0 if said else known.unsaid + live,
        unsaid_at=None if said else now.replace(microsecond=0) if live else known.unsaid_at,
        decisions=known.decisions,
    )


def _new(source: Source, draft: Draft, seen: str, authority: str) -> Article:
    identity = article_id(source.outlet, draft.key)
    return Article(
        id=identity,
        uri=article_uri(authority, identity),
        source=source.id,
        outlet=source.outlet,
        draft=draft,
        updated=max(draft.published, draft.updated or draft.published),
        fingerprint=seen,
    )


def _is_noise(known: Known, now: datetime) -> bool:
    """Whether an article changed so often unsaid that one change more says nothing."""
    return known.unsaid >= MOST_UNSAID and known.unsaid_at is not None and now - known.unsaid_at < AFTERWARDS
