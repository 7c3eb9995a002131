"""T39, T38: the web's processes may come and go, while polling goes on; the one that forks them opens no database."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.processes import Process, below
from tests.e2e.service import eventually

from .conftest import Place, SideBySide
from .looking import heartbeat
from .stage import FEED, Stage, stage

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

KILLS = 5


@pytest.fixture(scope="module")
def opened(side_by_side: SideBySide) -> Callable[[str], dict[str, bool]]:
    return side_by_side.play(kill_the_web)


def kill_the_web(place: Place) -> dict[str, bool]:
    """Kill the web's worker again and again, and see each time that polling goes on; which process has it open."""
    with stage(place) as at:
        scheduler = one(at, " schedule")
        opened = {"server": has_open(place, one(at, " serve")), "worker": has_open(place, worker(at))}
        for number in range(KILLS):
            os.kill(worker(at).pid, signal.SIGKILL)
            before = heartbeat(place.url)
            at.publishes(2 + number)
            assert eventually(lambda: at.articles == 2 + number)  # noqa: B023
            assert eventually(lambda: heartbeat(place.url) > before)  # noqa: B023  it is in whole seconds
            assert eventually(lambda: answers(at))
        assert one(at, " schedule") == scheduler
        at.assert_each_once(1 + KILLS)
        return opened


def one(at: Stage, command: str) -> Process:
    """The process of a command, which the supervisor started."""
    supervisor = at.service.process
    assert supervisor is not None
    return next(each for each in below(supervisor.pid) if each.parent == supervisor.pid and command in each.command)


def worker(at: Stage) -> Process:
    """The one that the web server forked."""
    assert eventually(lambda: [each for each in below(one(at, " serve").pid) if " serve" in each.command])
    return next(each for each in below(one(at, " serve").pid) if " serve" in each.command)


def answers(at: Stage) -> bool:
    try:
        return at.service.get(FEED).status == 200
    except OSError:
        return False


def has_open(place: Place, process: Process) -> bool:
    """Whether a process has the file of the database open, or any connection to its server."""
    handles = [_target(handle) for handle in Path(f"/proc/{process.pid}/fd").iterdir()]
    if place.server is None:
        return any(target.startswith(place.url.removeprefix("sqlite:///")) for target in handles)
    sockets = {target.removeprefix("socket:[").rstrip("]") for target in handles if target.startswith("socket:[")}
    table = Path(f"/proc/{process.pid}/net/tcp").read_text().splitlines()[1:]
    rows = [line.split() for line in table]
    return any(row[2].endswith(f":{place.server.port:04X}") and row[9] in sockets for row in rows)


def _target(handle: Path) -> str:
    try:
        return str(handle.readlink())
    except OSError:
        return ""


def test_polling_goes_on_whatever_becomes_of_the_web(opened: Callable[[str], dict[str, bool]], database: str) -> None:
    assert opened(database)


def test_the_web_server_opens_the_database_in_its_worker_alone(
    opened: Callable[[str], dict[str, bool]], database: str
) -> None:
    assert opened(database) == {"server": False, "worker": True}


WAITING = (kill_the_web,)
