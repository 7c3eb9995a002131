"""T22: a source that fails is asked more and more rarely, and always again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.domain.passes import Outcome
from feedsvc.pipeline.backoff import GONE, JITTER, LONGEST, next_poll

from .newsroom import NOW, SOURCE

TEN = replace(SOURCE, every=timedelta(minutes=10))


def waits(outcome: Outcome = Outcome.FETCH_FAILED, every: timedelta = TEN.every, times: int = 40) -> list[timedelta]:
    source = replace(TEN, every=every)
    return [next_poll(source, outcome, failures, NOW) - NOW for failures in range(times)]


@pytest.mark.parametrize("outcome", [Outcome.CHANGED, Outcome.UNCHANGED, Outcome.EMPTY, Outcome.REFUSED])
def test_without_a_failure_of_the_other_side_the_pace_is_its_own(outcome: Outcome) -> None:
    assert set(waits(outcome)) == {TEN.every}


@pytest.mark.parametrize("outcome", [Outcome.FETCH_FAILED, Outcome.PARSE_FAILED])
def test_two_failures_change_nothing_and_then_each_doubles_the_wait(outcome: Outcome) -> None:
    found = waits(outcome)
    assert found[:2] == [TEN.every] * 2
    for failures, factor in ((2, 2), (3, 4), (4, 8)):
        assert TEN.every * factor <= found[failures] <= TEN.every * factor * (1 + JITTER)


@pytest.mark.parametrize("every", [timedelta(seconds=2), timedelta(minutes=10), timedelta(hours=12)])
def test_the_wait_has_an_end_whatever_the_pace(every: timedelta) -> None:
    assert max(waits(every=every, times=2000)) <= max(LONGEST, every) * (1 + JITTER)
    assert min(waits(every=every, times=2000)) >= every


def test_sources_of_one_server_do_not_come_back_together() -> None:
    found = {next_poll(replace(TEN, id=f"s-{number}"), Outcome.FETCH_FAILED, 9, NOW) for number in range(50)}
    assert len(found) > 25


def test_what_is_gone_for_good_is_looked_for_once_a_day() -> None:
    assert set(waits(Outcome.GONE)) == {GONE}


def test_an_upstream_that_names_a_time_is_not_asked_before() -> None:
    later = NOW + timedelta(hours=3)
    assert next_poll(TEN, Outcome.FETCH_FAILED, 0, NOW, later) == later
    assert next_poll(TEN, Outcome.FETCH_FAILED, 0, NOW, NOW + timedelta(minutes=1)) == NOW + TEN.every
