"""From a commit to the new bytes on every web process, while five thousand requests a second are answered."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ..polling.claims import postgresql
from .asking import ask
from .load import Failed, Load, read
from .newsroom import Newsroom
from .rates import PATH
from .running import Running
from .size import Size
from .watching import Watch

USUAL, WORST = 0.3, 1.0
"""Wanted: seconds at the median, and at p99."""
WEBS = 2
PAUSE, CONNECTIONS = 9, 30
"""Of the load of each web process: milliseconds between two requests of a connection; a good 2,500 a second."""
WANTED_LOAD, ENOUGH = 5000, 4750
"""Requests a second in sum; and what passes for it, since the pauses of a load are not exact."""
LONG = 3600
PATIENCE = 30.0
PACED = Path(__file__).with_name("paced.lua")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Seconds from each commit to its first answer of each process, sorted; requests a second of the load."""

    database: str
    delays: Sequence[float]
    load: float

    @property
    def usual(self) -> float:
        """The median."""
        return median(self.delays)

    @property
    def p99(self) -> float:
        """The one that 99 of 100 do not exceed; of fewer than 100 the last."""
        return self.delays[-1 - len(self.delays) // 100]


def measured(folder: Path, size: Size, say: Callable[[str], None]) -> list[Measured]:
    """Measure it on every database there is. Raises Failed where a change never came through."""
    found = [_measured("SQLite", Newsroom(folder / "sqlite"), size)]
    say(_told(found[-1]))
    with postgresql() as url:
        if url is not None and not size.small:
            found.append(_measured("PostgreSQL", Newsroom(folder / "postgresql", url), size))
            say(_told(found[-1]))
    return found


def _told(one: Measured) -> str:
    delays = f"{one.usual * 1000:.0f} ms, p99 {one.p99 * 1000:.0f} ms"
    return f"{one.database}: {delays} under {one.load:.0f} requests a second"


def _measured(database: str, room: Newsroom, size: Size) -> Measured:
    room.fill()
    with ExitStack() as stack:
        webs = [stack.enter_context(room.served(name=f"web{number}")) for number in range(WEBS)]
        for web in webs:
            ask(web.port, PATH)
        loads = [stack.enter_context(_load(web)) for web in webs]
        watches = [stack.enter_context(_watched(web)) for web in webs]
        committed = _commits(room, size.commits)
        for watch in watches:
            watch.until(size.commits, PATIENCE)
        rates = [_ended(load) for load in loads]
    seen = [watch.seen for watch in watches]
    if any(change not in one for one in seen for change in committed):
        raise Failed(f"{database}: a commit did not come through in {PATIENCE:g} s")
    delays = sorted(one[change] - at for one in seen for change, at in committed.items())
    return Measured(database=database, delays=delays, load=sum(rates))


def _commits(room: Newsroom, commits: int) -> dict[int, float]:
    """Let a process write; when each change was committed."""
    argv = [sys.executable, "-m", "benchmarks.serving.writer", str(room.config), str(commits)]
    environment = {**os.environ, **room.environment}
    done = subprocess.run(argv, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    told = map(json.loads, done.stdout.splitlines())
    return {one["number"]: one["at"] for one in told}


@contextmanager
def _watched(web: Running) -> Iterator[Watch]:
    watch = Watch(web.port, PATH)
    watch.start()
    try:
        yield watch
    finally:
        watch.stop()


@contextmanager
def _load(web: Running) -> Iterator[subprocess.Popen[str]]:
    fields = {"Accept-Encoding": "gzip"}
    load = Load(path=PATH, fields=fields, seconds=LONG, script=PACED, arguments=[str(PAUSE)], connections=CONNECTIONS)
    with subprocess.Popen(load.argv(web.port), stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _ended(load: subprocess.Popen[str]) -> float:
    """Requests a second, as wrk tells when it is interrupted. Raises Failed where any of them failed."""
    load.send_signal(signal.SIGINT)
    found = read(load.communicate()[0])
    if found.refused or found.broken:
        raise Failed(f"{found.refused} requests of the load were refused, {found.broken} broke")
    return found.rate
