"""T22, T41: when a source is asked again: at its own pace, more rarely while it fails, and always again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feedsvc.domain.pace import Pace
from feedsvc.domain.passes import Outcome
from feedsvc.domain.rhythm import NO_HINTS, Hints, Rhythm
from feedsvc.pipeline.polling import GONE, JITTER, LONGEST, MOST_HINTED, Polled, interval_of, not_skipped, planned
from feedsvc.pipeline.rhythm import heard

from .newsroom import NOW, SOURCE

EVERY = timedelta(minutes=10)
TEN = replace(SOURCE, every=EVERY)
FREE = replace(SOURCE, every=None)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PACE = Pace(floor=timedelta(minutes=5), ceiling=timedelta(hours=4))


def done(outcome: Outcome = Outcome.UNCHANGED, failures: int = 0, **more: object) -> Polled:
    return replace(Polled(outcome=outcome, failures=failures), **more)  # type: ignore[arg-type]


def waits(outcome: Outcome = Outcome.FETCH_FAILED, every: timedelta = EVERY, times: int = 40) -> list[timedelta]:
    source = replace(TEN, every=every)
    return [planned(source, done(outcome, failures), PACE, NOW).at - NOW for failures in range(times)]


def every(apart: timedelta, *, days: int = 30, quiet: timedelta = timedelta(0)) -> Rhythm:
    """An article at such a distance for so many days, until `quiet` ago."""
    last = NOW - quiet
    return heard(Rhythm(), (last - apart * number for number in range(int(days * DAY / apart))))


class TestAnIntervalThatAnOperatorWroteDown:
    @pytest.mark.parametrize("outcome", [Outcome.CHANGED, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.REFUSED])
    def test_holds_to_the_second_while_the_other_side_does_not_fail(self, outcome: Outcome) -> None:
        assert set(waits(outcome)) == {EVERY}

    def test_is_not_changed_by_what_the_feed_wants(self) -> None:
        hints = Hints(every=DAY, skip_hours=frozenset({NOW.hour}))
        assert planned(TEN, done(hints=hints), PACE, NOW).at == NOW + EVERY
        assert planned(TEN, done(hints=hints), PACE, NOW).interval is None

    def test_yields_to_retry_after(self) -> None:
        later = NOW + 3 * HOUR
        assert planned(TEN, done(Outcome.FETCH_FAILED, not_before=later), PACE, NOW).at == later
        sooner = NOW + timedelta(minutes=1)
        assert planned(TEN, done(Outcome.FETCH_FAILED, not_before=sooner), PACE, NOW).at == NOW + EVERY


class TestAFailure:
    @pytest.mark.parametrize("outcome", [Outcome.FETCH_FAILED, Outcome.PARSE_FAILED])
    def test_changes_nothing_twice_and_then_each_doubles_the_wait(self, outcome: Outcome) -> None:
        found = waits(outcome)
        assert found[:2] == [EVERY] * 2
        for failures, factor in ((2, 2), (3, 4), (4, 8)):
            assert EVERY * factor <= found[failures] <= EVERY * factor * (1 + JITTER)

    @pytest.mark.parametrize("pace", [timedelta(seconds=2), EVERY, timedelta(hours=12)])
    def test_leaves_a_wait_that_has_an_end(self, pace: timedelta) -> None:
        assert max(waits(every=pace, times=2000)) <= max(LONGEST, pace) * (1 + JITTER)
        assert min(waits(every=pace, times=2000)) >= pace

    def test_does_not_bring_the_sources_of_one_server_back_together(self) -> None:
        failed = done(Outcome.FETCH_FAILED, 9)
        found = {planned(replace(TEN, id=f"s-{number}"), failed, PACE, NOW).at for number in range(50)}
        assert len(found) > 25

    def test_for_good_is_looked_at_once_a_day(self) -> None:
        assert all(GONE <= wait <= GONE * (1 + JITTER) for wait in waits(Outcome.GONE))


class TestAnIntervalOfTheProgram:
    def test_is_half_the_mean_gap_within_its_bounds(self) -> None:
        for apart, wanted in ((timedelta(minutes=2), 5), (timedelta(minutes=40), 20), (6 * HOUR, 60)):
            found = interval_of(done(rhythm=every(apart)), PACE, NOW)
            assert found / timedelta(minutes=wanted) == pytest.approx(1, abs=0.1)

    def test_is_shorter_than_a_pace_that_rose_lately_and_longer_once_it_fell(self) -> None:
        slow = every(4 * HOUR, days=60, quiet=7 * DAY - HOUR)
        faster = heard(slow, (NOW - timedelta(minutes=30) * number for number in range(330)))
        assert interval_of(done(rhythm=faster), PACE, NOW) < timedelta(minutes=30)

    @pytest.mark.parametrize(("quiet", "hours"), [(7, 1), (13, 1), (14, 2), (29, 2), (30, 4), (900, 4)])
    def test_grows_by_steps_while_there_is_nothing_new(self, quiet: int, hours: int) -> None:
        rhythm = every(timedelta(minutes=30), quiet=quiet * DAY)
        assert interval_of(done(rhythm=rhythm), PACE, NOW) == hours * HOUR

    def test_is_the_shortest_for_a_source_of_which_nothing_is_known(self) -> None:
        assert interval_of(done(), PACE, NOW) == PACE.floor

    def test_is_the_shortest_for_a_folder(self) -> None:
        assert interval_of(done(rhythm=every(DAY), asks=False), PACE, NOW) == PACE.floor

    def test_is_as_long_as_the_feed_wants_but_no_longer_than_a_day(self) -> None:
        rhythm = every(timedelta(minutes=10))
        assert interval_of(done(rhythm=rhythm, hints=Hints(every=3 * HOUR)), PACE, NOW) == 3 * HOUR
        assert interval_of(done(rhythm=rhythm, hints=Hints(every=30 * DAY)), PACE, NOW) == MOST_HINTED
        assert interval_of(done(rhythm=rhythm, hints=Hints(every=timedelta(seconds=1))), PACE, NOW) == PACE.floor

    def test_is_told_and_varies_by_a_tenth_between_sources(self) -> None:
        plans = [planned(replace(FREE, id=f"s-{number}"), done(), PACE, NOW) for number in range(50)]
        assert {plan.interval for plan in plans} == {PACE.floor}
        assert all(PACE.floor <= plan.at - NOW <= PACE.floor * (1 + JITTER) for plan in plans)
        assert len({plan.at for plan in plans}) > 25


class TestSkippedHoursAndDays:
    def test_are_left_out_up_to_the_first_minute_after_them(self) -> None:
        night = Hints(skip_hours=frozenset({22, 23, 0, 1, 2, 3}))
        assert not_skipped(datetime.fromisoformat("2026-03-01T22:15:30+00:00"), night) == datetime.fromisoformat(
            "2026-03-02T04:00:00+00:00"
        )
        sunday = Hints(skip_days=frozenset({6}))
        assert not_skipped(NOW, sunday) == datetime.fromisoformat("2026-03-02T00:00:00+00:00")

    @pytest.mark.parametrize(
        "hints", [NO_HINTS, Hints(skip_hours=frozenset(range(24))), Hints(skip_days=frozenset(range(7)))]
    )
    def test_that_leave_no_time_at_all_are_not_meant(self, hints: Hints) -> None:
        assert not_skipped(NOW, hints) == NOW

    def test_are_heeded_by_an_interval_of_the_program(self) -> None:
        hints = Hints(skip_hours=frozenset({8, 9}))
        assert planned(FREE, done(hints=hints), PACE, NOW).at == NOW + 2 * HOUR
