"""The supervisor, in this process, over real child processes and with real signals."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from feedsvc.running import supervisor
from feedsvc.running.child import ProcessSpec
from feedsvc.running.supervisor import supervise

from .little import NOTE, STAY, STUBBORN, child, eventually, lives, pids


@pytest.fixture(autouse=True)
def _survive() -> Iterator[None]:
    """A signal that comes too late must not end the tests."""
    before = {each: signal.signal(each, lambda *_: None) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Do something beside what is inside, and then send TERM to this process."""

    def whole() -> None:
        try:
            act()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    thread = Thread(target=whole)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def told(_: object = None) -> None:
    """Announce to nobody."""


def test_stops_all_cleanly_on_term(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with meanwhile(lambda: eventually(lambda: len(pids(notes)) == 2)):
        assert supervise((child("web", STAY, notes), child("schedule", STAY, notes)), lambda: True, told) == 0
    assert len(pids(notes)) == 2
    assert not any(lives(pid) for pid in pids(notes))


def test_announces_once_when_ready_for_the_first_time(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    answers = iter([False, True, True, True])
    announced: list[float] = []

    def die_and_return() -> None:
        eventually(lambda: announced)
        eventually(lambda: pids(notes))
        os.kill(pids(notes)[0], signal.SIGKILL)
        eventually(lambda: len(pids(notes)) == 2)
        time.sleep(0.3)

    with meanwhile(die_and_return):
        supervise((child("web", STAY, notes),), lambda: next(answers), lambda: announced.append(0))
    assert len(announced) == 1


def test_what_dies_is_started_again_at_once_with_nothing_left_of_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    notes = tmp_path / "notes"
    helpers = tmp_path / "helpers"
    with_helper = f"""
import subprocess
open({str(helpers)!r}, "a").write(f"{{subprocess.Popen(['sleep', '60']).pid}}\\n")
{STAY}"""

    def kill_one() -> None:
        eventually(lambda: pids(notes))
        os.kill(pids(notes)[0], signal.SIGKILL)
        assert eventually(lambda: len(pids(notes)) == 2, 1.5)

    with meanwhile(kill_one):
        assert supervise((child("web", with_helper, notes),), lambda: True, told) == 0
    assert "web ended by itself (signal 9)" in caplog.text
    assert len(pids(helpers)) == 2
    assert eventually(lambda: not any(lives(pid) for pid in pids(helpers)), 2)


@pytest.mark.slow
def test_a_process_that_dies_quickly_does_not_spin(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with meanwhile(lambda: time.sleep(2.5)):
        assert supervise((child("web", NOTE + "sys.exit(1)", notes),), lambda: True, told) == 0
    assert 3 <= len(pids(notes)) <= 6


@pytest.mark.slow
def test_gives_up_on_what_was_never_ready_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    notes = tmp_path / "notes"
    processes = (child("schedule", STAY, tmp_path / "other"), child("web", NOTE + "sys.exit(7)", notes))
    assert supervise(processes, lambda: False, told) == 7
    assert len(pids(notes)) == 5
    assert "web failed 5 times before anything was ready; the service ends" in caplog.text
    assert not any(lives(pid) for pid in pids(tmp_path / "other"))


@pytest.mark.slow
def test_gives_up_on_a_program_that_is_not_there(caplog: pytest.LogCaptureFixture) -> None:
    spec = ProcessSpec(name="web", argv=("/nowhere/feedsvc",), env={})
    assert supervise((spec,), lambda: False, told) == 1
    assert "web cannot be started" in caplog.text


@pytest.mark.parametrize("code", [2, 78])
def test_bad_configuration_at_the_first_start_ends_everything(tmp_path: Path, code: int) -> None:
    notes = tmp_path / "notes"
    processes = (child("web", STAY, notes), child("schedule", NOTE + f"sys.exit({code})", notes))
    assert supervise(processes, lambda: True, told) == code
    assert not any(lives(pid) for pid in pids(notes))


@pytest.mark.slow
def test_what_does_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_PATIENCE", 0.5)
    notes = tmp_path / "notes"
    with meanwhile(lambda: eventually(lambda: pids(notes))):
        assert supervise((child("web", STUBBORN, notes),), lambda: True, told) == 1
    assert not lives(pids(notes)[0])


@pytest.mark.slow
def test_the_second_signal_is_quicker(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    def first_signal() -> None:
        eventually(lambda: pids(notes))
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.3)

    begun = time.monotonic()
    with meanwhile(first_signal):
        supervise((child("web", STUBBORN, notes),), lambda: True, told)
    assert time.monotonic() - begun < 4
    assert not lives(pids(notes)[0])


def test_an_error_in_ready_leaves_no_child_behind(tmp_path: Path) -> None:
    notes = tmp_path / "notes"

    def ready() -> bool:
        if pids(notes):
            raise RuntimeError("boom")
        return False

    with pytest.raises(RuntimeError, match="boom"):
        supervise((child("web", STAY, notes),), ready, told)
    assert not any(lives(pid) for pid in pids(notes))


def test_a_child_knows_whether_it_is_started_for_the_first_time(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    code = NOTE + (
        "from feedsvc.running.parent import first_under_supervisor as first\n"
        "open(sys.argv[1] + '.first', 'a').write(f'{first()} ')\n"
    )
    said = tmp_path / "notes.first"
    with meanwhile(lambda: eventually(lambda: said.exists() and len(said.read_text().split()) >= 2)):
        supervise((child("web", code, notes),), lambda: True, told)
    assert said.read_text().split()[:2] == ["True", "False"]
