"""Who stands back, as the system tells it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.running.precedence import STEP

TOLD = """
import os
from pathlib import Path
from threading import Thread
from feedsvc.running.precedence import stand_back
session = Path("/proc/self/autogroup")
def now():
    found = []
    thread = Thread(target=lambda: found.append(os.getpriority(os.PRIO_PROCESS, 0)))
    thread.start(); thread.join()
    return *found, int(session.read_text().rpartition(" ")[2]) if session.exists() else 0
{before}
one = now()
stand_back()
other = now()
print(*(after - before for before, after in zip(one, other)))
"""


def told(before: str = "", *, leads: bool = False) -> list[int]:
    """By how much the process stands back, and its session."""
    argv = [sys.executable, "-c", TOLD.format(before=before)]
    done = subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True, start_new_session=leads)
    return [int(one) for one in done.stdout.split()]


@pytest.fixture(autouse=True)
def _room_to_stand_back() -> None:
    if os.getpriority(os.PRIO_PROCESS, 0) > 19 - 2 * STEP:
        pytest.skip("these tests themselves stand back too far")


@pytest.mark.parametrize("before", ["", "os.nice(4)"])
def test_the_threads_that_are_started_then_stand_back_from_where_the_process_stood(before: str) -> None:
    assert told(before)[0] == STEP


def test_nobody_stands_back_further_than_there_is_room() -> None:
    assert told("os.setpriority(os.PRIO_PROCESS, 0, 17)")[0] == 2


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this Linux does not weigh sessions")
def test_a_session_of_its_own_stands_back_and_a_session_of_others_does_not() -> None:
    assert told(leads=True)[1] == STEP
    assert told()[1] == 0
