"""Threads for passes: one each at a time, used again, and gone when nothing is to be done."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from feedsvc.domain.passes import Claim
from feedsvc.domain.source import Cursor
from feedsvc.scheduling import passes as passes_module
from feedsvc.scheduling.limits import Limits
from feedsvc.scheduling.passes import Passes

from ...fakes.clock import FakeClock
from .work import eventually

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)


def claim(number: int) -> Claim:
    return Claim(source=f"s{number}", holder="h", token=1, until=UNTIL, cursor=Cursor())


def threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name.startswith("pass ")]


def test_a_thread_whose_pass_is_over_takes_the_next_one_under_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes_module, "PATIENCE", 5.0)
    seen: list[tuple[str, int]] = []
    passes = Passes(lambda one: seen.append((threading.current_thread().name, threading.get_ident())), Limits(places=1))
    for number in range(20):
        passes.start(claim(number))
        assert passes.finished(3)
        assert eventually(lambda: passes._idle == 1)
    assert [name for name, _ in seen] == [f"pass s{number}" for number in range(20)]
    assert len({ident for _, ident in seen}) == 1


def test_threads_end_when_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes_module, "PATIENCE", 0.02)
    before = len(threads())
    passes = Passes(lambda one: None, Limits())
    for number in range(8):
        passes.start(claim(number))
    assert passes.finished(3)
    assert eventually(lambda: len(threads()) <= before)
    passes.start(claim(9))
    assert passes.finished(3)


def test_no_claim_is_lost_between_threads_that_are_about_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes_module, "PATIENCE", 0.0005)
    done: list[str] = []
    passes = Passes(lambda one: done.append(one.source), Limits())
    for number in range(600):
        passes.start(claim(number))
        if not number % 7:
            assert passes.finished(3)
    assert passes.finished(3)
    assert sorted(done) == sorted(claim(number).source for number in range(600))


class Held:
    """Passes that end when they are let go."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self._let_go: dict[str, threading.Event] = {}

    def __call__(self, one: Claim) -> None:
        self._let_go[one.source] = threading.Event()
        self.began.append(one.source)
        self._let_go[one.source].wait(10)

    def let_go(self, *sources: str) -> None:
        for source in sources:
            self._let_go[source].set()


def test_those_that_wait_begin_in_their_order_as_places_become_free() -> None:
    work = Held()
    passes = Passes(work, Limits(places=1))
    for number in range(3):
        passes.queue(claim(number))
    assert eventually(lambda: work.began == ["s0"])
    assert (passes.waiting(), passes.free()) == (2, 0)
    assert passes.running("s2")
    for number in range(3):
        assert eventually(lambda: len(work.began) == number + 1)  # noqa: B023 - asked at once
        work.let_go(f"s{number}")
    assert passes.finished(3)
    assert work.began == ["s0", "s1", "s2"]


def test_the_place_of_a_pass_that_had_hung_is_not_given_twice() -> None:
    clock, work = FakeClock(), Held()
    passes = Passes(work, Limits(places=1), clock.monotonic)
    passes.queue(claim(0))
    assert eventually(lambda: work.began == ["s0"])
    clock.pass_time(301)
    passes.queue(claim(1))
    passes.queue(claim(2))
    assert eventually(lambda: work.began == ["s0", "s1"]), "the hung one holds no place"
    work.let_go("s0")
    assert eventually(lambda: not passes.running("s0"))
    assert passes.waiting() == 1
    work.let_go("s1")
    assert eventually(lambda: work.began == ["s0", "s1", "s2"])
    work.let_go("s2")
    assert passes.finished(3)


def test_an_error_that_nothing_catches_loses_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    done: list[str] = []

    def work(one: Claim) -> None:
        done.append(one.source)
        if one.source == "s0":
            raise SystemExit

    passes = Passes(work, Limits(places=1))
    passes.queue(claim(0))
    assert passes.finished(3)
    passes.queue(claim(1))
    assert passes.finished(3)
    assert done == ["s0", "s1"]


def test_nothing_that_waits_begins_after_the_leave_and_all_of_it_can_be_had_back() -> None:
    work = Held()
    passes = Passes(work, Limits(places=1))
    for number in range(3):
        passes.queue(claim(number))
    assert eventually(lambda: work.began == ["s0"])
    passes.leave()
    work.let_go("s0")
    assert passes.finished(3)
    passes.fill()
    assert [one.source for one in passes.tired(0)] == ["s1", "s2"]
    assert passes.waiting() == 0
    assert work.began == ["s0"]
