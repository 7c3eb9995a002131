"""T41: a clock that leapt ahead is not believed at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedsvc.scheduling.clockwatch import PROBATION, ClockWatch

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
YEARS = timedelta(days=3650)
SECOND = timedelta(seconds=1)


class Time:
    """A clock, and the time that really passes."""

    def __init__(self) -> None:
        self.now, self.passed = NOW, 1000.0
        self.watch = ClockWatch(lambda: self.passed)

    def tick(self, passed: timedelta = SECOND, leap: timedelta = timedelta(0), seen: datetime | None = None) -> bool:
        """Whether the clock is doubted after so much time, in which it leapt by so much."""
        self.passed += passed.total_seconds()
        self.now += passed + leap
        return bool(self.watch.look(self.now, seen))


def test_a_clock_that_goes_is_believed_through_sleep_and_small_corrections() -> None:
    time = Time()
    assert not any((time.tick(), time.tick(timedelta(days=30)), time.tick(leap=timedelta(hours=5)), time.tick()))


def test_a_clock_set_back_is_believed() -> None:
    time = Time()
    time.tick()
    assert not time.tick(leap=-timedelta(hours=2))


def test_a_leap_of_years_is_doubted_until_the_clock_is_set_right() -> None:
    time = Time()
    time.tick()
    assert time.tick(leap=YEARS)
    assert all(time.tick() for _ in range(100))
    assert not time.tick(leap=-YEARS)
    assert not time.tick()


def test_a_leap_that_stays_is_believed_after_an_hour() -> None:
    time = Time()
    time.tick()
    assert time.tick(leap=YEARS)
    assert time.tick(PROBATION - SECOND)
    assert not time.tick()
    assert not time.tick()


def test_a_start_years_after_the_last_sign_of_life_is_doubted_too() -> None:
    time = Time()
    assert time.tick(leap=YEARS, seen=NOW)
    assert not time.tick(leap=-YEARS, seen=NOW)
    assert not Time().tick(leap=timedelta(days=200), seen=NOW)


def test_a_machine_that_gets_the_time_only_after_its_start_is_doubted_for_an_hour_at_most() -> None:
    time = Time()
    time.now = datetime(1970, 1, 1, tzinfo=UTC)
    time.tick(seen=NOW)
    assert time.tick(leap=NOW - time.now)
    assert not time.tick(PROBATION)


def test_one_that_was_doubted_before_a_new_start_still_is_until_it_is_set_right_or_an_hour_is_over() -> None:
    for leap, passed in ((-YEARS, SECOND), (timedelta(0), PROBATION)):
        time = Time()
        time.now += YEARS
        time.watch.go_on_doubting(time.now)
        assert all(time.tick(seen=time.now) for _ in range(10))
        assert not time.tick(passed, leap, seen=NOW + YEARS)
        assert not time.tick()
