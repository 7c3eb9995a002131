"""Stores a pass whole: articles, withdrawals, cursor, outcome and the claim's end, or nothing of it.

records, articles ─► what is held ─► placing: one Move an article ─► changing ─► records, pass, source
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from ..domain.passes import Changes, Mark, Pass, Placed, RecordState
from .carriers import carriers_of, write_carriers
from .changing import apply, current_seq, note
from .configuring import applied_digest
from .database import THESE, append, asked, record_key, write
from .decisions import decisions_of
from .endings import end, remember
from .holdings import Record, held_articles, records_of
from .moments import seconds
from .placing import Held, place, withdraw
from .schema import records, sources
from .terms import SourceState

_FOR_GOOD = frozenset((RecordState.WITHDRAWN_BY_OPERATOR, RecordState.PURGED))


@dataclass(frozen=True, slots=True)
class _Records:
    """The records of a pass, by stored key: what came, those gone, and what is stored of either."""

    outlet: str
    came: Mapping[str, Placed]
    gone: frozenset[str]
    stored: Mapping[str, Record]
    others: Sequence[Record]
    """Every stored record of these articles, those of `stored` among them."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a pass is about: its records, the articles that come, those that leave, and what is stored of either."""

    records: _Records
    ids: Mapping[str, Placed]
    leaving: Sequence[str]
    held: Mapping[str, Held]


def commit(connection: Connection, done: Pass) -> Changes:
    """Store the pass; nothing of it is written, which the changes say, where its claim is no longer the newest.

    Nor where another source brought one of its articles meanwhile, or an operator decided about one, and it did not
    know of that, or where its labels are not those of the configuration that is applied.
    """
    now = seconds(done.finished or done.started)
    if done.articles and done.labelling and applied_digest(connection) != done.labelling:
        return Changes(seq=current_seq(connection), stored=False, outdated=True)
    found = _found(connection, done)
    if _came_between(connection, done.claim.source, found) or not end(connection, done, now):
        return Changes(seq=current_seq(connection), stored=False)
    changes = _changes(connection, done, found, now)
    remember(connection, done, changes)
    return changes


def _found(connection: Connection, done: Pass) -> _Found:
    records = _records(connection, done)
    ids = {placed.article.id: placed for placed in records.came.values()}
    leaving = _leaving(records, ids)
    return _Found(records, ids, leaving, held_articles(connection, [*ids, *leaving]))


def _changes(connection: Connection, done: Pass, found: _Found, now: int) -> Changes:
    """What the records of the pass change, and the changes written."""
    ids, leaving, held = found.ids, found.leaving, found.held
    moves = [place(held.get(article), placed) for article, placed in ids.items()]
    moves += [withdraw(held[article]) for article in leaving if article in held and held[article].live]
    changes = apply(connection, [move for move in moves if move is not None], now)
    marks = {record_key(key): mark for key, mark in done.marks.items()}
    _write_records(connection, found.records, marks, now)
    carried = {name: placed.article.others for name, placed in ids.items() if name in held or placed.article.others}
    others = write_carriers(connection, {**dict.fromkeys(leaving, ()), **carried})
    note(connection, others - {change.article for change in changes.changes}, now)
    return changes


def _came_between(connection: Connection, source: str, found: _Found) -> bool:
    """Whether a configured source brings one of these articles that the pass did not know of, or somebody decided."""
    ids = found.ids
    others = carriers_of(connection, found.held)
    if _decided_between(connection, found):
        return True
    unknown = {
        name
        for article, stored in found.held.items()
        if stored.live
        for name in (stored.source, *(carrier.source for carrier in others.get(article, ())))
        if name != source and (article not in ids or name not in ids[article].article.sources)
    }
    if not unknown:
        return False
    return next(asked(connection, _CONFIGURED, sorted(unknown)), None) is not None


def _decided_between(connection: Connection, found: _Found) -> bool:
    decided = decisions_of(connection, found.held)
    return any(found.ids[name].article.decisions != decided.get(name, ()) for name in found.held if name in found.ids)


def _records(connection: Connection, done: Pass) -> _Records:
    """What an operator withdrew or retention purged never comes back, under whichever key."""
    came = {record_key(placed.article.draft.key): placed for placed in done.articles}
    gone = frozenset(map(record_key, done.gone)) - came.keys()
    others = records_of(
        connection, done.outlet, [*came, *sorted(gone)], [placed.article.id for placed in done.articles]
    )
    stored = {record.key: record for record in others if record.outlet == done.outlet}
    barred = {record.article for record in others if record.state in _FOR_GOOD}
    barred_keys = {key for key, record in stored.items() if record.article in barred}
    return _Records(
        outlet=done.outlet,
        came={k: p for k, p in came.items() if k not in barred_keys and p.article.id not in barred},
        gone=frozenset(key for key in gone if key in stored and stored[key].state is RecordState.LIVE),
        stored=stored,
        others=others,
    )


def _leaving(found: _Records, ids: Iterable[str]) -> list[str]:
    """The articles that no live record stands for any more, in a fixed order."""
    staying = {
        record.article
        for record in found.others
        if record.state is RecordState.LIVE and not (record.outlet == found.outlet and record.key in found.gone)
    }
    leaving = {found.stored[key].article for key in found.gone}
    return sorted(leaving - staying - frozenset(ids))


def _write_records(connection: Connection, found: _Records, marks: Mapping[str, Mark], now: int) -> None:
    fresh = [
        {
            "outlet": found.outlet,
            "key": key,
            "article": placed.article.id,
            "first_seen": now,
            "last_seen": now,
            "state": RecordState.LIVE,
            **_marked(marks.get(key)),
        }
        for key, placed in found.came.items()
        if key not in found.stored
    ]
    append(connection, records, fresh)
    at = found.outlet
    seen = [{"at": at, "record": key, "now": now} for key in found.came if key in found.stored]
    write(connection, _SEEN, seen)
    write(connection, _GONE, [{"at": at, "record": key} for key in sorted(found.gone)])
    written = {row["key"] for row in fresh}
    again = [{"at": at, "record": key, **_marked(mark)} for key, mark in marks.items() if key not in written]
    write(connection, _MARKED, again)


def _marked(mark: Mark | None) -> dict[str, str | None]:
    if mark is None:
        return {"alternative": None, "digest": None}
    alternative = record_key(mark.alternative) if mark.alternative else None
    return {"alternative": alternative, "digest": mark.digest or None}


_CONFIGURED = select(sources.c.id).where(sources.c.id.in_(THESE), sources.c.state == SourceState.CONFIGURED)
_RECORD = update(records).where(records.c.outlet == bindparam("at"), records.c.key == bindparam("record"))
_SEEN = _RECORD.values(state=RecordState.LIVE, last_seen=bindparam("now"))
_GONE = _RECORD.values(state=RecordState.WITHDRAWN_BY_SOURCE)
_MARKED = _RECORD.values(alternative=bindparam("alternative"), digest=bindparam("digest"))
