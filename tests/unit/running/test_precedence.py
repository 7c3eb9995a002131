"""Who stands back, as the system tells it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.running.precedence import STEP

STANDING = """
import os
from pathlib import Path
from threading import Thread
session = Path("/proc/self/autogroup")
def now():
    found = []
    thread = Thread(target=lambda: found.append(os.getpriority(os.PRIO_PROCESS, 0)))
    thread.start(); thread.join()
    told = session.read_text() if session.exists() else ""
    return *found, int(told.rpartition(" ")[2]) if told else 0
"""
TOLD = """
from feedsvc.running.precedence import stand_back
{before}
one = now()
stand_back()
other = now()
print(*(after - before for before, after in zip(one, other)))
"""
PASSED_ON = "os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, 0) + 1); print(now()[0])"


def printed(code: str, *, leads: bool = False) -> list[int]:
    argv = [sys.executable, "-c", STANDING + code]
    done = subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True, start_new_session=leads)
    return [int(one) for one in done.stdout.split()]


def told(before: str = "", *, leads: bool = False) -> list[int]:
    """By how much the process stands back, and its session."""
    return printed(TOLD.format(before=before), leads=leads)


def weighs_sessions() -> bool:
    """Some systems have the file and nothing in it."""
    file = Path("/proc/self/autogroup")
    return file.exists() and bool(file.read_text(encoding="ascii"))


@pytest.fixture(scope="module", autouse=True)
def _room_to_stand_back() -> None:
    now = os.getpriority(os.PRIO_PROCESS, 0)
    if now > 19 - 2 * STEP:
        pytest.skip("these tests themselves stand back too far")
    try:
        passed_on = printed(PASSED_ON)
    except subprocess.CalledProcessError:
        pytest.skip("this system lets nobody stand back")
    if passed_on != [now + 1]:
        pytest.skip("this system does not pass on to threads where their process stands")


@pytest.mark.parametrize("before", ["", "os.nice(4)"])
def test_the_threads_that_are_started_then_stand_back_from_where_the_process_stood(before: str) -> None:
    assert told(before)[0] == STEP


def test_nobody_stands_back_further_than_there_is_room() -> None:
    assert told("os.setpriority(os.PRIO_PROCESS, 0, 17)")[0] == 2


@pytest.mark.skipif(not weighs_sessions(), reason="this system does not weigh sessions")
def test_a_session_of_its_own_stands_back_and_a_session_of_others_does_not() -> None:
    assert told(leads=True)[1] == STEP
    assert told()[1] == 0
