"""When an article was published, and from what that was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import ParamSpec
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.language import Day
from feedsvc.domain.record import PlainText, RawRecord
from feedsvc.domain.source import DateOrder
from feedsvc.pipeline.dating import Dated, published
from feedsvc.pipeline.days import EARLIEST
from feedsvc.pipeline.stating import Calendar
from feedsvc.text.neutral import Neutral

from .newsroom import NOW

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")


P = ParamSpec("P")


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def dated(
    day: Day | None = None,
    *stamps: str,
    modified: datetime | None = None,
    own: str | None = None,
    now: datetime = NOW,
    zone: ZoneInfo = SAIGON,
) -> Dated:
    record = RawRecord(
        key="a",
        title="a",
        content=PlainText(()),
        published=own,
        modified=modified,
        stamps=tuple(map(datetime.fromisoformat, stamps)),
    )
    return published(record, day, Calendar(zone, DateOrder.DMY, Neutral()), now)


def moment_of(decide: Callable[P, Dated]) -> Callable[P, datetime]:
    return lambda *args, **kwargs: decide(*args, **kwargs).at


at = moment_of(dated)


TENTH = Day(10, 1, None, "Sáng 10/1")
NEW_YEARS_EVE = Day(31, 12, None, "Tối 31/12")
NEW_YEAR = Day(1, 1, None, "Sáng 1/1")
LEAP_DAY = Day(29, 2, None, "Chiều 29/2")


def test_the_day_of_the_lead_has_the_time_of_the_latest_stamp_of_that_day() -> None:
    moment, by, _ = dated(TENTH, "2018-01-10T14:42:09", "2018-01-10T14:45:40", "2018-01-10T14:44:36")
    assert moment == utc(2018, 1, 10, 7, 45, 40)
    assert by == "the day “Sáng 10/1” and the latest time of it in the names of its pictures"


def test_stamps_of_other_days_lend_the_year_but_not_the_time() -> None:
    moment, by, _ = dated(TENTH, "2018-01-11T09:00:00")
    assert moment == utc(2018, 1, 10, 5)
    assert "its year from the names of its pictures, at noon" in by


def test_stamps_of_other_days_do_not_outbid_those_of_the_day() -> None:
    assert at(TENTH, "2018-01-10T08:00:00", "2018-01-12T08:00:00") == utc(2018, 1, 10, 1)


def test_stamps_are_read_on_the_clock_of_the_source() -> None:
    assert at(TENTH, "2018-01-10T00:30:00") == utc(2018, 1, 9, 17, 30)
    assert at(TENTH, "2018-01-10T23:30:00", zone=ZoneInfo("America/New_York")) == utc(2018, 1, 11, 4, 30)


def test_without_stamps_it_is_noon_of_the_day_in_the_zone_of_the_source() -> None:
    assert at(TENTH) == utc(2026, 1, 10, 5)
    assert at(TENTH, zone=BERLIN) == utc(2026, 1, 10, 11)


@pytest.mark.parametrize(
    ("modified", "expected"),
    [
        (utc(2019, 6, 1), utc(2019, 1, 10, 5)),
        (utc(2019, 1, 9, 16, 59, 59), utc(2018, 1, 10, 5)),
        (utc(2019, 1, 10, 5), utc(2019, 1, 10, 5)),
        (utc(2030, 6, 1), utc(2026, 1, 10, 5)),
        (None, utc(2026, 1, 10, 5)),
    ],
    ids=["after the day", "a second before the day begins", "at noon", "in the future", "unknown"],
)
def test_without_a_year_it_is_the_nearest_such_day_not_after_the_last_change_or_now(
    modified: datetime | None, expected: datetime
) -> None:
    assert at(TENTH, modified=modified) == expected


def test_a_day_is_noon_whenever_its_file_was_written() -> None:
    assert at(TENTH, modified=utc(2019, 1, 10, 1, 30)) == utc(2019, 1, 10, 5)
    assert at(Day(10, 1, 2018, "10/1/2018"), modified=utc(2005, 6, 1)) == utc(2018, 1, 10, 5)


def test_a_stated_date_that_is_not_believed_is_told_of() -> None:
    moment, by, _ = dated(own="24 Octember", modified=utc(2026, 1, 5))
    assert moment == utc(2026, 1, 5)
    assert by == "the last change of the file (“24 Octember”, which it states, is no date to go by)"


@pytest.mark.parametrize("broken", [utc(1970, 1, 1), utc(1980, 1, 1)])
def test_a_last_change_before_the_web_was_says_nothing(broken: datetime) -> None:
    assert at(TENTH, modified=broken) == utc(2026, 1, 10, 5)
    assert dated(modified=broken) == (NOW, "when it was first seen", False)


def test_at_the_turn_of_the_year_the_day_is_the_one_beside_the_stamps() -> None:
    assert at(NEW_YEARS_EVE, "2018-01-01T00:05:00") == utc(2017, 12, 31, 5)
    assert at(NEW_YEARS_EVE, "2017-12-31T23:50:00", "2018-01-01T00:05:00") == utc(2017, 12, 31, 16, 50)
    assert at(NEW_YEAR, "2017-12-31T20:00:00") == utc(2018, 1, 1, 5)


def test_at_the_turn_of_the_year_the_day_is_the_one_before_the_last_change() -> None:
    assert at(NEW_YEARS_EVE, modified=utc(2019, 1, 1, 3)) == utc(2018, 12, 31, 5)
    assert at(NEW_YEAR, modified=utc(2018, 12, 31, 17, 30)) == utc(2019, 1, 1, 5)


def test_the_leap_day_is_the_last_one_there_was() -> None:
    assert at(LEAP_DAY) == utc(2024, 2, 29, 5)
    assert at(LEAP_DAY, modified=utc(2023, 5, 1)) == utc(2020, 2, 29, 5)
    assert at(LEAP_DAY, "2020-02-29T10:00:00") == utc(2020, 2, 29, 3)


def test_a_day_that_no_year_has_is_no_day() -> None:
    assert dated(Day(31, 2, None, "31/2"), modified=utc(2020, 5, 5)) == (
        utc(2020, 5, 5),
        "the last change of the file",
        True,
    )
    assert at(Day(29, 2, 2019, "29/2/2019"), "2019-03-01T08:00:00") == utc(2019, 3, 1, 1)


def test_a_year_that_is_written_counts_before_all_stamps() -> None:
    assert at(Day(10, 1, 2017, "10/1/2017"), "2018-01-10T08:00:00") == utc(2017, 1, 10, 5)


def test_a_year_before_the_web_is_not_believed() -> None:
    assert at(Day(30, 4, 1975, "30/4/1975"), modified=utc(2020, 4, 30)) == utc(2020, 4, 30)


def test_nothing_lies_in_the_future() -> None:
    assert at(Day(10, 1, 2031, "10/1/2031")) == NOW
    assert at(None, "2031-01-10T08:00:00") == NOW
    assert at(TENTH, "2031-01-10T08:00:00") == utc(2026, 1, 10, 5)
    assert at(None, modified=NOW + timedelta(days=9)) == NOW


def test_without_a_day_the_latest_stamp_counts_then_the_last_change_then_now() -> None:
    changed = utc(2020, 5, 5, 1, 2, 3)
    assert at(None, "2018-01-10T08:00:00", "2018-01-11T08:00:00", modified=changed) == utc(2018, 1, 11, 1)
    assert at(None, modified=changed) == changed
    assert at(None) == NOW


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Day(30, 3, 2025, ""), utc(2025, 3, 30, 10)),
        (Day(29, 3, 2025, ""), utc(2025, 3, 29, 11)),
        (Day(26, 10, 2025, ""), utc(2025, 10, 26, 11)),
    ],
    ids=["the clocks go forward", "the day before", "the clocks go back"],
)
def test_noon_is_noon_in_a_zone_with_summer_time(day: Day, expected: datetime) -> None:
    assert at(day, zone=BERLIN) == expected


def test_stamps_in_the_hours_that_summer_time_skips_or_repeats_are_times_all_the_same() -> None:
    assert at(None, "2025-03-30T02:30:00", zone=BERLIN) == utc(2025, 3, 30, 1, 30)
    assert at(None, "2025-10-26T02:30:00", zone=BERLIN) == utc(2025, 10, 26, 0, 30)


days = st.builds(
    Day,
    st.integers(1, 31),
    st.integers(1, 12),
    st.none() | st.integers(1900, 2100),
    st.just("ngày"),
)
walls = st.datetimes(datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2099-01-01"))
moments = walls.map(lambda wall: wall.replace(tzinfo=UTC))
zones = st.sampled_from([SAIGON, BERLIN, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/St_Johns")])


@given(
    st.none() | days,
    st.lists(walls, max_size=3),
    st.none() | moments,
    st.none() | st.text(max_size=30) | walls.map(str) | moments.map(str),
    moments.filter(lambda now: now.year > 1990),
    zones,
)
def test_whatever_is_known_the_date_is_a_whole_second_in_utc_and_not_in_the_future(
    day: Day | None,
    stamps: list[datetime],
    modified: datetime | None,
    own: str | None,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    moment, by, _ = dated(day, *map(str, stamps), modified=modified, own=own, now=now, zone=zone)
    assert EARLIEST <= moment <= now
    assert moment.tzinfo is UTC
    assert moment.microsecond == 0
    assert by
