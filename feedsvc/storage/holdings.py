"""What is stored of the articles and records that a transaction is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, select

from ..domain.passes import Known, RecordState
from .articles import current_labels
from .carriers import carriers_of
from .codec import decode
from .database import THESE, asked, record_key
from .decisions import decisions_of
from .moments import moment, moment_or_none
from .placing import Held
from .schema import articles, entries, records
from .terms import KEPT

_OF_OUTLET = records.c.outlet == bindparam("outlet")
_ARTICLE = (
    articles.c.id,
    articles.c.uri,
    articles.c.source,
    articles.c.fingerprint,
    articles.c.published,
    articles.c.dated_by,
)
_HELD = select(*_ARTICLE, articles.c.withdrawn_at).where(articles.c.id.in_(THESE))
_KNOWN = (
    select(records.c.key, records.c.state, records.c.digest, *_ARTICLE)
    .add_columns(articles.c.updated, articles.c.stated, articles.c.unsaid, articles.c.unsaid_at)
    .join_from(records, articles)
    .where(_OF_OUTLET, records.c.key.in_(THESE))
)
_TEXTS = select(articles.c.id, articles.c.text).where(articles.c.id.in_(THESE), KEPT)
_ALIKE = select(records.c.alternative, records.c.key).where(_OF_OUTLET, records.c.alternative.in_(THESE))
_ARTICLES_OF_KEYS = select(records.c.article).where(_OF_OUTLET, records.c.key.in_(THESE))
_RECORDS_OF_ARTICLES = select(records.c.outlet, records.c.key, records.c.article, records.c.state).where(
    records.c.article.in_(THESE)
)
_PRESENT = select(entries.c.article, entries.c.feed).where(entries.c.article.in_(THESE), entries.c.left_seq.is_(None))


@dataclass(frozen=True, slots=True)
class Record:
    """An identity in use: the stored key, and the article that it stands for."""

    outlet: str
    key: str
    article: str
    state: RecordState


def held_articles(connection: Connection, ids: Iterable[str]) -> Mapping[str, Held]:
    """What is stored of each of these articles."""
    wanted = tuple(dict.fromkeys(ids))
    rows = tuple(asked(connection, _HELD, wanted))
    stored = tuple(row.id for row in rows)
    labels = current_labels(connection, stored)
    feeds = feeds_of(connection, stored)
    return {
        row.id: Held(
            id=row.id,
            uri=row.uri,
            source=row.source,
            fingerprint=row.fingerprint,
            published=moment(row.published),
            dated_by=row.dated_by,
            live=row.withdrawn_at is None,
            labels=labels.get(row.id, {}),
            feeds=frozenset(feeds[row.id]),
        )
        for row in rows
    }


def records_of(connection: Connection, outlet: str, keys: Iterable[str], ids: Iterable[str]) -> tuple[Record, ...]:
    """The records under these stored keys, and every record of these articles and of those of the keys."""
    by_key = [row.article for row in asked(connection, _ARTICLES_OF_KEYS, keys, outlet=outlet)]
    return tuple(
        Record(row.outlet, row.key, row.article, RecordState(row.state))
        for row in asked(connection, _RECORDS_OF_ARTICLES, dict.fromkeys([*by_key, *ids]))
    )


def known(connection: Connection, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
    """What is stored under these record keys, told by the keys as they were asked for."""
    wanted = {record_key(key): key for key in keys}
    return {wanted[one.key]: one for one in _known(connection, outlet, wanted)}


def alike(connection: Connection, outlet: str, alternatives: Iterable[str]) -> Mapping[str, Known]:
    """What is stored of records with these alternative keys, of each that stands for one article alone."""
    wanted = {record_key(key): key for key in alternatives}
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    of_key = {row.key: row.alternative for row in asked(connection, _ALIKE, wanted, outlet=outlet)}
    for one in _known(connection, outlet, of_key):
        found[wanted[of_key[one.key]]][one.article] = one
    single = {key: next(iter(ones.values())) for key, ones in found.items() if len(ones) == 1}
    titles = _titles(connection, (one.article for one in single.values()))
    return {key: replace(one, title=titles.get(one.article, "")) for key, one in single.items()}


def _titles(connection: Connection, ids: Iterable[str]) -> Mapping[str, str]:
    return {row.id: decode(row.text).title for row in asked(connection, _TEXTS, ids)}


def _known(connection: Connection, outlet: str, stored_keys: Iterable[str]) -> Iterator[Known]:
    stored = tuple(asked(connection, _KNOWN, stored_keys, outlet=outlet))
    others = carriers_of(connection, (row.id for row in stored))
    decided = decisions_of(connection, (row.id for row in stored))
    for row in stored:
        yield Known(
            key=row.key,
            article=row.id,
            uri=row.uri,
            fingerprint=row.fingerprint,
            published=moment(row.published),
            dated_by=row.dated_by,
            updated=moment(row.updated),
            state=RecordState(row.state),
            source=row.source,
            others=others.get(row.id, ()),
            digest=row.digest,
            stated=moment_or_none(row.stated),
            unsaid=row.unsaid,
            unsaid_at=moment_or_none(row.unsaid_at),
            decisions=decided.get(row.id, ()),
        )


def feeds_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, list[str]]:
    """The paths of the feeds that hold each of these articles."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in asked(connection, _PRESENT, ids):
        found[row.article].append(row.feed)
    return found
