"""The databases that faults are done to, one after the other or both at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from tests.postgresql import MISSING, Server, programs

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"

_Seen = TypeVar("_Seen")


@dataclass(frozen=True)
class Place:
    """Where a newsroom may be made, and the address of its `database`, which is new; `server` is where that is."""

    database: str
    folder: Path
    url: str
    server: Server | None = None


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database(request: pytest.FixtureRequest) -> str:
    """The name of each kind of database."""
    name: str = request.param
    return name


@pytest.fixture
def place(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place for a newsroom over each kind of database."""
    return _place(tmp_path, request.getfixturevalue("postgres") if database == POSTGRESQL else None)


def _place(folder: Path, server: Server | None) -> Place:
    if server is None:
        return Place(SQLITE, folder, f"sqlite:///{folder}/data/feedsvc.db")
    return Place(POSTGRESQL, folder, server.url(), server)


class SideBySide:
    """The same done over each kind of database at the same time, where it is mostly waiting."""

    def __init__(self, new_place: Mapping[str, Callable[[], Place]], pool: ThreadPoolExecutor) -> None:
        self._new_place = new_place
        self._pool = pool

    def play(self, scene: Callable[[Place], _Seen]) -> Callable[[str], _Seen]:
        """Begin a scene everywhere, and give what tells how it went over a database, once it is over."""
        futures = {name: self._pool.submit(scene, made()) for name, made in self._new_place.items()}

        def seen(database: str) -> _Seen:
            if database not in futures:
                pytest.skip(MISSING)
            return futures[database].result()

        return seen


@pytest.fixture(scope="module")
def side_by_side(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SideBySide]:
    """Plays scenes over each kind of database that is here."""
    new_place = {SQLITE: lambda: _place(tmp_path_factory.mktemp("sqlite"), None)}
    if programs() is not None:
        server: Server = request.getfixturevalue("postgres")
        new_place[POSTGRESQL] = lambda: _place(tmp_path_factory.mktemp("postgresql"), server)
    with ThreadPoolExecutor(2 * len(new_place)) as pool:
        yield SideBySide(new_place, pool)
