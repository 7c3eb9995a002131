"""One pass over a source, whole: from its claim to what it changed.

Claim ─► harvest ─► RawRecord ─► normalise ─► Draft ─► identify ─► classify ─► Placed ─► Pass ─► ledger ─► Changes
                        └─► Rejection ◄┘                               one transaction ──┘
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.article import Article, Carrier, Draft, reads_alike
from ..domain.identity import article_id, article_uri
from ..domain.passes import Changes, Claim, Known, Outcome, Pass, Placed, RecordState
from ..domain.record import RawRecord, Rejection
from ..domain.source import Source
from ..errors import StoreError
from ..ports import Clock, Ledger, SourceKind
from . import outlets
from .classify import Classifier
from .fingerprint import fingerprint
from .harvest import Harvest, World, harvest
from .undated import one_second_apart

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ingest:
    """Everything that a pass needs; `authority` is that of the tag URIs."""

    sources: Mapping[str, Source]
    kinds: Mapping[str, SourceKind]
    world: World
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
        drafts = self._drafts(source, records.values(), claim.first, now, gathered)
        articles = tuple(self._placed(source, drafts, known, now, gathered))
        left = tuple(self._left(source, known, gathered.gone))
        articles += tuple(placed for _, placed in left if placed is not None)
        gone = tuple(key for key, placed in left if placed is None)
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

    def _drafts(
        self, source: Source, records: Iterable[RawRecord], first: bool, now: datetime, into: Harvest
    ) -> tuple[Draft, ...]:
        """The records understood, in their order; whatever one of them does, it costs that record alone."""
        read = self.world.reader.understand(source, tuple(records), now)
        understood = tuple(one for one in read if isinstance(one, Draft))
        for one in read:
            if isinstance(one, Rejection):
                self._reject(source, into, one)
        return one_second_apart(understood, now) if first else understood

    def _placed(
        self, source: Source, drafts: Iterable[Draft], known: Mapping[str, Known], now: datetime, into: Harvest
    ) -> Iterator[Placed]:
        """The articles that are new, changed or back."""
        for draft in drafts:
            try:
                placed = self._place(source, draft, known.get(draft.key), now)
            except StoreError:
                raise
            except Exception as error:
                log.exception("a record could not be labelled", extra={"source": source.id, "record": draft.key})
                self._reject(source, into, Rejection(draft.key, f"it could not be read: {type(error).__name__}"))
            else:
                if placed is not None:
                    yield placed

    def _left(
        self, source: Source, known: Mapping[str, Known], gone: Iterable[str]
    ) -> Iterator[tuple[str, Placed | None]]:
        """Each record that the source no longer has: with its article where others bring that, with None where not."""
        for key in gone:
            held = known.get(key)
            if held is None or held.state is not RecordState.LIVE or source.id not in outlets.bringing(held):
                continue
            article = self.ledger.article(held.article) if len(outlets.bringing(held)) > 1 else None
            staying = outlets.without(article, source.id, self.sources) if article is not None else None
            yield key, None if staying is None else self.classifier.placed(self.sources, staying)

    def _reject(self, source: Source, into: Harvest, rejection: Rejection) -> None:
        into.rejections.append(rejection)
        kept = self.kinds[source.kind].remember(into.cursor, rejection.key, rejection.reason)
        into.cursor = into.cursor.advanced(kept)

    def _place(self, source: Source, draft: Draft, known: Known | None, now: datetime) -> Placed | None:
        if known is not None and outlets.has_words_of_another(known, source.id, self.sources):
            article = self._joined(source, draft, known)
        else:
            article = identified(source, draft, known, self.authority, now)
        return None if article is None else self.classifier.placed(self.sources, article)

    def _joined(self, source: Source, draft: Draft, known: Known) -> Article | None:
        """The stored article, brought by this source too; None where that was known."""
        carrier = Carrier(source.id, draft.categories)
        if carrier in known.others:
            return None
        article = self.ledger.article(known.article)
        return None if article is None else outlets.joined(article, carrier)


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
    live = known.state is RecordState.LIVE
    if known.fingerprint == seen and known.source == source.id and live:
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
        others=tuple(carrier for carrier in known.others if carrier.source != source.id) if live else (),
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
    return gathered.failure or gathered.unreadable or "; ".join(gathered.notes)
