"""Serving while a scheduler on the same core takes in feeds that always have changed: with it and without, in turn."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from feedsvc.storage.sqlite import DRIVER

from .asking import ask
from .changing import addresses, newspapers
from .load import Failed, Found, Load, put
from .newsroom import Newsroom
from .rates import CASES, PATH, Case
from .running import Cores, Running
from .size import Size

KEPT, SLOWEST = 0.4, 10.0
"""Wanted: the part of the rate that is kept, and the p99 in milliseconds at most."""
EVERYTHING = "/feeds/all.atom"
"""The feed that each of the passes changes."""
CHANGING = "everything, identity"
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Measured:
    """Every round of a case: without the scheduler, and with it; what it took of a core, and passes a second."""

    name: str
    alone: list[Found] = field(default_factory=list)
    beside: list[Found] = field(default_factory=list)
    share: list[float] = field(default_factory=list)
    passes: list[float] = field(default_factory=list)

    @property
    def wanted(self) -> bool:
        """Whether anything is wanted of it: what is as large as that of the rates, and stays as it is."""
        return self.name != CHANGING

    @property
    def kept(self) -> float:
        """The part of the rate that is kept."""
        return median(one.rate for one in self.beside) / median(one.rate for one in self.alone)

    @property
    def p99(self) -> float:
        """Milliseconds beside the scheduler."""
        return median(one.p99 for one in self.beside)


def measured(folder: Path, size: Size, cores: Cores, say: Callable[[str], None]) -> list[Measured]:
    """Measure it. Raises Failed where the scheduler did nothing meanwhile."""
    ways = list(_ways())[-1:] if size.small else list(_ways())
    found = {name: Measured(name) for name, *_ in ways}
    with newspapers(cores) as port:
        room = Newsroom(folder / "beside", upstreams=addresses(port, size.sources))
        room.fill()
        with _polling(room, cores, size.sources):
            say(f"{size.sources} sources were polled once")
        with room.served(cores.server) as server:
            for number in range(1, size.rounds + 1):
                for name, path, case in ways:
                    ask(server.port, path)
                    found[name].alone.append(_put(server, path, case, size, cores))
                with _polling(room, cores) as scheduler:
                    for name, path, case in ways:
                        _beside(found[name], room, scheduler, partial(_put, server, path, case, size, cores))
                        one = found[name]
                        say(f"{name}, round {number} of {size.rounds}: {one.kept:.2f} kept, p99 {one.p99:.1f} ms")
    return list(found.values())


def _ways() -> Iterator[tuple[str, str, Case]]:
    for case in CASES:
        yield case.name, PATH, case
    yield CHANGING, EVERYTHING, CASES[0]


def _put(server: Running, path: str, case: Case, size: Size, cores: Cores) -> Found:
    server.forget_lines()
    fields: Mapping[str, str] = case.fields(server)
    found = put(Load(path=path, fields=fields, seconds=size.seconds), server, cores)
    if found.refused:
        raise Failed(f"{path}: {found.refused} errors beside the scheduler")
    return found


@contextmanager
def _polling(room: Newsroom, cores: Cores, passes: int = 1) -> Iterator[Running]:
    """The scheduler, from when it has stored so many passes."""
    first = _passes(room)
    with room.scheduled(cores) as scheduler:
        end = time.monotonic() + PATIENCE
        while _passes(room) < first + passes:
            if time.monotonic() > end:
                raise Failed(f"the scheduler stored {_passes(room) - first} passes in {PATIENCE:g} s")
            time.sleep(0.1)
        yield scheduler


def _beside(into: Measured, room: Newsroom, scheduler: Running, do: Callable[[], Found]) -> None:
    passes, spent, began = _passes(room), scheduler.cpu(), time.monotonic()
    into.beside.append(do())
    took = time.monotonic() - began
    into.share.append((scheduler.cpu() - spent) / took)
    into.passes.append((_passes(room) - passes) / took)


def _passes(room: Newsroom) -> int:
    with closing(DRIVER.connect(room.folder / "data" / "feedsvc.db", timeout=60)) as connection:
        return int(connection.execute("SELECT coalesce(max(id), 0) FROM passes").fetchone()[0])
