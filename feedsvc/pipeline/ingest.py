"""One pass over a source, whole: from its claim to what it changed.

Claim ─► harvest ─► RawRecord ─► normalise ─► Draft ─► identify ─► classify ─► Placed ─► Pass ─► ledger ─► Changes
                        └─► Rejection ◄┘                               one transaction ──┘
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.article import Article, Draft, reads_alike
from ..domain.identity import article_id, article_uri
from ..domain.passes import Changes, Claim, Known, Outcome, Pass, Placed, RecordState
from ..domain.record import RawRecord, Rejection
from ..domain.source import Source
from ..errors import RecordRefused
from ..ports import Clock, Ledger, Markup, SourceKind
from .classify import Classifier
from .fingerprint import fingerprint
from .harvest import Harvest, World, harvest
from .normalise import language_tag, normalise

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ingest:
    """Everything that a pass needs; `authority` is that of the tag URIs."""

    sources: Mapping[str, Source]
    kinds: Mapping[str, SourceKind]
    world: World
    markup: Markup
    classifier: Classifier
    ledger: Ledger
    authority: str
    clock: Clock

    def run(self, claim: Claim, now: datetime, accept_deletions: bool = False) -> tuple[Pass, Changes]:
        """Poll the source of a claim and store what came. Raises StoreError, and then nothing was stored."""
        source = self.sources[claim.source]
        gathered = harvest(self.kinds[source.kind], source, claim.cursor, self.world, accept_deletions)
        records = _each_once(gathered)
        known = self.ledger.known(source.outlet, (*records, *gathered.gone))
        articles = tuple(self._placed(source, records.values(), known, now, gathered))
        gone = tuple(key for key in gathered.gone if key in known and known[key].state is RecordState.LIVE)
        done = Pass(
            claim=claim,
            outlet=source.outlet,
            started=now,
            finished=self.clock(),
            outcome=_outcome(gathered, bool(articles or gone)),
            cursor=gathered.cursor,
            next_poll=now if gathered.more else now + source.every,
            articles=articles,
            gone=gone,
            rejections=tuple(gathered.rejections),
            seen=gathered.held,
            message=_message(gathered),
        )
        return done, self.ledger.commit(done)

    def _placed(
        self, source: Source, records: Iterable[RawRecord], known: Mapping[str, Known], now: datetime, into: Harvest
    ) -> Iterator[Placed]:
        """The articles that are new, changed or back; whatever one record does, it costs that record alone."""
        for record in records:
            try:
                placed = self._place(source, record, known.get(record.key), now)
            except RecordRefused as refused:
                self._reject(source, into, Rejection(record.key, str(refused)))
            except Exception as error:
                log.exception("a record could not be read", extra={"source": source.id, "record": record.key})
                self._reject(source, into, Rejection(record.key, f"it could not be read: {type(error).__name__}"))
            else:
                if placed is not None:
                    yield placed

    def _reject(self, source: Source, into: Harvest, rejection: Rejection) -> None:
        into.rejections.append(rejection)
        kept = self.kinds[source.kind].remember(into.cursor, rejection.key, rejection.reason)
        into.cursor = into.cursor.advanced(kept)

    def _place(self, source: Source, record: RawRecord, known: Known | None, now: datetime) -> Placed | None:
        language = self.classifier.language(language_tag(source, record))
        draft = normalise(source, language, self.markup, record, now)
        article = identified(source, draft, known, self.authority, now)
        if article is None:
            return None
        labels = self.classifier.labels(source, article.draft)
        return Placed(replace(article, labels=labels), self.classifier.feeds(source.id, labels))


def _each_once(gathered: Harvest) -> dict[str, RawRecord]:
    """The records by key, in the order of their coming; a second one under a key becomes a rejection."""
    records: dict[str, RawRecord] = {}
    for record in gathered.records:
        if records.setdefault(record.key, record) is not record:
            gathered.rejections.append(Rejection(record.key, "another record of this pass has the same key"))
    return records


def identified(source: Source, draft: Draft, known: Known | None, authority: str, now: datetime) -> Article | None:
    """The article of a draft, under its identity for ever; None where nothing of it changed or it stays withdrawn.

    `published` is decided once. `updated` is the article's own date at first, then when a correction was taken in.
    """
    seen = fingerprint(draft)
    if known is None:
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
    if known.state in (RecordState.WITHDRAWN_BY_OPERATOR, RecordState.PURGED):
        return None
    if known.fingerprint == seen and known.state is RecordState.LIVE:
        return None
    return Article(
        id=known.article,
        uri=known.uri,
        source=source.id,
        outlet=source.outlet,
        draft=replace(draft, published=known.published, dated_by=known.dated_by),
        updated=known.updated
        if reads_alike(known.fingerprint, seen)
        else max(known.updated, now.replace(microsecond=0)),
        fingerprint=seen,
    )


def _outcome(gathered: Harvest, changed: bool) -> Outcome:
    if gathered.refusal is not None:
        return Outcome.REFUSED
    if gathered.failure is not None:
        return Outcome.FETCH_FAILED
    if gathered.unreadable is not None:
        return Outcome.PARSE_FAILED
    if changed:
        return Outcome.CHANGED
    if gathered.rejections and len(gathered.rejections) >= gathered.held:
        return Outcome.ALL_REJECTED
    return Outcome.UNCHANGED if gathered.held or gathered.unchanged else Outcome.EMPTY


def _message(gathered: Harvest) -> str:
    if gathered.refusal is not None:
        missing = gathered.refusal.missing
        kept = f"; {missing} articles kept, until fetched with --accept-deletions" if missing else ""
        return f"{gathered.refusal.reason}{kept}"
    return gathered.failure or gathered.unreadable or ""
