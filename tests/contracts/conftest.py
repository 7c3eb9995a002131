"""Every implementation of the stores, each under a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from feedsvc.storage.store import open_store
from tests.contracts.samples import NOW, SETUP, Desk, Store
from tests.postgresql import Server


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file as a first start leaves it; copied, because making one takes a while."""
    file = tmp_path_factory.mktemp("new") / "feeds.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(scope="session")
def new_database(postgres: Server) -> str:
    """A database on PostgreSQL as a first start leaves it, to be copied."""
    url = postgres.url()
    open_store(url).close()
    return url


@pytest.fixture(params=["SQLite in memory", "SQLite file", "SQLite file, standard library", "PostgreSQL"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path, new_file: Path) -> Iterator[Store]:
    """A new store of each kind, nothing configured."""
    if request.param == "PostgreSQL":
        server: Server = request.getfixturevalue("postgres")
        yield from _copied(server, request.getfixturevalue("new_database"))
        return
    store: Store
    match request.param:
        case "SQLite in memory":
            store = open_store("sqlite://")
        case "SQLite file":
            store = open_store(f"sqlite:///{copy(new_file, tmp_path)}")
        case _:
            store = open_store(f"sqlite:///{copy(new_file, tmp_path)}", sqlite3)
    yield store
    store.close()


def _copied(server: Server, new_database: str) -> Iterator[Store]:
    url = server.copy_of(new_database)
    store = open_store(url)
    yield store
    store.close()
    server.drop(url)


@pytest.fixture
def store(empty_store: Store) -> Store:
    """A store with the newsroom configured."""
    empty_store.configure(SETUP, NOW)
    return empty_store


@pytest.fixture
def desk(store: Store) -> Desk:
    """A scheduler's desk at the store."""
    return Desk(store)
