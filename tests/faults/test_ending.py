"""T42: told to stop, everything ends within ten seconds and well, whether a pass hangs or not; told twice, sooner."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.service import Service, eventually

from .conftest import Place, SideBySide
from .looking import looking
from .stage import Stage, stage

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("socket_enabled")]

PATIENCE = 10.0
"""Seconds until all has ended."""
LEASE = 30
"""Seconds for which what was not finished stays claimed."""


@dataclass(frozen=True)
class End:
    """How a service ended: its exit code, after how many seconds, and for how many more its source is claimed."""

    code: int
    seconds: float
    claimed: int


@pytest.fixture(scope="module")
def ends(side_by_side: SideBySide) -> Callable[[str], Mapping[str, End]]:
    return side_by_side.play(end_each_way)


def end_each_way(place: Place) -> Mapping[str, End]:
    with stage(place) as at:
        found = {"idle": end(at, at.service)}
        at.upstream.reply.wait = 120.0
        for name, times in (("hanging", 1), ("told twice", 2)):
            let_claims_go(at)
            with Service(at.newsroom, FEEDSVC_DATABASE_URL=place.url) as service:
                asked = len(at.upstream.asked)
                assert eventually(lambda: len(at.upstream.asked) > asked)  # noqa: B023
                found[name] = end(at, service, times)
        return found


def let_claims_go(at: Stage) -> None:
    """As if a lease had passed."""
    with looking(at.url) as look:
        look.change("UPDATE sources SET claim_until = NULL, next_poll = 0")


def end(at: Stage, service: Service, times: int = 1) -> End:
    """Tell it so many times to stop."""
    assert service.process is not None
    processes, began = at.processes_of(service), time.monotonic()
    for _ in range(times):
        service.process.terminate()
        time.sleep(0.5)
    code = service.process.wait(60)
    seconds = time.monotonic() - began
    assert eventually(lambda: not [pid for pid in processes if Path(f"/proc/{pid}").exists()], 5)
    with looking(at.url) as look:
        until = look.one("SELECT max(claim_until) FROM sources")
    return End(code, seconds, 0 if until is None else until - int(time.time()))


def test_it_ends_with_its_claims_given_back(ends: Callable[[str], Mapping[str, End]], database: str) -> None:
    found = ends(database)["idle"]
    assert (found.code, found.claimed) == (0, 0)
    assert found.seconds < PATIENCE


def test_a_pass_that_hangs_keeps_it_no_longer_and_its_claim_ends_with_the_lease(
    ends: Callable[[str], Mapping[str, End]], database: str
) -> None:
    found = ends(database)["hanging"]
    assert found.code == 0
    assert found.seconds < PATIENCE
    assert 0 < found.claimed <= LEASE


def test_told_twice_it_ends_sooner(ends: Callable[[str], Mapping[str, End]], database: str) -> None:
    found = ends(database)
    assert found["told twice"].seconds < found["hanging"].seconds


WAITING = (end_each_way,)
