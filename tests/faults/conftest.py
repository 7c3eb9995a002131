"""The databases that faults are done to, one after the other or both at the same time.

A module whose scenes mostly wait names them in `WAITING`, and they are played while others are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import pytest

from tests.postgresql import MISSING, Server, programs

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
AT_ONCE = 3
"""Scenes that are played at the same time."""

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
    """The same done over each kind of database at the same time, and a few such scenes at once: most of them wait."""

    def __init__(self, new_place: Mapping[str, Callable[[], Place]], pool: Executor) -> None:
        self._new_place = new_place
        self._pool = pool
        self._begun: dict[Callable[[Place], object], Mapping[str, Future[object]]] = {}

    def begin(self, scene: Callable[[Place], object]) -> None:
        """Begin a scene everywhere, as soon as others before it are over."""
        self._begun[scene] = {name: self._pool.submit(scene, made()) for name, made in self._new_place.items()}

    def play(self, scene: Callable[[Place], _Seen]) -> Callable[[str], _Seen]:
        """Begin a scene everywhere that has not begun; gives what tells how it went over a database, when it is over.

        What it raised is raised there.
        """
        if scene not in self._begun:
            self.begin(scene)

        def seen(database: str) -> _Seen:
            if database not in self._begun[scene]:
                pytest.skip(MISSING)
            return cast(_Seen, self._begun[scene][database].result())

        return seen


@pytest.fixture(scope="session")
def side_by_side(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SideBySide]:
    """Plays scenes over each kind of database that is here; the `WAITING` ones of all tests to come begin now."""
    new_place = {SQLITE: lambda: _place(tmp_path_factory.mktemp("sqlite"), None)}
    if programs() is not None:
        server: Server = request.getfixturevalue("postgres")
        new_place[POSTGRESQL] = lambda: _place(tmp_path_factory.mktemp("postgresql"), server)
    with ThreadPoolExecutor(AT_ONCE * len(new_place)) as pool:
        made = SideBySide(new_place, pool)
        modules = dict.fromkeys(item.module for item in request.session.items if isinstance(item, pytest.Function))
        for scene in (scene for module in modules for scene in getattr(module, "WAITING", ())):
            made.begin(scene)
        yield made
        pool.shutdown(cancel_futures=True)
