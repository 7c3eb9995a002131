"""What the PostgreSQL database promises beyond SQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from feedsvc.errors import NoRoom
from feedsvc.storage.postgresql import PostgresDatabase
from tests.postgresql import Server

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

FULL = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"


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
