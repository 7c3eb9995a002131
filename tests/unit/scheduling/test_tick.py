"""One tick at a time, with the time in the test's hand."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest

from feedsvc.domain.history import Beat
from feedsvc.domain.passes import Claim
from feedsvc.errors import NoRoom, StoreError
from feedsvc.scheduling import passes as passes_module
from feedsvc.scheduling.clockwatch import LEAPT
from feedsvc.scheduling.holding import holder_name
from feedsvc.scheduling.limits import Limits
from feedsvc.scheduling.tick import IDLE, NO_ROOM, Ticker

from ...fakes.clock import FakeClock
from ...fakes.ledger import FakeLedger
from .work import Work, eventually


class Bench:
    """A ticker and all that it works with."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.ledger = FakeLedger()
        self.work = Work(self.ledger)
        self.limits = Limits(places=2)
        self.tick = Ticker(self.ledger, self.work, self.clock, self.limits, self.clock.monotonic)

    def due(self, *sources: str) -> None:
        self.ledger.due(*sources, at=self.clock.now)

    def later(self, seconds: float) -> None:
        self.clock.pass_time(seconds)
        self.tick()

    def catch_up(self, seconds: float) -> bool:
        return self.tick.catch_up(self.clock.monotonic() + seconds)

    def idle(self) -> bool:
        return self.tick.passes.finished(3)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.work.let_go()
    assert bench.idle()


def test_what_is_due_is_run_and_the_scheduler_is_seen_alive(bench: Bench) -> None:
    bench.due("a", "b")
    bench.tick()
    assert bench.idle()
    assert sorted(bench.work.done) == ["a", "b"]
    assert bench.ledger.heartbeat() == Beat(bench.clock.now)


def test_an_idle_one_starts_nothing_and_shows_no_sign_of_life_where_another_does(bench: Bench) -> None:
    idle = True
    bench.tick = Ticker(bench.ledger, bench.work, bench.clock, bench.limits, bench.clock.monotonic, idle=lambda: idle)
    bench.due("a")
    another = Beat(bench.clock.now)
    bench.ledger.beat(another.at, "")
    bench.later(20)
    assert not bench.catch_up(0)
    assert bench.ledger.heartbeat() == another
    assert bench.ledger.rows["a"].until is None
    idle = False
    bench.tick()
    assert bench.idle()
    assert bench.work.done == ["a"]
    assert bench.ledger.heartbeat() == Beat(bench.clock.now)


@pytest.mark.parametrize(("trouble", "seconds"), [("", 31), (f"{LEAPT} to 2037", 1)])
def test_an_idle_one_that_is_alone_or_beside_one_in_trouble_shows_itself_and_what_is_wrong(
    bench: Bench, trouble: str, seconds: float
) -> None:
    bench.tick = Ticker(bench.ledger, bench.work, bench.clock, bench.limits, bench.clock.monotonic, idle=lambda: True)
    bench.ledger.beat(bench.clock.now, trouble)
    bench.due("a")
    bench.later(seconds)
    assert bench.ledger.heartbeat() == Beat(bench.clock.now, IDLE)
    assert bench.ledger.rows["a"].until is None


def test_never_more_is_claimed_than_can_start_at_once(bench: Bench) -> None:
    bench.work.held = {"a", "b"}
    bench.due("a", "b", "c")
    bench.tick()
    bench.tick()
    assert [name for name, row in bench.ledger.rows.items() if row.until] == ["a", "b"]
    bench.work.let_go()
    assert bench.idle()
    bench.tick()
    assert bench.idle()
    assert "c" in bench.work.done


def test_sources_that_failed_leave_places_to_those_that_did_well(bench: Bench) -> None:
    bench.work.held = bench.ledger.doubtful = {"bad", "worse", "worst"}
    bench.due("bad", "worse", "worst", "good")
    bench.tick()
    assert eventually(lambda: bench.work.done == ["good"])
    bench.tick()
    assert sorted(bench.work.started) == ["bad", "good"], "one of two places is theirs"


def test_what_is_due_beyond_the_places_starts_when_a_pass_ends_and_waits_for_no_tick(bench: Bench) -> None:
    bench.due(*"abcdef")
    bench.tick()
    bench.catch_up(5)
    assert bench.idle()
    assert sorted(bench.work.done) == [*"abcdef"]
    assert len(bench.ledger.beats) == 1


def test_what_changed_nothing_is_stored_together_with_the_next_tick(bench: Bench) -> None:
    bench.work.quiet = {"a", "b"}
    bench.due("a", "b")
    bench.tick()
    assert bench.idle()
    assert bench.ledger.ended == []
    bench.later(1)
    assert sorted(bench.ledger.ended) == ["a", "b"]
    bench.later(1)
    assert len(bench.ledger.ended) == 2


def test_what_changed_nothing_waits_for_a_database_that_is_away(bench: Bench) -> None:
    bench.work.quiet = {"a"}
    bench.due("a")
    bench.tick()
    assert bench.idle()
    bench.ledger.trouble = StoreError("away")
    bench.later(1)
    bench.ledger.trouble = None
    bench.later(1)
    assert bench.ledger.ended == ["a"]


def test_what_changed_nothing_is_stored_at_the_end(bench: Bench) -> None:
    bench.work.quiet = {"a"}
    bench.due("a")
    bench.tick()
    assert bench.idle()
    bench.tick.end()
    assert bench.ledger.ended == ["a"]


def test_failing_sources_catch_up_too(bench: Bench) -> None:
    bench.ledger.doubtful = set("abc")
    bench.due(*"abc")
    bench.tick()
    bench.catch_up(5)
    assert bench.idle()
    assert sorted(bench.work.done) == [*"abc"]


def test_catching_up_ends_in_time_although_nothing_ends(bench: Bench) -> None:
    bench.work.held = set("abc")
    bench.due(*"abc")
    bench.tick()
    bench.catch_up(0)
    assert sorted(bench.work.started) == [*"ab"]


def claimed(bench: Bench) -> list[str]:
    """The sources that are held, begun or not."""
    return [name for name, row in bench.ledger.rows.items() if row.until]


def after_two_passes(bench: Bench, names: str) -> None:
    """Two passes came back, and these are due, whose passes do not end."""
    bench.due("a", "b")
    bench.tick()
    assert bench.idle()
    bench.work.held = set(names)
    bench.due(*names)
    bench.tick()


def test_what_will_soon_have_a_place_is_claimed_ahead_and_takes_the_next_that_is_free(bench: Bench) -> None:
    after_two_passes(bench, "cdefgh")
    assert claimed(bench) == [*"cdef"], "two passes came back, so two may be claimed ahead of their places"
    assert eventually(lambda: sorted(bench.work.started) == [*"abcd"])
    bench.work.let_go()
    assert bench.idle()
    assert sorted(bench.work.done) == [*"abcdef"], "no tick was needed for it"


def test_nothing_is_claimed_ahead_where_no_pass_came_back(bench: Bench) -> None:
    bench.work.held = set("abcd")
    bench.due(*"abcd")
    bench.tick()
    bench.tick()
    assert claimed(bench) == [*"ab"]


def waiting(bench: Bench) -> None:
    """Two passes that do not end, and behind them two that wait for their places."""
    after_two_passes(bench, "cdef")
    assert bench.tick.passes.waiting() == 2


def test_what_has_waited_for_a_tick_is_given_back_to_whoever_has_a_place(bench: Bench) -> None:
    waiting(bench)
    bench.later(1)
    assert bench.ledger.given_back == ["e", "f"]
    assert claimed(bench) == ["c", "d"]


def test_what_waits_keeps_its_lease(bench: Bench) -> None:
    waiting(bench)
    bench.tick.passes.tired = lambda seconds: ()  # type: ignore[method-assign]
    for _ in range(40):
        bench.later(1)
    assert set(claimed(bench)) == set("cdef")
    assert {"e", "f"} <= set(bench.ledger.renewed)


def test_what_waits_is_given_back_at_the_end_and_does_not_begin(bench: Bench) -> None:
    waiting(bench)
    bench.tick.leave()
    bench.work.let_go()
    assert bench.idle()
    bench.tick.end()
    assert bench.ledger.given_back == ["e", "f"]
    assert sorted(bench.work.done) == [*"abcd"]


def test_doubtful_sources_that_wait_leave_places_to_those_that_did_well(bench: Bench) -> None:
    bench.due("a", "b")
    bench.tick()
    assert bench.idle()
    bench.work.held = bench.ledger.doubtful = {"bad", "worse"}
    bench.due("bad", "worse", "good")
    bench.tick()
    assert eventually(lambda: "good" in bench.work.done)
    assert "worse" not in claimed(bench)


def test_catching_up_stops_where_the_store_fails(bench: Bench) -> None:
    bench.due(*"abcd")
    bench.tick()
    assert bench.idle()
    bench.ledger.trouble = StoreError("away")
    assert not bench.catch_up(5)
    bench.ledger.trouble = None
    bench.later(1)
    assert bench.idle()
    assert sorted(bench.work.done) == [*"abcd"]


def test_a_hung_source_leaves_the_other_places_to_others(bench: Bench) -> None:
    bench.work.held = {"hung"}
    bench.due("hung", "a")
    bench.tick()
    for name in ("b", "c", "d"):
        assert eventually(lambda: bench.tick.passes.free() == 1)
        bench.due(name)
        bench.tick()
    assert eventually(lambda: sorted(bench.work.done) == ["a", "b", "c", "d"])


def test_passes_that_outlive_their_deadline_hold_no_place(bench: Bench) -> None:
    bench.work.held = {"x", "y"}
    bench.due("x", "y")
    bench.tick()
    bench.due("a")
    bench.later(299)
    assert bench.work.done == []
    bench.later(2)
    assert eventually(lambda: bench.work.done == ["a"])
    assert bench.tick.passes.hung() == {"x", "y"}


def test_leases_are_renewed_before_they_end_and_only_until_the_deadline(bench: Bench) -> None:
    bench.work.held = {"a"}
    bench.due("a")
    bench.tick()
    for _ in range(299):
        bench.later(1)
    until = bench.ledger.rows["a"].until
    assert until is not None
    assert until > bench.clock.now
    renewals = len(bench.ledger.renewed)
    most = bench.limits.deadline / (bench.limits.lease / 3)
    assert 0.7 * most <= renewals <= most
    for _ in range(59):
        bench.later(1)
    assert len(bench.ledger.renewed) == renewals


def test_a_source_that_still_runs_is_not_started_again(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.work.held = {"a"}
    bench.due("a")
    bench.tick()
    bench.later(301)
    assert bench.work.started == ["a"]
    assert bench.ledger.released == [("a", bench.clock.now + bench.limits.backoff_limit)]
    assert "the last pass of a hangs" in caplog.text
    bench.work.let_go()
    assert bench.idle()
    assert bench.work.done == [], "what hung must not store over a newer claim"


def test_a_pass_that_is_stored_but_not_over_is_only_put_off(bench: Bench) -> None:
    bench.work.held = {"a"}
    bench.due("a")
    bench.tick()
    bench.due("a")
    bench.later(1)
    assert bench.work.started == ["a"]
    assert bench.ledger.released == [("a", bench.clock.now + bench.limits.tick)]


def test_a_crash_costs_its_source_a_growing_rest_and_the_others_nothing(bench: Bench) -> None:
    bench.work.errors = {"bad": RuntimeError("boom")}
    bench.due("bad", "good")
    bench.tick()
    assert bench.idle()
    assert bench.work.done == ["good"]
    for seconds in (30, 60, 120, 240, 480, 600, 600):
        name, next_poll = bench.ledger.released[-1]
        assert (name, next_poll - bench.clock.now) == ("bad", timedelta(seconds=seconds))
        bench.later(seconds)
        assert bench.idle()


def test_a_crash_is_told_once_and_so_is_its_end(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "feedsvc.scheduling")
    bench.work.errors = {"bad": RuntimeError("boom")}
    bench.due("bad")
    bench.tick()
    assert bench.idle()
    for _ in range(4):
        bench.later(480)
        assert bench.idle()
    assert [record.exc_info is not None for record in caplog.records] == [True]
    bench.work.errors = {}
    bench.later(600)
    assert bench.idle()
    assert caplog.messages[-1] == "bad works again"


def test_a_database_that_is_away_does_not_count_against_the_source(bench: Bench) -> None:
    bench.work.errors = {"a": StoreError("locked")}
    bench.due("a")
    bench.tick()
    for _ in range(4):
        assert bench.idle()
        bench.later(30)
    assert bench.idle()
    assert {after - before for (_, before), (_, after) in zip(bench.ledger.released, bench.ledger.released[1:])} == {
        timedelta(seconds=30)
    }


def test_ticks_go_on_through_store_errors(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.due("a")
    bench.ledger.trouble = StoreError("the disk is full")
    for _ in range(5):
        bench.later(1)
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is None
    bench.ledger.trouble = None
    bench.later(1)
    assert bench.idle()
    assert bench.work.done == ["a"]


def test_a_scheduler_whose_passes_find_no_room_says_so_until_one_is_stored(bench: Bench) -> None:
    bench.work.errors["a"] = NoRoom("the server's disk is full")
    bench.due("a")
    bench.tick()
    assert bench.idle()
    bench.work.quiet.add("b")
    bench.due("b")
    bench.later(1)
    assert bench.idle()
    bench.later(1)
    assert bench.ledger.told == ["", NO_ROOM, NO_ROOM]
    bench.work.errors.clear()
    bench.later(30)
    assert bench.idle()
    bench.later(1)
    assert bench.ledger.told[-1] == ""


def test_a_claim_that_cannot_be_given_back_ends_with_its_lease(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    def fails_with_the_store(_claim: Claim) -> None:
        bench.ledger.trouble = StoreError("gone")
        raise RuntimeError("boom")

    bench.tick = Ticker(bench.ledger, fails_with_the_store, bench.clock, bench.limits, bench.clock.monotonic)
    bench.due("a")
    bench.tick()
    assert bench.idle()
    assert "a stays claimed until its lease ends" in caplog.text


def test_a_jump_forward_does_not_lose_the_leases(bench: Bench) -> None:
    bench.work.held = {"a"}
    bench.due("a")
    bench.tick()
    bench.clock.set_by(7200)
    bench.later(1)
    bench.work.let_go()
    assert bench.idle()
    assert bench.work.done == ["a"]


def test_a_machine_without_a_free_thread_keeps_no_place(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(**_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(passes_module, "Thread", no_thread)
    bench.due("a")
    bench.tick()
    assert bench.tick.passes.free() == 2
    monkeypatch.undo()
    bench.later(61)
    assert bench.idle()
    assert bench.work.done == ["a"]


def test_no_two_schedulers_have_one_name() -> None:
    assert holder_name() != holder_name()


def test_a_quiet_pass_that_cannot_be_stored_costs_its_own_source_alone(bench: Bench) -> None:
    bench.work.quiet = {"a", "b"}
    bench.ledger.unstorable = {"a"}
    bench.due("a", "b")
    bench.tick()
    assert bench.idle()
    bench.later(1)
    assert bench.ledger.ended == ["b"]
    assert [source for source, _ in bench.ledger.released] == ["a"]
    bench.due("c")
    bench.later(1)
    assert bench.idle()
    assert "c" in bench.work.done


def test_catching_up_ends_with_its_time_also_where_passes_ended_meanwhile(bench: Bench) -> None:
    bench.due("a", "b", "c", "d")
    bench.tick()
    assert bench.idle()
    bench.catch_up(-1.0)
    assert sorted(bench.work.done) == ["a", "b"]


def test_told_to_leave_it_starts_nothing_more(bench: Bench) -> None:
    bench.due("a")
    bench.tick.leave()
    bench.tick()
    bench.catch_up(1.0)
    assert bench.work.done == []


def test_a_clock_that_leapt_ahead_is_told_with_the_sign_of_life_and_nothing_is_polled(bench: Bench) -> None:
    bench.tick()
    bench.clock.now += timedelta(days=3650)
    bench.due("a")
    bench.tick()
    assert "the clock leapt" in bench.ledger.told[-1]
    assert bench.work.done == []
    bench.clock.now -= timedelta(days=3650)
    bench.later(1)
    assert bench.idle()
    assert bench.ledger.told[-1] == ""


def test_a_clock_that_leaps_within_a_tick_claims_nothing_before_the_next_one_has_looked(bench: Bench) -> None:
    bench.due("a", "b", "c")
    bench.tick()
    assert bench.idle()
    bench.clock.now += timedelta(days=3650)
    bench.tick.catch_up(1.0)
    assert sorted(bench.work.done) == ["a", "b"]
    bench.clock.now -= timedelta(days=3650)
    bench.later(1)
    assert bench.idle()
    assert sorted(bench.work.done) == ["a", "b", "c"]


def test_a_scheduler_that_starts_while_the_clock_is_doubted_doubts_it_too(bench: Bench) -> None:
    bench.ledger.beat(bench.clock.now, f"{LEAPT} to 2036", doubted=True)
    bench.due("a")
    bench.tick()
    assert bench.ledger.told[-1].startswith(LEAPT)
    assert bench.work.done == []
    bench.clock.now -= timedelta(days=3650)
    bench.due("a")
    bench.later(1)
    assert bench.idle()
    assert bench.work.done == ["a"]
