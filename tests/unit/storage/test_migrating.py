"""A database is brought to the head, or refused and left as it is."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData

from feedsvc.errors import SchemaError, StoreError
from feedsvc.storage import migrating, upgrading
from feedsvc.storage.schema import metadata
from feedsvc.storage.source_tables import WHERE
from feedsvc.storage.sqlite import DRIVER, SqliteDatabase
from feedsvc.storage.stage import stage
from feedsvc.storage.store import open_store
from feedsvc.storage.terms import NAMING


def execute(file: Path, *statements: str) -> None:
    """Change a database behind the store's back."""
    with closing(DRIVER.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def contents(file: Path) -> list[object]:
    """Every table that a database has, and every row of the small ones."""
    with closing(DRIVER.connect(file)) as connection:
        tables = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        version = connection.execute("SELECT * FROM alembic_version").fetchall()
        return [tables, version, connection.execute("SELECT * FROM ledger").fetchall()]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A database of this release."""
    file = tmp_path / "feeds.db"
    open_store(f"sqlite:///{file}").close()
    return file


def test_the_head_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrating.HEAD]


def test_the_scripts_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "feeds.db")
    migrating.bring_to_head(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found = MetaData(naming_convention=NAMING)
        for table in (*metadata.tables.values(), *stage.tables.values()):
            table.to_metadata(found)
        assert compare_metadata(context, found) == []
    database.close()


def test_the_scripts_make_the_indexes_of_the_rows_that_the_code_says(ours: Path) -> None:
    with closing(DRIVER.connect(ours)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        made = {name: sql.partition(" WHERE ")[2] for name, sql in rows}
    said = {one.name: one.info.get(WHERE, "") for table in metadata.tables.values() for one in table.indexes}
    assert {name: made[str(name)] for name in said} == said
    assert sum(map(bool, said.values())) == 6


def test_a_database_at_the_head_is_opened_without_what_knows_postgresql(ours: Path) -> None:
    code = (
        "import sys; from feedsvc.storage.store import open_store; "
        f"open_store('sqlite:///{ours}').close(); sys.exit('sqlalchemy.dialects.postgresql' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_database_at_the_head_is_opened_without_alembic(ours: Path) -> None:
    code = (
        "import sys; from feedsvc.storage.store import open_store; "
        f"open_store('sqlite:///{ours}').close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("revision", ["0001", "0002", "0009", "0010"])
def test_a_database_of_an_earlier_release_is_brought_to_the_head_with_what_is_in_it(
    tmp_path: Path, revision: str
) -> None:
    file = tmp_path / "feeds.db"
    database = SqliteDatabase(file)
    with database.writing() as connection:
        upgrading.upgrade(connection, migrating.SCRIPTS, revision)
    database.close()
    columns = "(id, outlet, state, cursor, next_poll)"
    execute(file, f"INSERT INTO sources {columns} VALUES ('day', 'day', 'configured', '{{}}', 0)")
    store = open_store(f"sqlite:///{file}")
    assert [status.source for status in store.statuses()] == ["day"]
    store.ping()
    store.close()


def test_nothing_that_an_earlier_release_stored_counts_as_come_of_late(tmp_path: Path) -> None:
    file = tmp_path / "feeds.db"
    database = SqliteDatabase(file)
    with database.writing() as connection:
        upgrading.upgrade(connection, migrating.SCRIPTS, "0009")
    database.close()
    execute(file, "UPDATE ledger SET seq = 7")
    open_store(f"sqlite:///{file}").close()
    with closing(DRIVER.connect(file)) as connection:
        assert connection.execute("SELECT seq, fresh_seq FROM ledger").fetchall() == [(7, 7)]


def test_what_an_earlier_release_put_into_feeds_stands_in_them_after_the_entries_are_laid_out_anew(
    tmp_path: Path,
) -> None:
    file = tmp_path / "feeds.db"
    database = SqliteDatabase(file)
    with database.writing() as connection:
        upgrading.upgrade(connection, migrating.SCRIPTS, "0010")
    database.close()
    columns = "(id, uri, source, outlet, story, text, fingerprint, published, dated_by, updated)"
    articles = (f"('{one}', '{one}', 's', 's', '{one}', 'x', '', 1, 'x', 1)" for one in "ab")
    entries = [
        ("all", "b", 1, 1, None),
        ("all", "a", 1, 1, 2),
        ("all", "a", 1, 2, None),
        ("sources/s", "a", 1, 1, None),
    ]
    execute(
        file,
        f"INSERT INTO articles {columns} VALUES {', '.join(articles)}",
        *(
            f"INSERT INTO entries VALUES ('{feed}', '{article}', {published}, {entered}, {left or 'NULL'})"
            for feed, article, published, entered, left in entries
        ),
    )
    open_store(f"sqlite:///{file}").close()
    with closing(DRIVER.connect(file)) as connection:
        found = connection.execute("SELECT feed, article, published, entered_seq, left_seq FROM entries").fetchall()
        assert sorted(found, key=str) == sorted(entries, key=str)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_database_of_a_newer_release_is_refused_and_left_alone(ours: Path) -> None:
    execute(ours, "UPDATE alembic_version SET version_num = '0999'")
    before = contents(ours)
    with pytest.raises(SchemaError, match=r"feeds\.db has the schema 0999, made by a newer release.*restore a backup"):
        open_store(f"sqlite:///{ours}")
    assert contents(ours) == before


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(["CREATE TABLE notes (id INTEGER)"], id="something else"),
        pytest.param(
            ["CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0001')"],
            id="something else with migrations",
        ),
    ],
)
def test_a_database_of_something_else_is_refused_byte_for_byte(tmp_path: Path, statements: list[str]) -> None:
    file = tmp_path / "other.db"
    execute(file, *statements)
    before = file.read_bytes()
    with pytest.raises(SchemaError, match=r"other\.db is a database of something else.*Move it away") as refused:
        open_store(f"sqlite:///{file}")
    assert not refused.value.retry
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(b"Dear newsroom, " * 200)
    with pytest.raises(SchemaError, match=r"letter\.txt is damaged, or is not a database.*backup"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == b"Dear newsroom, " * 200


def test_a_database_cut_short_is_refused_byte_for_byte(ours: Path) -> None:
    cut = ours.read_bytes()[:10_000]
    ours.write_bytes(cut)
    with pytest.raises(SchemaError, match="is damaged"):
        open_store(f"sqlite:///{ours}")
    assert ours.read_bytes() == cut


def test_threads_make_databases_of_their_own_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for store in pool.map(lambda number: open_store(f"sqlite:///{tmp_path}/{number}.db"), range(4)):
            store.ping()
            store.close()


def test_a_migration_that_failed_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "feeds.db"
    database = SqliteDatabase(file)

    def fail() -> None:
        with database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE sources (id TEXT)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    database.close()
    store = open_store(f"sqlite:///{file}")
    store.ping()
    store.close()


def test_a_database_that_lost_its_schema_does_not_answer_ping(ours: Path) -> None:
    store = open_store(f"sqlite:///{ours}")
    store.ping()
    execute(ours, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(SchemaError, match="0999"):
        store.ping()
    store.close()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="folder cannot be made"):
        open_store(f"sqlite:///{tmp_path}/file/feeds.db")
