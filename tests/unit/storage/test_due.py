"""Claims that ask by index: a tick a second over many sources must not look through all of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import ClauseElement, Connection

from feedsvc.storage import due
from feedsvc.storage.migrating import bring_to_head
from feedsvc.storage.sqlite import SqliteDatabase

COME, OVER, ABSURD = due._KINDS[:2], due._KINDS[2:4], due._KINDS[4:]


@pytest.fixture
def connection() -> Iterator[Connection]:
    """An empty database of this release."""
    database = SqliteDatabase(None)
    bring_to_head(database)
    with database.reading() as connection:
        yield connection
    database.close()


def plan(connection: Connection, statement: ClauseElement) -> str:
    asked = str(statement.compile(dialect=connection.dialect))
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (0,) * asked.count("?")).all()
    return " | ".join(str(row[3]) for row in rows)


@pytest.mark.parametrize(("kinds", "bound"), [(COME, "<?")])
def test_what_nobody_has_is_found_in_the_order_in_which_it_is_due(
    connection: Connection, kinds: due.Kinds, bound: str
) -> None:
    for kind in kinds:
        index = "ix_sources_doubtful" if kind.doubtful else "ix_sources_proven"
        found = plan(connection, kind.claimable)
        assert found.startswith(f"SEARCH sources USING INDEX {index} (next_poll{bound})"), found
        assert "TEMP B-TREE" not in found


@pytest.mark.parametrize(("kinds", "bound"), [(OVER, "<?"), (ABSURD, ">?")])
def test_what_was_left_behind_is_found_among_what_is_claimed(
    connection: Connection, kinds: due.Kinds, bound: str
) -> None:
    for kind in kinds:
        found = plan(connection, kind.claimable)
        assert found.startswith(f"SEARCH sources USING INDEX ix_sources_claimed (claim_until{bound})"), found


def test_that_nothing_is_due_is_seen_without_looking_through_the_sources(connection: Connection) -> None:
    found = plan(connection, due._KINDS_DUE)
    assert found.count("SEARCH sources USING") == len(due._KINDS), found
    assert "SCAN sources" not in found
    assert "TEMP B-TREE" not in found
