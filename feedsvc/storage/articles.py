"""Articles and their labels as rows, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from ..domain.article import Article, Carrier, Decision, Evidence, Label, LabelKind, Origin
from .carriers import carriers_of
from .codec import as_json, decode, encode, from_json
from .database import THESE, Bytewise, asked, storable
from .decisions import decisions_of
from .moments import moment, moment_or_none, seconds, seconds_or_none
from .schema import articles, labels
from .terms import KEPT

_Labels = Callable[[Connection, Iterable[str]], Mapping[str, Iterable[Label]]]

_ORDERED = (
    select()
    .where(labels.c.article.in_(THESE), labels.c.to_seq.is_(None))
    .order_by(labels.c.kind, labels.c.derived, labels.c.rank, Bytewise(labels.c.slug), labels.c.origin, labels.c.id)
)
_CURRENT = _ORDERED.add_columns(labels)
_SHOWN = _ORDERED.add_columns(
    *(labels.c.article, labels.c.kind, labels.c.slug, labels.c.origin, labels.c.derived),
    *(labels.c.strength, labels.c.rank),
)
_KINDS = {kind.value: kind for kind in LabelKind}
_ORIGINS = {origin.value: origin for origin in Origin}
"""Told in a fraction of the time that the enumeration takes to be asked."""


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
        "reason": as_json([_written(why) for why in label.reason]),
        "from_seq": seq,
    }


def current_labels(connection: Connection, ids: Iterable[str]) -> Mapping[str, Mapping[Label, int]]:
    """The labels that each article has now, with their row ids: topics last, primary first, derived last."""
    found: dict[str, dict[Label, int]] = defaultdict(dict)
    for row in asked(connection, _CURRENT, ids):
        found[row.article][_label(row)] = row.id
    return found


def shown_labels(connection: Connection, ids: Iterable[str]) -> Mapping[str, Iterable[Label]]:
    """The same without their reasons, which no document shows and which take longest to read."""
    found: dict[str, list[Label]] = defaultdict(list)
    for row in asked(connection, _SHOWN, ids):
        found[row[0]].append(_without_reason(*row[1:]))
    return found


def no_labels(_connection: Connection, _ids: Iterable[str]) -> Mapping[str, Iterable[Label]]:
    """None of them."""
    return {}


def read_articles(
    connection: Connection, rows: Select[Any], values: Mapping[str, Any] | None = None, labels: _Labels = current_labels
) -> tuple[Article, ...]:
    """The articles that `rows`, a selection of article rows, finds with these `values`; in its order."""
    found = connection.execute(rows, values).all()
    ids = [row.id for row in found]
    held, others, decided = labels(connection, ids), carriers_of(connection, ids), decisions_of(connection, ids)
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
        kind=_KINDS[row.kind],
        slug=row.slug,
        origin=_ORIGINS[row.origin],
        reason=tuple(Evidence(*why) for why in from_json(row.reason)),
        strength=row.strength,
        rank=row.rank,
        derived=row.derived,
    )


@lru_cache(maxsize=10_000)
def _without_reason(kind: str, slug: str, origin: str, derived: bool, strength: float, rank: int) -> Label:
    return Label(
        kind=_KINDS[kind],
        slug=slug,
        origin=_ORIGINS[origin],
        reason=(),
        strength=strength,
        rank=rank,
        derived=derived,
    )


def _written(why: Evidence) -> list[str]:
    written = [why.rule, why.field, why.words]
    return [*written, why.before, why.after] if why.before or why.after else written
