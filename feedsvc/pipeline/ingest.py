"""One pass over a source, whole: from its claim to what it changed.

Claim ─► harvest ─► RawRecord ─► normalise ─► Draft ─► identify ─► classify ─► Placed ─► Pass ─► ledger ─► Changes
                        └─► Rejection ◄┘                               one transaction ──┘
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.article import Article, Carrier, Draft
from ..domain.pace import USUAL, Pace
from ..domain.passes import Changes, Claim, Known, Mark, Pass, Placed, RecordState
from ..domain.record import RawRecord, Rejection
from ..domain.source import Source
from ..errors import StoreError
from ..ports import Clock, Ledger, SourceKind
from . import churn, history, outlets
from .classify import Classifier
from .digests import Digests
from .fingerprint import fingerprint
from .harvest import BODY, Harvest, World, harvest
from .history import Ended
from .identify import identified
from .normalise import names
from .outcome import message_of, outcome_of
from .relabel import Placing
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
    pace: Pace = USUAL
    labelling: str = ""

    def run(self, claim: Claim, now: datetime, accept_deletions: bool = False) -> tuple[Pass, Changes]:
        """Poll the source of a claim and store what came. Raises StoreError, and then nothing was stored."""
        done = self.polled(claim, now, accept_deletions)
        return done, self.ledger.commit(done)

    def polled(self, claim: Claim, now: datetime, accept_deletions: bool = False) -> Pass:
        """Poll the source of a claim; what came is still to be stored. Raises StoreError."""
        source = self.sources[claim.source]
        digests = Digests(source)
        gathered = harvest(self.kinds[source.kind], source, claim, self.world, digests, accept_deletions, now)
        records = _each_once(gathered)
        known = self.ledger.known(source.outlet, (*records, *gathered.gone))
        gathered.held_known = not known.keys().isdisjoint(records)
        marks = {key: Mark(record.alternative, digests.of_record(record)) for key, record in records.items()}
        fresh = [record for key, record in records.items() if not self._as_it_was(source, record, marks[key], known)]
        read = self._drafts(source, fresh, claim.first, now, gathered)
        drafts, known = self._settled(source, read, marks, known, gathered)
        articles = tuple(self._placed(source, drafts, known, now, gathered))
        came = tuple(one.article.draft for one in articles if _is_new_of(source, one, known))
        left = tuple(self._left(source, known, gathered.gone))
        articles += tuple(placed for _, placed in left if placed is not None)
        gone = tuple(key for key, placed in left if placed is None)
        outcome, message, finished = outcome_of(gathered, bool(articles or gone)), message_of(gathered), self.clock()
        ended = Ended(outcome=outcome, message=message, came=came, now=finished)
        leaves = history.left(source, claim, gathered, ended, self.pace)
        return Pass(
            claim=claim,
            outlet=source.outlet,
            started=now,
            finished=finished,
            outcome=outcome,
            # Rejections shall be seen again with every pass, until somebody mends them.
            cursor=leaves.cursor.advanced({BODY: None}) if gathered.rejections else leaves.cursor,
            next_poll=leaves.next_poll,
            articles=articles,
            gone=gone,
            rejections=tuple(gathered.rejections),
            seen=gathered.held,
            message=message,
            marks=_marks(source, read, drafts, marks, known),
            labelling=self.labelling,
            history=leaves.history,
        )

    def under_these_rules(self, done: Pass) -> Pass | None:
        """A pass that others' rules labelled, with the labels of these; None where any article cannot have them."""
        if done.claim.source not in self.sources:
            return None
        articles = tuple(Placing(self.classifier, self.sources)(one.article for one in done.articles))
        if len(articles) != len(done.articles):
            return None
        return replace(done, articles=articles, labelling=self.labelling)

    def _as_it_was(self, source: Source, record: RawRecord, mark: Mark, known: Mapping[str, Known]) -> bool:
        """Whether there is nothing to do about a record: it was read before, or only adds what was known."""
        one = known.get(record.key)
        if one is None or one.state is not RecordState.LIVE:
            return False
        if outlets.has_words_of_another(one, source.id, self.sources):
            return Carrier(source.id, names(record.categories)) in one.others
        return one.source == source.id and bool(mark.digest) and one.digest == mark.digest

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

    def _settled(
        self,
        source: Source,
        drafts: tuple[Draft, ...],
        marks: Mapping[str, Mark],
        known: Mapping[str, Known],
        into: Harvest,
    ) -> tuple[tuple[Draft, ...], Mapping[str, Known]]:
        """The drafts under the keys to go by, and what is known under these; see churn."""
        certain = churn.goes_by_links(into.cursor)
        asked = {one.key: one.key if certain else marks[one.key].alternative for one in drafts if one.key not in known}
        alternatives = {key: other for key, other in asked.items() if other}
        if not alternatives:
            return drafts, known
        alike = self.ledger.alike(source.outlet, alternatives.values())
        found = churn.settled(drafts, alternatives, known, alike, frozenset(marks), certain)
        if found.churning:
            log.warning("%s: %s", source.id, churn.NOTE, extra={"source": source.id})
            into.cursor = into.cursor.advanced({churn.STATE: churn.BY_LINK})
            into.notes.append(churn.NOTE)
        return found.drafts, found.known

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
            seen = fingerprint(draft, self.classifier.languages.of(draft.language))
            article = identified(source, draft, seen, known, self.authority, now)
        return None if article is None else self.classifier.placed(self.sources, article)

    def _joined(self, source: Source, draft: Draft, known: Known) -> Article | None:
        """The stored article, brought by this source too; None where that was known."""
        carrier = Carrier(source.id, draft.categories)
        if carrier in known.others:
            return None
        article = self.ledger.article(known.article)
        return None if article is None else outlets.joined(article, carrier)


def _is_new_of(source: Source, placed: Placed, known: Mapping[str, Known]) -> bool:
    """Whether the source had not brought the article before, whoever else had."""
    held = known.get(placed.article.draft.key)
    return held is None or source.id not in outlets.bringing(held)


def _each_once(gathered: Harvest) -> dict[str, RawRecord]:
    """The records by key, in the order of their coming; a second one under a key becomes a rejection."""
    records: dict[str, RawRecord] = {}
    by_links = churn.goes_by_links(gathered.cursor)
    for record in churn.by_links(gathered.records) if by_links else gathered.records:
        if records.setdefault(record.key, record) is not record:
            gathered.rejections.append(Rejection(record.key, "another record of this pass has the same key"))
    return records


def _marks(
    source: Source,
    read: Iterable[Draft],
    settled: Iterable[Draft],
    marks: Mapping[str, Mark],
    known: Mapping[str, Known],
) -> Mapping[str, Mark]:
    """The marks of the records that were read, under the keys to go by; not where another source has the words."""
    found = {}
    for before, after in zip(read, settled):
        one = known.get(after.key)
        if one is None or one.source == source.id:
            mark = marks[before.key]
            found[after.key] = mark if after.key == before.key else Mark("", mark.digest)
    return found
