"""What the SQLite database promises beyond SQL."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from feedsvc.errors import StoreError
from feedsvc.storage.filelock import file_lock
from feedsvc.storage.sqlite import DRIVER, SqliteDatabase, needs_file_lock


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_versions_that_can_damage_a_shared_database_need_the_lock(version: tuple[int, ...]) -> None:
    assert needs_file_lock(version)


@pytest.mark.parametrize("version", [(3, 44, 6), (3, 44, 9), (3, 50, 7), (3, 51, 3), (3, 53, 4), (4, 0, 0)])
def test_versions_with_the_fix_need_none(version: tuple[int, ...]) -> None:
    assert not needs_file_lock(version)


def test_an_affected_version_says_so_and_writes_in_turn(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    if not needs_file_lock(sqlite3.sqlite_version_info):
        pytest.skip("the standard library's SQLite has the fix")
    with caplog.at_level(logging.WARNING):
        database = SqliteDatabase(tmp_path / "feeds.db", sqlite3)
    assert "take turns under a file lock" in caplog.text
    lock = tmp_path / "feeds.db.lock"
    with database.writing(), pytest.raises(StoreError, match="held by another"), file_lock(lock, patience=0):
        pass
    with file_lock(lock, patience=0):
        pass
    database.close()


def test_files_are_durable_guarded_and_in_the_write_ahead_log(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "feeds.db")
    database.settle()
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    for side in (database.reading, database.writing):
        with side() as connection:
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
        assert found == wanted
    database.close()


def test_the_log_of_a_large_transaction_does_not_stay_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedsvc.storage.sqlite._LARGEST_LOG", 100_000)
    database = SqliteDatabase(tmp_path / "feeds.db")
    database.settle()
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
        connection.exec_driver_sql("INSERT INTO a VALUES (zeroblob(20000000))")
    log = tmp_path / "feeds.db-wal"
    assert log.stat().st_size > 20_000_000
    for _ in range(2):
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO a VALUES (1)")
    assert log.stat().st_size <= 100_000
    database.close()


def test_the_reading_side_cannot_write(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "feeds.db")
    with pytest.raises(StoreError, match="readonly"), database.reading() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    database.close()


def test_a_write_transaction_holds_the_database_from_its_start(tmp_path: Path) -> None:
    file = tmp_path / "feeds.db"
    database = SqliteDatabase(file)
    database.settle()
    with (
        # the same library: two copies of SQLite in one process do not see each other's locks
        closing(DRIVER.connect(file, timeout=0)) as other,
        database.writing(),
        pytest.raises(DRIVER.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    database.close()


def test_readers_see_the_last_commit_while_a_writer_writes(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "feeds.db")
    database.settle()
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
    with database.writing() as writer, database.reading() as reader:
        writer.exec_driver_sql("INSERT INTO a VALUES (1)")
        assert reader.exec_driver_sql("SELECT count(*) FROM a").scalar() == 0
    database.close()


def test_a_full_disk_costs_the_transaction_and_reading_goes_on(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "feeds.db")
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE a (b)")
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def overfill() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("INSERT INTO a VALUES (1)")
            connection.exec_driver_sql("INSERT INTO a VALUES (zeroblob(100000))")

    with pytest.raises(StoreError, match="full") as full:
        overfill()
    assert full.value.retry
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM a").scalar() == 0
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        connection.exec_driver_sql("INSERT INTO a VALUES (zeroblob(100000))")
    database.close()


def test_an_error_of_the_caller_is_not_dressed_up(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "feeds.db", DRIVER)
    with pytest.raises(ZeroDivisionError), database.writing():
        _ = 1 / 0
    database.close()
