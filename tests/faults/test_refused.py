"""T35: a database that is damaged, not ours, or of a newer release is refused at the start, and left as it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from feedsvc.errors import SchemaError
from feedsvc.storage.store import open_store
from tests.databases import connected
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import free_port

from .conftest import SQLITE, Place, SideBySide

pytestmark = pytest.mark.slow

ENDS = {"schedule": 1, "run": 78}
"""The exit code of each command."""
NEWER = "has the schema 0999, made by a newer release; this one knows schemas up to"
FOREIGN = "is a database of something else, and is left as it is"
DAMAGED = "is damaged, or is not a database"


def newer(place: Place) -> None:
    open_store(place.url).close()
    change(place.url, "UPDATE alembic_version SET version_num = '0999'")


def foreign(place: Place) -> None:
    change(place.url, "CREATE TABLE invoices (id INTEGER)", "INSERT INTO invoices VALUES (7)")


def others_migrations(place: Place) -> None:
    statements = ["CREATE TABLE alembic_version (version_num TEXT)", "INSERT INTO alembic_version VALUES ('0001')"]
    change(place.url, *statements)


def half_lost(place: Place) -> None:
    open_store(place.url).close()
    change(place.url, "DROP TABLE entries")


def torn(place: Place) -> None:
    open_store(place.url).close()
    file = file_of(place)
    body = bytearray(file.read_bytes())
    body[:100] = bytes(100)
    file.write_bytes(body)


def a_letter(place: Place) -> None:
    file_of(place).write_bytes(b"Dear newsroom, " * 200)


def change(url: str, *statements: str) -> None:
    """Change a database behind the store's back."""
    with closing(connected(url)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def file_of(place: Place) -> Path:
    return Path(place.url.removeprefix("sqlite:///"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(newer, NEWER, id="newer"),
        pytest.param(foreign, FOREIGN, id="of something else"),
        pytest.param(others_migrations, FOREIGN, id="of something else with migrations"),
        pytest.param(half_lost, FOREIGN, id="with tables missing"),
    ],
)
def test_a_database_that_is_not_ours_is_refused_and_left_as_it_is(
    place: Place, spoil: Callable[[Place], None], message: str
) -> None:
    (place.folder / "data").mkdir()
    spoil(place)
    before = rows(place)
    with pytest.raises(SchemaError, match=message) as refused:
        open_store(place.url)
    assert not refused.value.retry
    assert rows(place) == before


@pytest.mark.parametrize("spoil", [torn, a_letter])
def test_a_damaged_file_is_refused_byte_for_byte(tmp_path: Path, spoil: Callable[[Place], None]) -> None:
    place = Place(SQLITE, tmp_path, f"sqlite:///{tmp_path}/feeds.db")
    spoil(place)
    before = file_of(place).read_bytes()
    with pytest.raises(SchemaError, match=f"feeds.db {DAMAGED}.*restore"):
        open_store(place.url)
    assert file_of(place).read_bytes() == before


@pytest.fixture(scope="module")
def refusals(side_by_side: SideBySide) -> Callable[[str], Mapping[str, str]]:
    return side_by_side.play(start_on_a_newer_one)


def start_on_a_newer_one(place: Place) -> Mapping[str, str]:
    """What each command says, each having ended with its exit code."""
    newsroom = Newsroom(place.folder)
    newer(place)
    before = rows(place)
    said = {command: refusal(newsroom, place, command, code) for command, code in ENDS.items()}
    assert rows(place) == before
    return said


def test_every_command_ends_with_the_message(refusals: Callable[[str], Mapping[str, str]], database: str) -> None:
    said = refusals(database)
    assert said["schedule"].count(NEWER) == 1
    assert NEWER in said["run"]


def refusal(newsroom: Newsroom, place: Place, command: str, code: int) -> str:
    """What a command says that ends with this code."""
    environment = newsroom.environment(FEEDSVC_DATABASE_URL=place.url, FEEDSVC_BIND=f"127.0.0.1:{free_port()}")
    argv = [sys.executable, "-m", "feedsvc", command]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def rows(place: Place) -> dict[str, list[object]]:
    """Every row of every table."""
    with closing(connected(place.url)) as connection:
        server = isinstance(connection, psycopg.Connection)
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        tables = connection.execute(
            named if server else "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        every = {}
        for (name,) in sorted(tables):
            asked = sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)) if server else f'SELECT * FROM "{name}"'
            every[name] = connection.execute(asked).fetchall()
        return every
