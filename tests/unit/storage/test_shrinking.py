"""What a database's file has room for and no use is given back to the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from feedsvc.storage.sqlite import DRIVER, SqliteDatabase
from feedsvc.storage.store import open_store

PAGES = 2000


@pytest.fixture(params=[DRIVER, sqlite3], ids=["newest", "standard library"])
def driver(request: pytest.FixtureRequest) -> ModuleType:
    """Each SQLite that may be there."""
    found: ModuleType = request.param
    return found


@pytest.fixture
def database(tmp_path: Path, driver: ModuleType) -> Iterator[SqliteDatabase]:
    """A new file of more than 2,000 pages."""
    with closing(SqliteDatabase(tmp_path / "feeds.db", driver)) as made:
        fill(made)
        yield made


def fill(database: SqliteDatabase) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE a (number INTEGER PRIMARY KEY, b)")
    database.settle()
    numbers = [(number,) for number in range(PAGES)]
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO a VALUES (?, zeroblob(4000))", numbers)


def empty(database: SqliteDatabase, share: int) -> None:
    """Take out one row in so many."""
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM a WHERE number % ? = 0", (share,))


def pragma(database: SqliteDatabase, name: str) -> int:
    with database.reading() as connection:
        return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def sizes(database: SqliteDatabase) -> tuple[int, int]:
    """Pages, and how many of them are free."""
    return pragma(database, "page_count"), pragma(database, "freelist_count")


def test_all_but_a_tenth_is_given_back_and_what_is_stored_stays(database: SqliteDatabase, tmp_path: Path) -> None:
    empty(database, 2)
    while database.shrink(300):
        pass
    pages, free = sizes(database)
    assert pages < PAGES * 3 / 4
    assert pages / 10 <= free <= max(256, pages / 10 + 1)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM a").scalar() == PAGES / 2
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
    assert (tmp_path / "feeds.db").stat().st_size == pages * 4096


def test_no_step_gives_back_more_than_it_may(database: SqliteDatabase) -> None:
    empty(database, 2)
    (pages, free), done = sizes(database), database.shrink(100)
    assert done == 100
    assert sizes(database) == (pages - 100, free - 100)


def test_room_that_is_soon_needed_stays(database: SqliteDatabase) -> None:
    empty(database, 12)
    before = sizes(database)
    assert before[1] > 100
    assert database.shrink(1000) == 0
    assert sizes(database) == before


def test_a_file_of_an_earlier_release_stays_as_large_as_it_was(tmp_path: Path, driver: ModuleType) -> None:
    file = tmp_path / "feeds.db"
    with closing(driver.connect(str(file))) as connection:
        connection.execute("CREATE TABLE there (b)")
    with closing(SqliteDatabase(file, driver)) as database:
        fill(database)
        empty(database, 2)
        before = sizes(database)
        assert database.shrink(1000) == 0
        assert sizes(database) == before


def test_every_new_file_of_ours_can_become_smaller(tmp_path: Path, driver: ModuleType) -> None:
    for _ in range(2):
        with closing(open_store(f"sqlite:///{tmp_path / 'feeds.db'}", driver)) as store:
            assert isinstance(store.database, SqliteDatabase)
            fill(store.database)
            empty(store.database, 2)
            assert store.shrink(100) == 100
            with store.database.writing() as connection:
                connection.exec_driver_sql("DROP TABLE a")
