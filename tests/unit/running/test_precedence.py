"""Who stands back, as the system tells it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedsvc.running.precedence import STEP

TOLD = """
import os
from threading import Thread
from feedsvc.running.precedence import stand_back
{before}
stand_back()
stand_back()
found = []
thread = Thread(target=lambda: found.append(os.getpriority(os.PRIO_PROCESS, 0)))
thread.start(); thread.join()
print(*found)
print(open("/proc/self/autogroup").read() if os.path.exists("/proc/self/autogroup") else "")
"""


def told(before: str = "", *, leads: bool = False) -> list[str]:
    argv = [sys.executable, "-c", TOLD.format(before=before)]
    done = subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True, start_new_session=leads)
    return done.stdout.split("\n")


def test_the_threads_that_are_started_then_stand_back() -> None:
    assert told()[0] == str(STEP)


def test_who_was_asked_to_stand_back_further_still_does() -> None:
    assert told("os.nice(12)")[0] == "12"


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this Linux does not weigh sessions")
def test_a_session_of_its_own_stands_back_and_a_session_of_others_does_not() -> None:
    assert told(leads=True)[1].endswith(f" nice {STEP}")
    assert not told()[1].endswith(f" nice {STEP}")
