"""New rules over stored articles: their labels and feeds are made anew, everything else stays as it is."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from ..domain.article import Article
from ..domain.passes import Placed
from ..domain.source import Source
from ..ports import Ledger
from .classify import Classifier

log = logging.getLogger(__name__)

BATCH = 500
ATTEMPTS = 5
"""At articles that other sources come to bring at the same moment."""


def relabel(ledger: Ledger, classifier: Classifier, sources: Mapping[str, Source], now: datetime) -> int:
    """Classify every live article again, in batches of one transaction each; returns how many were looked at."""
    looked_at = 0
    for batch in _batches(ledger):
        done = ledger.relabel(tuple(_placed(classifier, sources, batch)), now)
        relabel_these(ledger, classifier, sources, done.passed_over, now)
        looked_at += len(batch)
    return looked_at


def relabel_these(
    ledger: Ledger, classifier: Classifier, sources: Mapping[str, Source], names: Iterable[str], now: datetime
) -> None:
    """Classify these articles again, by their ids; those that are not live are left alone."""
    for _ in range(ATTEMPTS):
        found = (ledger.article(name) for name in names)
        batch = tuple(article for article in found if article is not None)
        if not batch:
            break
        names = ledger.relabel(tuple(_placed(classifier, sources, batch)), now).passed_over


def _batches(ledger: Ledger) -> Iterator[tuple[Article, ...]]:
    after = ""
    while batch := ledger.walk(after, BATCH):
        yield batch
        after = batch[-1].id


def _placed(classifier: Classifier, sources: Mapping[str, Source], batch: tuple[Article, ...]) -> Iterator[Placed]:
    for article in batch:
        try:
            placed = classifier.placed(sources, article)
        except Exception:
            # Whatever one article does, the others go on; this one keeps the labels that it has.
            log.exception("an article could not be classified", extra={"article": article.id})
            continue
        if placed is not None:
            yield placed
