"""The rhythm of a source, and what it remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.rhythm import Rhythm
from feedsvc.pipeline.rhythm import ENOUGH, LATELY, MEMORY, heard, interrupted, longest_gap, mean_gap

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def after(*hours: float) -> Rhythm:
    return heard(Rhythm(), (START + HOUR * number for number in hours))


def test_the_longest_gap_is_the_longest_one_between_two_articles() -> None:
    assert longest_gap(after()) is None
    assert longest_gap(after(1)) is None
    assert longest_gap(after(0, 1, 7, 9)) == 6 * HOUR


def test_articles_that_come_in_one_pass_may_stand_in_any_order() -> None:
    assert after(9, 0, 7, 1) == after(0, 1, 7, 9)


def test_what_says_that_it_is_older_than_the_newest_makes_no_gap_and_moves_nothing_back() -> None:
    rhythm = heard(after(0, 5), [START])
    assert (rhythm.seen, rhythm.newest) == (3, START + 5 * HOUR)
    assert longest_gap(rhythm) == 5 * HOUR


def test_a_longest_gap_is_forgotten_after_four_weeks_of_many_articles() -> None:
    rhythm = after(0, 40, *(40 + number for number in range(1, int(LATELY / HOUR) + 2)))
    assert longest_gap(rhythm) == HOUR
    young = after(0, 40, *(40 + number for number in range(1, int(LATELY / HOUR))))
    assert longest_gap(young) == 40 * HOUR


def test_of_few_articles_gaps_are_remembered_longer_but_not_for_ever() -> None:
    days = [0.0, 2 * 24.0, *((2 + number) * 24.0 for number in range(1, 150))]
    assert longest_gap(after(*days)) == 2 * DAY
    longer = [0.0, 2 * 24.0, *((2 + number) * 24.0 for number in range(1, int(MEMORY / DAY) + 5))]
    assert longest_gap(after(*longer)) == DAY


def test_of_many_pauses_a_longer_gap_is_forgotten_once_enough_have_followed_it() -> None:
    hours = [0.0, 2.0, *(2.0 + number for number in range(1, int(LATELY / HOUR) + 2))]
    assert len(hours) > ENOUGH
    assert longest_gap(after(*hours)) == HOUR


def test_a_holiday_is_forgotten_after_four_weeks() -> None:
    hours = [0.0, 240.0, *(240.0 + 6 * number for number in range(1, 4 * 28 + 1))]
    assert longest_gap(after(*hours)) == 10 * DAY
    assert longest_gap(after(*hours, hours[-1] + 6)) == 6 * HOUR


def test_of_few_articles_the_x_counts_whatever_the_last_weeks_were_like() -> None:
    weeks = [0.0, *(24.0 * day for day in (20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60))]
    assert longest_gap(after(*weeks)) == 20 * DAY


def test_a_gap_in_which_the_source_could_not_be_had_is_not_its_own() -> None:
    rhythm = heard(interrupted(after(0, 1, 2)), [START + 90 * HOUR])
    assert longest_gap(rhythm) == HOUR
    assert not rhythm.interrupted
    assert longest_gap(heard(rhythm, [START + 95 * HOUR])) == 5 * HOUR


def test_what_was_known_before_a_long_absence_is_out_of_date_and_a_sparse_source_is_often_absent() -> None:
    often, seldom = after(*range(100)), after(*(20 * 24 * number for number in range(20)))
    assert heard(interrupted(often), [START + 12 * DAY]).seen == 1
    later = START + 20 * 19 * DAY + 30 * DAY
    assert heard(interrupted(seldom), [later]).seen == 21
    assert heard(interrupted(seldom), [later + 11 * DAY]).seen == 1


@pytest.mark.parametrize("minutes", [7, 60, 60 * 24])
def test_the_mean_gap_is_that_of_a_steady_source_from_its_beginning_on(minutes: int) -> None:
    gap = timedelta(minutes=minutes)
    for number in (30, 300):
        moments = [START + gap * one for one in range(number)]
        found = mean_gap(heard(Rhythm(), moments), moments[-1])
        assert found is not None
        assert found / gap == pytest.approx(1, rel=0.1)


def test_the_mean_gap_grows_with_silence() -> None:
    rhythm = after(*range(300))
    now = START + 300 * HOUR
    found = [mean_gap(rhythm, now + week * 7 * DAY) for week in range(4)]
    assert all(a is not None and b is not None and b > a for a, b in pairwise(found))


@given(st.lists(st.integers(0, 400_000), max_size=200))
def test_whatever_comes_few_gaps_are_kept_and_the_first_is_the_longest(minutes: list[int]) -> None:
    rhythm = heard(Rhythm(), (START + timedelta(minutes=one) for one in minutes))
    lengths = [gap.length for gap in rhythm.gaps]
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == len(lengths)
    assert rhythm.seen == len(minutes)
