"""Articles and their labels as rows, and back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ..domain.article import Article, Carrier, Decision, Evidence, Label, LabelKind, Origin
from .carriers import carriers_of
from .codec import decode, encode
from .database import THESE, Bytewise, asked, storable
from .decisions import decisions_of
from .moments import moment, moment_or_none, seconds, seconds_or_none
from .schema import articles, labels
from .terms import KEPT

_CURRENT = (
    select(labels)
    .where(labels.c.article.in_(THESE), labels.c.to_seq.is_(None))
    .order_by(labels.c.kind, labels.c.derived, labels.c.rank, Bytewise(labels.c.slug), labels.c.origin, labels.c.id)
)


def article_row(article: Article) -> dict[str, Any]:
    """What is stored of an article beside its labels."""
    return {
        "id": article.id,
        "uri": article.uri,
        "source": article.source,
        "outlet": article.outlet,
        "story": article.id,
        "text": encode(article.draft),
        "fingerprint": article.fingerprint,
        "published": seconds(article.published),
        "dated_by": storable(article.draft.dated_by),
        "updated": seconds(article.updated),
        "stated": seconds_or_none(article.draft.updated),
        "unsaid": article.unsaid,
        "unsaid_at": seconds_or_none(article.unsaid_at),
    }


def label_row(article: str, label: Label, seq: int) -> dict[str, Any]:
    """A label that begins at `seq`."""
    return {
        "article": article,
        "kind": label.kind,
        "slug": label.slug,
        "origin": label.origin,
        "derived": label.derived,
        "strength": label.strength,
        "rank": label.rank,
        "reason": json.dumps([_written(why) for why in label.reason], separators=(",", ":")),
        "from_seq": seq,
    }


def current_labels(connection: Connection, ids: Iterable[str]) -> Mapping[str, Mapping[Label, int]]:
    """The labels that each article has now, with their row ids: topics last, primary first, derived last."""
    found: dict[str, dict[Label, int]] = defaultdict(dict)
    for row in asked(connection, _CURRENT, ids):
        found[row.article][_label(row)] = row.id
    return found


def read_articles(connection: Connection, rows: Select[Any], labels: bool = True) -> tuple[Article, ...]:
    """The articles that `rows`, a selection of article rows, finds; in its order. Without `labels`, none have any."""
    found = connection.execute(rows).all()
    held = current_labels(connection, (row.id for row in found if labels))
    others = carriers_of(connection, (row.id for row in found))
    decided = decisions_of(connection, (row.id for row in found))
    return tuple(
        _article(row, tuple(held.get(row.id, ())), others.get(row.id, ()), decided.get(row.id, ())) for row in found
    )


def article_by_id(connection: Connection, article: str) -> Article | None:
    """The article, withdrawn or not; None for one that was there and is not kept any more."""
    found = read_articles(connection, select(articles).where(articles.c.id == storable(article), KEPT))
    return found[0] if found else None


def _article(
    row: Row[Any], its_labels: tuple[Label, ...], others: tuple[Carrier, ...], decisions: tuple[Decision, ...]
) -> Article:
    return Article(
        id=row.id,
        uri=row.uri,
        source=row.source,
        outlet=row.outlet,
        draft=decode(row.text),
        updated=moment(row.updated),
        fingerprint=row.fingerprint,
        labels=its_labels,
        others=others,
        unsaid=row.unsaid,
        unsaid_at=moment_or_none(row.unsaid_at),
        decisions=decisions,
    )


def _label(row: Row[Any]) -> Label:
    return Label(
        kind=LabelKind(row.kind),
        slug=row.slug,
        origin=Origin(row.origin),
        reason=tuple(Evidence(*why) for why in json.loads(row.reason)),
        strength=row.strength,
        rank=row.rank,
        derived=row.derived,
    )


def _written(why: Evidence) -> list[str]:
    written = [why.rule, why.field, why.words]
    return [*written, why.before, why.after] if why.before or why.after else written
