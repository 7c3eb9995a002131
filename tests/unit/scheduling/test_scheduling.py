"""The scheduler with its real threads, ticking fast."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread, Timer
from types import SimpleNamespace
from typing import Self

import pytest
from apscheduler.schedulers import base

from feedsvc.domain.history import Beat
from feedsvc.scheduling.limits import Limits
from feedsvc.scheduling.scheduling import Scheduling

from ...fakes.clock import WallClock
from ...fakes.ledger import FakeLedger
from .work import Work, eventually

FAST = Limits(tick=timedelta(milliseconds=30), places=2, lease=timedelta(seconds=1))


class Running(SimpleNamespace):
    """A scheduler at work."""

    clock: WallClock
    ledger: FakeLedger
    work: Work
    scheduling: Scheduling

    def beats_again(self) -> bool:
        seen = len(self.ledger.beats)
        return eventually(lambda: len(self.ledger.beats) > seen + 3)


def scheduler(clock: WallClock, limits: Limits = FAST) -> Running:
    ledger = FakeLedger()
    work = Work(ledger)
    return Running(clock=clock, ledger=ledger, work=work, scheduling=Scheduling(ledger, work, clock, limits))


@pytest.fixture
def running() -> Iterator[Running]:
    each = scheduler(WallClock())
    each.scheduling.start()
    yield each
    each.work.let_go()
    each.scheduling.stop(2)


def test_ticks_steadily_and_runs_what_becomes_due(running: Running) -> None:
    assert running.beats_again()
    running.ledger.due("a", at=running.clock())
    assert eventually(lambda: running.work.done == ["a"])
    assert running.scheduling.alive(time.monotonic())


def test_while_more_is_due_ticks_follow_one_another_and_wait_for_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, one_job = list[None](), Scheduling._one_tick

    def counted(self: Scheduling) -> None:
        jobs.append(None)
        one_job(self)

    monkeypatch.setattr(Scheduling, "_one_tick", counted)
    each = scheduler(WallClock(), replace(FAST, places=1))
    names = [f"s{number}" for number in range(30)]
    each.ledger.due(*names, at=each.clock())
    each.scheduling.start()
    try:
        assert eventually(lambda: sorted(each.work.done) == sorted(names), 20)
        assert len(jobs) < len(each.ledger.beats), "a job is one tick, and as many more as there is work for"
    finally:
        each.scheduling.stop(2)


def test_is_not_alive_when_the_last_tick_is_old_or_before_the_start_or_after_the_stop(running: Running) -> None:
    assert not running.scheduling.alive(time.monotonic() + 1)
    assert not scheduler(WallClock()).scheduling.alive(time.monotonic())
    assert running.scheduling.stop(1)
    assert not running.scheduling.alive(time.monotonic())


def test_wait_returns_when_told_to_leave(running: Running) -> None:
    running.scheduling.leave()
    assert running.scheduling.wait()


def test_stop_lets_passes_finish(running: Running) -> None:
    running.work.held = {"a"}
    running.ledger.due("a", at=running.clock())
    assert eventually(lambda: running.work.started == ["a"])
    Timer(0.2, running.work.let_go).start()
    assert running.scheduling.stop(3)
    assert running.work.done == ["a"]
    beats = len(running.ledger.beats)
    time.sleep(0.1)
    assert len(running.ledger.beats) == beats


def test_stop_gives_up_on_passes_that_do_not_finish(running: Running) -> None:
    running.work.held = {"a"}
    running.ledger.due("a", at=running.clock())
    assert eventually(lambda: running.work.started == ["a"])
    begun = time.monotonic()
    assert not running.scheduling.stop(0.2)
    assert time.monotonic() - begun < 3


def show_apscheduler(clock: WallClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have APScheduler, which looks at the clock of the machine, look at this one."""

    class SetDatetime(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Self:
            return cls.fromtimestamp(time.time() + clock.off, UTC)

    monkeypatch.setattr(base, "datetime", SetDatetime)


def test_a_clock_set_back_or_forward_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = WallClock()
    show_apscheduler(clock, monkeypatch)
    each = scheduler(clock)
    each.scheduling.start()
    main = Thread(target=each.scheduling.wait)
    main.start()
    for off in (-7200.0, 0.0, 60 * 365 * 86400.0, -86400.0):
        clock.off = off
        assert each.beats_again(), off
    each.scheduling.stop(1)
    main.join(1)
    assert not main.is_alive()


def test_without_the_watch_apscheduler_would_stall(monkeypatch: pytest.MonkeyPatch, running: Running) -> None:
    """Shows that the test above tests something."""

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Self:
            return cls.fromtimestamp(time.time() - 7200, UTC)

    assert running.beats_again()
    monkeypatch.setattr(base, "datetime", Earlier)
    time.sleep(0.1)
    seen = len(running.ledger.beats)
    time.sleep(0.3)
    assert len(running.ledger.beats) == seen


def test_wait_gives_up_when_the_thread_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    assert not scheduler(WallClock()).scheduling.wait()
    assert "the scheduler's thread died" in caplog.text


def test_wait_gives_up_when_all_places_hang(caplog: pytest.LogCaptureFixture) -> None:
    clock = WallClock()
    each = scheduler(clock, Limits(tick=FAST.tick, places=2, deadline=timedelta(milliseconds=200)))
    each.work.held = {"a", "b"}
    each.ledger.due("a", "b", at=clock())
    each.scheduling.start()
    assert not each.scheduling.wait()
    assert "too many passes hang" in caplog.text
    each.work.let_go()
    assert each.scheduling.stop(2)


def test_wait_gives_up_on_a_tick_that_hangs(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    each = scheduler(WallClock(), Limits(tick=FAST.tick, lease=timedelta(milliseconds=200)))
    let_go = Event()
    monkeypatch.setattr(each.ledger, "beat", lambda *_, **__: let_go.wait(5))
    each.scheduling.start()
    assert not each.scheduling.wait()
    assert "a tick hangs" in caplog.text
    assert not each.scheduling.stop(0.05)
    let_go.set()


def test_upkeep_is_done_beside_the_ticks_and_again_after_it_failed(caplog: pytest.LogCaptureFixture) -> None:
    ledger, done, let_go = FakeLedger(), list[int](), Event()

    def upkeep(now: datetime, wait: Callable[[float], bool]) -> None:
        done.append(len(ledger.beats))
        if len(done) == 1:
            raise RuntimeError("a fault of ours")
        let_go.wait(5)

    limits = Limits(tick=FAST.tick, upkeep=timedelta(milliseconds=50))
    scheduling = Scheduling(ledger, Work(ledger), WallClock(), limits, upkeep)
    scheduling.start()
    assert eventually(lambda: len(done) == 2)
    beats = len(ledger.beats)
    assert eventually(lambda: len(ledger.beats) > beats + 3), "ticks go on while it is at work"
    let_go.set()
    assert eventually(lambda: len(done) > 2)
    assert "the upkeep failed: a fault of ours" in caplog.text
    assert scheduling.stop(2)


def test_a_stop_ends_the_upkeep_and_does_not_wait_for_one_that_hangs() -> None:
    ledger, begun, hangs = FakeLedger(), Event(), Event()
    limits = Limits(tick=FAST.tick, upkeep=timedelta(milliseconds=50))

    def patient(now: datetime, wait: Callable[[float], bool]) -> None:
        begun.set()
        while not wait(0.02):
            pass

    scheduling = Scheduling(ledger, Work(ledger), WallClock(), limits, patient)
    scheduling.start()
    assert begun.wait(5)
    assert scheduling.stop(2)
    begun.clear()

    def hanging(now: datetime, wait: Callable[[float], bool]) -> None:
        begun.set()
        hangs.wait(20)

    scheduling = Scheduling(ledger, Work(ledger), WallClock(), limits, hanging)
    scheduling.start()
    assert begun.wait(5)
    assert not scheduling.stop(0.3)
    hangs.set()


def test_while_the_clock_is_doubted_nothing_is_taken_out() -> None:
    clock, ledger, done = WallClock(), FakeLedger(), list[int]()
    clock.off = timedelta(days=3650).total_seconds()
    ledger.beat(datetime.now(UTC))
    limits = Limits(tick=FAST.tick, upkeep=timedelta(milliseconds=40))
    scheduling = Scheduling(ledger, Work(ledger), clock, limits, lambda now, wait: done.append(1))
    scheduling.start()
    assert eventually(lambda: len(ledger.beats) > 10)
    assert scheduling.stop(2)
    assert done == []


def test_upkeep_goes_by_the_time_that_the_last_tick_believed_wherever_the_clock_is_by_then() -> None:
    clock, times = WallClock(), list[datetime]()

    class Leaping(FakeLedger):
        def beat(self, now: datetime, trouble: str = "", doubted: bool = False) -> Beat | None:
            before = super().beat(now, trouble, doubted)
            clock.off = timedelta(days=3653).total_seconds()
            return before

    ledger, limits = Leaping(), replace(FAST, tick=timedelta(seconds=1), upkeep=timedelta(milliseconds=50))
    scheduling = Scheduling(ledger, Work(ledger), clock, limits, lambda now, wait: times.append(now))
    scheduling.start()
    assert eventually(lambda: len(ledger.beats) > 1)
    assert scheduling.stop(2)
    assert times
    assert all(abs(one - datetime.now(UTC)) < timedelta(minutes=1) for one in times)


def test_a_stop_that_comes_as_upkeep_begins_does_not_stumble_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, stopped = FakeLedger(), list[bool]()

    class Slow(Thread):
        def start(self) -> None:
            if self.name == "upkeep":
                stopped.append(scheduling.stop(0.2))
            super().start()

    monkeypatch.setattr("feedsvc.scheduling.scheduling.Thread", Slow)
    limits = replace(FAST, upkeep=timedelta(milliseconds=50))
    scheduling = Scheduling(ledger, Work(ledger), WallClock(), limits, lambda now, wait: None)
    scheduling.start()
    assert eventually(lambda: stopped)
    assert stopped == [True]


def test_upkeep_goes_by_a_time_that_was_believed_and_goes_on_when_the_clock_is_right_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, times, ledger = WallClock(), list[datetime](), FakeLedger()
    show_apscheduler(clock, monkeypatch)

    def upkeep(now: datetime, wait: Callable[[float], bool]) -> None:
        times.append(now)

    scheduling = Scheduling(ledger, Work(ledger), clock, replace(FAST, upkeep=timedelta(milliseconds=50)), upkeep)
    scheduling.start()
    main = Thread(target=scheduling.wait)
    main.start()
    for _ in range(3):
        before = len(times)
        assert eventually(lambda: len(times) > before)  # noqa: B023
        clock.off = timedelta(days=3653).total_seconds()
        assert eventually(lambda: ledger.told[-1])
        beats = len(ledger.beats)
        assert eventually(lambda: len(ledger.beats) > beats + 5)  # noqa: B023
        clock.off = 0.0
        assert eventually(lambda: not ledger.told[-1])
    assert all(abs(one - datetime.now(UTC)) < timedelta(minutes=1) for one in times)
    assert scheduling.stop(2)
    main.join(1)
