"""Claims that ask by index: a tick a second over many sources must not look through all of them."""

from __future__ import annotations

from feedsvc.storage import leases
from feedsvc.storage.migrating import bring_to_head
from feedsvc.storage.sqlite import SqliteDatabase


def test_sources_that_failed_are_found_by_their_own_index_and_none_are_sorted() -> None:
    database = SqliteDatabase(None)
    bring_to_head(database)
    with database.reading() as connection:
        for statement, index in ((leases._DUE_PROVEN, "next_poll"), (leases._DUE_DOUBTFUL, "ix_sources_doubtful")):
            asked = str(statement.compile(dialect=connection.dialect))
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (0,) * asked.count("?")).all()
            plan = " | ".join(str(row[3]) for row in rows)
            assert index in plan, plan
            assert "TEMP B-TREE" not in plan
    database.close()
