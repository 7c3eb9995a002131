"""What the PostgreSQL database promises beyond SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import make_url

from feedsvc.domain.feed import FeedKey
from feedsvc.errors import NoRoom, StoreError
from feedsvc.storage.postgresql import PostgresDatabase
from feedsvc.storage.store import open_store
from tests.postgresql import Server

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

FULL = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"

MANY = """SET LOCAL session_replication_role = replica;
INSERT INTO entries (feed, article, published, entered_seq)
SELECT 'topics/t' || mod(number, 2), number, number, 0 FROM generate_series(1, 20000) AS number;
ANALYZE entries"""

FORGET = """DO $$ DECLARE one text; BEGIN
FOR one IN SELECT name FROM pg_prepared_statements LOOP EXECUTE 'DEALLOCATE ' || quote_ident(one); END LOOP; END $$"""


@pytest.fixture
def database(postgres: Server) -> Iterator[PostgresDatabase]:
    made = PostgresDatabase(make_url(postgres.url()))
    yield made
    made.close()


def test_a_full_disk_of_the_server_is_told_from_other_troubles(database: PostgresDatabase) -> None:
    with pytest.raises(NoRoom, match="could not extend file"), database.writing() as connection:
        connection.exec_driver_sql(FULL)


def test_a_machine_that_acknowledges_nothing_is_waited_for_by_seconds(database: PostgresDatabase) -> None:
    with database.reading() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        parameters = driver.info.get_parameters()
    assert int(parameters["tcp_user_timeout"]) <= 10_000
    assert int(parameters["keepalives_idle"]) <= 10


def test_who_asks_but_once_begins_no_transaction(database: PostgresDatabase) -> None:
    with database.asking() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        driver = connection.connection.driver_connection
        assert driver is not None
        assert driver.info.transaction_status == TransactionStatus.IDLE
    with database.reading() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "repeatable read"
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"


def test_the_server_plans_what_a_document_shows_a_few_times_and_then_no_more(postgres: Server) -> None:
    with closing(open_store(postgres.url())) as store:
        with store.database.writing() as connection:
            connection.exec_driver_sql(MANY)
        for number in range(20):
            store.shown(FeedKey(topic=f"t{number % 2}"), 50)
        with store.database.asking() as connection:
            kept = connection.exec_driver_sql(
                "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE 'WITH newest%%'"
            ).scalar()
    assert kept is not None
    assert kept > 0


def test_a_statement_that_the_server_has_forgotten_fails_once_and_no_more(postgres: Server) -> None:
    with closing(open_store(postgres.url())) as store:
        for _ in range(5):
            store.shown(FeedKey(topic="t"), 50)
        with store.database.asking() as connection:
            connection.exec_driver_sql(FORGET)
        with pytest.raises(StoreError):
            store.shown(FeedKey(topic="t"), 50)
        assert store.shown(FeedKey(topic="t"), 50) == ()
