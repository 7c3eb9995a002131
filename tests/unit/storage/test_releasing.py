"""That nothing is due costs no write transaction, and what is shown is found by indexes alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Select

from feedsvc.storage import documents
from feedsvc.storage.migrating import bring_to_head
from feedsvc.storage.sqlite import SqliteDatabase
from feedsvc.storage.store import Store
from tests.contracts.samples import A_DAY, NOW, SETUP, Desk, placed


class Counting(SqliteDatabase):
    """A database in memory that counts its write transactions."""

    writes = 0

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self.writes += 1
        with super().writing() as connection:
            yield connection


@pytest.fixture
def database() -> Iterator[Counting]:
    made = Counting(None)
    bring_to_head(made)
    yield made
    made.close()


def test_that_nothing_is_due_takes_no_write_transaction(database: Counting) -> None:
    store = Store(database)
    store.configure(SETUP, NOW)
    desk = Desk(store)
    desk.run(placed("a"))
    before = database.writes
    for _ in range(3):
        desk.now += timedelta(hours=8) - timedelta(seconds=1)
        assert store.release_late(desk.now - A_DAY, desk.now) is None
    assert database.writes == before
    desk.now += timedelta(minutes=1)
    assert store.release_late(desk.now - A_DAY, desk.now) is not None
    assert database.writes == before + 1


@pytest.mark.parametrize("statement", [documents.NAMES, documents.ARTICLES, documents.EARLIEST_LATE])
def test_what_a_feed_shows_is_found_by_indexes_alone(database: Counting, statement: Select[tuple[object]]) -> None:
    with database.reading() as connection:
        there = statement.compile(connection.engine).construct_expanded_state({"path": "all", "window": 50})
        asked = tuple(there.positional_parameters)
        plan = [str(row[3]) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {there.statement}", asked)]
    assert sorted(line for line in plan if " entries " in line) == [
        "SEARCH entries USING COVERING INDEX ix_entries_late (feed=? AND entered_seq>?)",
        "SEARCH entries USING COVERING INDEX ix_entries_present (feed=?)",
    ]
    ordered = [line for line in plan if "ORDER BY" in line]
    assert ordered == (["USE TEMP B-TREE FOR ORDER BY"] if statement is documents.ARTICLES else [])
