"""How processes end: with a signal, and with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedsvc.running.parent import MARK, end_with_parent
from feedsvc.running.signals import on_stop

from .little import NOTE, environment, eventually, lives, pids

FAMILY = """
import sys
from pathlib import Path
from feedsvc.running.supervisor import supervise
from tests.unit.running.little import child
code = "from feedsvc.running.parent import end_with_parent; end_with_parent()\\n" + sys.argv[2]
notes = Path(sys.argv[1])
sys.exit(supervise((child("web", code, notes), child("schedule", code, notes)), lambda: True, lambda: None))
"""

FORKED = """
import os, sys, time
from feedsvc.running.parent import end_with
if not os.fork():
    end_with(os.getppid())
    open(sys.argv[1], 'a').write(f'{os.getpid()}\\n')
time.sleep(60)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen((sys.executable, "-c", code, *arguments), env=environment(), stdin=subprocess.DEVNULL)


@pytest.mark.slow
def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    family = start(FAMILY, str(notes), NOTE + "time.sleep(60)")
    assert eventually(lambda: len(pids(notes)) == 2)
    family.kill()
    family.wait()
    assert eventually(lambda: not any(lives(pid) for pid in pids(notes)), 3)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_supervisor_ends_with_all_its_children(tmp_path: Path, number: signal.Signals) -> None:
    notes = tmp_path / "notes"
    family = start(FAMILY, str(notes), NOTE + "time.sleep(60)")
    assert eventually(lambda: len(pids(notes)) == 2)
    family.send_signal(number)
    assert family.wait(5) == 0
    assert not any(lives(pid) for pid in pids(notes))


@pytest.mark.slow
def test_a_forked_worker_ends_with_its_parent(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    parent = start(FORKED, str(notes))
    assert eventually(lambda: pids(notes))
    parent.kill()
    parent.wait()
    assert eventually(lambda: not lives(pids(notes)[0]), 4)


def test_without_a_supervisor_the_end_of_the_input_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MARK, raising=False)
    end_with_parent()


def test_the_first_signal_asks_and_the_next_one_insists() -> None:
    heard: list[str] = []
    before = signal.getsignal(signal.SIGTERM)
    with on_stop(lambda: heard.append("first"), lambda: heard.append("again")):
        for _ in range(3):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.01)
    assert heard == ["first", "again", "again"]
    assert signal.getsignal(signal.SIGTERM) is before


def test_by_default_the_second_signal_ends_the_process_at_once(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    code = "import time; from feedsvc.running.signals import on_stop\nwith on_stop(lambda: None):\n " + (
        "open(__import__('sys').argv[1], 'a').write(str(__import__('os').getpid())); time.sleep(60)"
    )
    process = start(code, str(notes))
    assert eventually(lambda: pids(notes))
    process.terminate()
    time.sleep(0.1)
    process.terminate()
    assert process.wait(3) == 1
