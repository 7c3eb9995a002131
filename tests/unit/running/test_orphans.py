"""What process 1 inherits."""

from __future__ import annotations

import os
import subprocess
import sys

from feedsvc.running import orphans

from .little import environment, eventually

FIRST = """
import ctypes, os, subprocess, time
from feedsvc.running import orphans
orphans.FIRST = os.getpid()
SUBREAPER = 36  # of prctl(2): orphans come here, as they do to process 1
assert ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0) == 0

def zombies():
    found = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            state, parent = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        found += state == "Z" and int(parent) == os.getpid()
    return found

own = subprocess.Popen(["true"])
subprocess.run(["sh", "-c", "sleep 0.1 & sleep 0.2 &"])
time.sleep(0.5)
print(zombies())
own.wait()
orphans.reap(set())
print(zombies())
"""


def test_ends_of_orphans_are_taken_note_of() -> None:
    found = subprocess.run([sys.executable, "-c", FIRST], env=environment(), capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["3", "0"]


def test_ends_of_our_own_are_left_to_who_asks_for_them() -> None:
    child = subprocess.Popen(["true"])
    assert eventually(lambda: os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None)
    orphans.reap({child.pid})
    orphans.reap(set())  # this is not process 1
    assert child.wait() == 0
