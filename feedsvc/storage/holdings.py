"""What is stored of the articles and records that a transaction is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, select

from ..domain.passes import Known, RecordState
from .articles import current_labels
from .carriers import carriers_of
from .codec import decode
from .database import portions, record_key
from .moments import moment, moment_or_none
from .placing import Held
from .schema import articles, entries, records


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
    c = articles.c
    columns = select(c.id, c.uri, c.source, c.fingerprint, c.published, c.dated_by, c.withdrawn_at)
    rows = [row for portion in portions(wanted) for row in connection.execute(columns.where(c.id.in_(portion))).all()]
    stored = tuple(row.id for row in rows)
    labels = current_labels(connection, stored)
    feeds = _feeds_of(connection, stored)
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
            feeds=frozenset(feeds.get(row.id, ())),
        )
        for row in rows
    }


def records_of(connection: Connection, outlet: str, keys: Iterable[str], ids: Iterable[str]) -> tuple[Record, ...]:
    """The records under these stored keys, and every record of these articles and of those of the keys."""
    columns = select(records.c.outlet, records.c.key, records.c.article, records.c.state)
    by_key = [
        row.article
        for portion in portions(keys)
        for row in connection.execute(columns.where(records.c.outlet == outlet, records.c.key.in_(portion)))
    ]
    return tuple(
        Record(row.outlet, row.key, row.article, RecordState(row.state))
        for portion in portions(dict.fromkeys([*by_key, *ids]))
        for row in connection.execute(columns.where(records.c.article.in_(portion)))
    )


def known(connection: Connection, outlet: str, keys: Iterable[str]) -> Mapping[str, Known]:
    """What is stored under these record keys, told by the keys as they were asked for."""
    asked = {record_key(key): key for key in keys}
    found = {}
    for portion in portions(asked):
        for one in _known(connection, records.c.outlet == outlet, records.c.key.in_(portion)):
            found[asked[one.key]] = one
    return found


def alike(connection: Connection, outlet: str, alternatives: Iterable[str]) -> Mapping[str, Known]:
    """What is stored of records with these alternative keys, of each that stands for one article alone."""
    asked = {record_key(key): key for key in alternatives}
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    column = records.c.alternative
    for portion in portions(asked):
        stated = select(column, records.c.key).where(records.c.outlet == outlet, column.in_(portion))
        of_key = {row.key: row.alternative for row in connection.execute(stated)}
        for part in portions(of_key):
            for one in _known(connection, records.c.outlet == outlet, records.c.key.in_(part)):
                found[asked[of_key[one.key]]][one.article] = one
    single = {key: next(iter(ones.values())) for key, ones in found.items() if len(ones) == 1}
    titles = _titles(connection, (one.article for one in single.values()))
    return {key: replace(one, title=titles.get(one.article, "")) for key, one in single.items()}


def _titles(connection: Connection, ids: Iterable[str]) -> Mapping[str, str]:
    rows = select(articles.c.id, articles.c.text)
    return {
        row.id: decode(row.text).title
        for portion in portions(ids)
        for row in connection.execute(rows.where(articles.c.id.in_(portion)))
    }


_ARTICLE = (
    articles.c.id,
    articles.c.uri,
    articles.c.source,
    articles.c.fingerprint,
    articles.c.published,
    articles.c.dated_by,
    articles.c.updated,
    articles.c.stated,
    articles.c.unsaid,
    articles.c.unsaid_at,
)


def _known(connection: Connection, *which: ColumnElement[bool]) -> Iterator[Known]:
    rows = select(records.c.key, records.c.state, records.c.digest, *_ARTICLE).join_from(records, articles)
    stored = connection.execute(rows.where(*which)).all()
    others = carriers_of(connection, (row.id for row in stored))
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
        )


def _feeds_of(connection: Connection, ids: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for portion in portions(ids):
        present = select(entries.c.article, entries.c.feed).where(
            entries.c.article.in_(portion), entries.c.left_seq.is_(None)
        )
        for row in connection.execute(present):
            found[row.article].append(row.feed)
    return found
