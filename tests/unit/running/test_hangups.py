"""What a HUP means: to read the configuration again, or that the terminal is gone."""

from __future__ import annotations

import os
import pty
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from feedsvc.running.signals import hangups_held, on_stop
from feedsvc.running.supervisor import supervise

from .little import NOTE, ROOT, child, environment, eventually, pids

LISTENING = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from feedsvc.running.signals import on_hangup
def heard():
    open(sys.argv[1] + ".heard", "a").write("HUP ")
on_hangup(heard, heard)
{NOTE}
time.sleep(60)
"""
"""A process that notes its number once it listens, and each HUP."""

AT_A_TERMINAL = """
import sys, time
from feedsvc.running.signals import on_stop
said = open(sys.argv[1], "ab", buffering=0)
def say(word):
    said.write(word)
with on_stop(lambda: say(b"stop "), lambda: say(b"at once "), lambda: say(b"again ")):
    say(b"ready ")
    time.sleep(60)
"""


def test_a_hangup_calls_what_is_there_for_it_and_not_what_stops() -> None:
    heard: list[str] = []
    before = signal.getsignal(signal.SIGHUP)
    with on_stop(lambda: heard.append("stop"), lambda: heard.append("at once"), lambda: heard.append("again")):
        for number in (signal.SIGHUP, signal.SIGHUP, signal.SIGTERM, signal.SIGHUP):
            signal.raise_signal(number)
    assert heard == ["again", "again", "stop", "again"]
    assert signal.getsignal(signal.SIGHUP) is before


def test_without_anything_for_it_a_hangup_stops() -> None:
    heard: list[str] = []
    with on_stop(lambda: heard.append("stop")):
        signal.raise_signal(signal.SIGHUP)
    assert heard == ["stop"]


def test_the_supervisor_hands_a_hangup_on_to_each_child_and_goes_on(tmp_path: Path) -> None:
    places = [tmp_path / name for name in ("web", "scheduler")]

    def hang_up() -> None:
        try:
            assert eventually(lambda: all(pids(place) for place in places))
            os.kill(os.getpid(), signal.SIGHUP)
            assert eventually(lambda: [heard(place) for place in places] == ["HUP "] * 2)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    with beside(hang_up):
        assert (
            supervise(tuple(child(place.name, LISTENING, place) for place in places), lambda: True, lambda: None) == 0
        )
    assert [len(pids(place)) for place in places] == [1, 1]


def test_a_hangup_waits_for_a_child_that_does_not_listen_yet(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    started = tmp_path / "started"
    code = f"import os, time; open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(0.5)\n" + LISTENING

    def hang_up() -> None:
        try:
            assert eventually(lambda: pids(started))
            os.kill(os.getpid(), signal.SIGHUP)
            assert eventually(lambda: heard(notes) == "HUP ")
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    with beside(hang_up):
        assert supervise((child("web", code, notes),), lambda: True, lambda: None) == 0
    assert pids(notes) == pids(started)


def test_a_hangup_waits_until_it_is_said_what_to_do_about_it() -> None:
    heard: list[str] = []
    with hangups_held():
        signal.raise_signal(signal.SIGHUP)
        with on_stop(lambda: heard.append("stop"), hangup=lambda: heard.append("again")):
            assert heard == ["again"]


def test_what_is_held_is_held_for_what_starts_inside_alone() -> None:
    with hangups_held():
        assert signal.SIGHUP in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert signal.SIGHUP not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize(("nohup", "expected"), [(False, "stop at once "), (True, "stop ")])
def test_a_terminal_that_goes_away_stops_whatever_was_not_to_outlive_it(
    tmp_path: Path, nohup: bool, expected: str
) -> None:
    notes = tmp_path / "notes"
    pid, terminal = at_a_terminal(notes, nohup)
    try:
        assert eventually(lambda: said(notes) == "ready ")
        os.kill(pid, signal.SIGHUP)
        assert eventually(lambda: said(notes) == "ready again ")
        os.close(terminal)
        os.kill(pid, signal.SIGTERM)
        assert eventually(lambda: said(notes) == f"ready again {expected}")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def at_a_terminal(notes: Path, nohup: bool) -> tuple[int, int]:
    """A process that leads the session of a terminal of its own; its number, and our end of the terminal."""
    pid, terminal = pty.fork()
    if pid == 0:
        if nohup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execve(sys.executable, (sys.executable, "-c", AT_A_TERMINAL, str(notes)), environment())
    return pid, terminal


def said(notes: Path) -> str:
    return notes.read_text() if notes.exists() else ""


def heard(notes: Path) -> str:
    return said(notes.with_name(notes.name + ".heard"))


@contextmanager
def beside(act: Callable[[], None]) -> Iterator[None]:
    """Do something in another thread."""
    thread = Thread(target=act)
    thread.start()
    yield
    thread.join()
