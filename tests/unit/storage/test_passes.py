"""What passes leave alone, and how much of them is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, insert, select, update

from feedsvc.domain.passes import Outcome, RecordState
from feedsvc.domain.record import Rejection
from feedsvc.storage.database import Database
from feedsvc.storage.endings import FORGETTING, KEPT_PASSES, KEPT_REJECTIONS
from feedsvc.storage.migrating import bring_to_head
from feedsvc.storage.schema import entries, labels, passes, records, rejections, sources
from feedsvc.storage.sqlite import SqliteDatabase
from feedsvc.storage.store import Store
from tests.contracts.samples import ALL, DAY, NOW, SETUP, Desk, ident, placed, topic


@pytest.fixture
def database() -> Iterator[Database]:
    """An empty database in memory."""
    database = SqliteDatabase(None)
    bring_to_head(database)
    yield database
    database.close()


@pytest.fixture
def desk(database: Database) -> Desk:
    """A desk at a store over it."""
    store = Store(database)
    store.configure(SETUP, NOW)
    return Desk(store)


@pytest.mark.parametrize("state", [RecordState.WITHDRAWN_BY_OPERATOR, RecordState.PURGED])
def test_what_an_operator_or_retention_took_away_no_pass_brings_back(
    database: Database, desk: Desk, state: RecordState
) -> None:
    desk.run(placed("a"), placed("b"))
    desk.run(gone=["a"])
    with database.writing() as connection:
        connection.execute(update(records).where(records.c.key == "a").values(state=state))
    before = desk.store.article(ident("a"))
    for changes in (desk.run(placed("a", words="again")), desk.run(gone=["a"])):
        assert (changes.changes, changes.stored) == ((), True)
    other = placed("other key")
    renamed = replace(other, article=replace(placed("a").article, draft=other.article.draft))
    assert desk.run(renamed).changes == (), "not under another key either"
    assert desk.store.article(ident("a")) == before
    assert desk.store.known("day", ["a"])["a"].state is state
    assert desk.names() == ["b"]


def test_an_article_stays_while_one_of_its_records_lives(database: Database, desk: Desk) -> None:
    desk.run(placed("a"))
    with database.writing() as connection:
        row = {"outlet": "day", "key": "b", "article": ident("a"), "first_seen": 0, "last_seen": 0, "state": "live"}
        connection.execute(insert(records).values(row))
    assert desk.run(gone=["a"]).changes == ()
    assert desk.names() == ["a"]
    assert len(desk.run(gone=["b"]).changes) == 1
    assert desk.names() == []


def test_labels_that_stay_are_not_touched_and_those_that_end_keep_their_time(database: Database, desk: Desk) -> None:
    desk.run(placed("a", labels=[topic("x"), topic("y")]))
    desk.run(placed("a", labels=[topic("y"), topic("z")]))
    with database.reading() as connection:
        rows = connection.execute(select(labels.c.slug, labels.c.from_seq, labels.c.to_seq).order_by(labels.c.id)).all()
    assert [tuple(row) for row in rows] == [("x", 1, 2), ("y", 1, None), ("z", 2, None)]


def test_a_correction_enters_anew_and_its_old_entry_stays_in_the_log(database: Database, desk: Desk) -> None:
    desk.run(placed("a", ALL))
    desk.run(placed("a", ALL, DAY))
    desk.run(placed("a", ALL, DAY, words="corrected"))
    with database.reading() as connection:
        rows = connection.execute(select(entries.c.feed, entries.c.entered_seq, entries.c.left_seq)).all()
    day = DAY.path
    assert sorted(map(str, rows)) == sorted(map(str, [("all", 1, 3), ("all", 3, None), (day, 2, 3), (day, 3, None)]))


def test_only_the_last_passes_are_remembered(database: Database, desk: Desk) -> None:
    for _ in range(KEPT_PASSES + 3 * FORGETTING):
        desk.run(rejections=[Rejection("k", "no title")])
    with database.reading() as connection:
        kept = connection.scalar(select(func.count()).select_from(passes)) or 0
        told = connection.scalar(select(func.count()).select_from(rejections)) or 0
    assert KEPT_PASSES <= kept < KEPT_PASSES + FORGETTING
    assert KEPT_REJECTIONS <= told < KEPT_REJECTIONS + FORGETTING


def test_failures_are_counted_in_a_row(database: Database, desk: Desk) -> None:
    counts = []
    for outcome in (Outcome.FETCH_FAILED, Outcome.PARSE_FAILED, Outcome.EMPTY, Outcome.GONE):
        desk.store.commit(replace(desk.done(), outcome=outcome))
        with database.reading() as connection:
            counts.append(connection.scalar(select(sources.c.failures).where(sources.c.id == "day")))
    assert counts == [1, 2, 0, 1]
