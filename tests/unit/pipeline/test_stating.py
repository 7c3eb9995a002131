"""Dates as sources state them, each form with what it means on the clock of a source in Vietnam."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.source import DateOrder
from feedsvc.pipeline.days import EARLIEST
from feedsvc.pipeline.stating import Calendar, stated
from feedsvc.ports import Language
from feedsvc.text.neutral import Neutral
from feedsvc.text.vietnamese import Vietnamese

from .newsroom import NOW

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
BASE = datetime(2018, 1, 10, 8, tzinfo=UTC)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def calendar(order: DateOrder = DateOrder.DMY, language: Language | None = None) -> Calendar:
    return Calendar(SAIGON, order, language or Neutral())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-01-10T14:45:40+07:00", utc(2018, 1, 10, 7, 45, 40)),
        ("2018-01-10T07:45:40Z", utc(2018, 1, 10, 7, 45, 40)),
        ("2018-01-10T14:45:40.999", utc(2018, 1, 10, 7, 45, 40)),
        ("2018-01-10 14:45:40", utc(2018, 1, 10, 7, 45, 40)),
        ("2018-01-10 14:45:40 +0900", utc(2018, 1, 10, 5, 45, 40)),
        ("2018-01-10T14:45:40 +09:00", utc(2018, 1, 10, 5, 45, 40)),
        ("2018-01-10T14:45:40.25+09", utc(2018, 1, 10, 5, 45, 40)),
        ("20180110T144540", utc(2018, 1, 10, 7, 45, 40)),
        ("2018-01-10", utc(2018, 1, 9, 17)),
        (" 2018-01-10T07:45:40Z\n", utc(2018, 1, 10, 7, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 +0900", utc(2018, 1, 10, 5, 45, 40)),
        ("10 Jan 2018 07:45 GMT", utc(2018, 1, 10, 7, 45)),
        ("Wed, 10 Jan 2018 14:45:40", utc(2018, 1, 10, 7, 45, 40)),
        ("Wed, 10 Jan 2018 07:45:40 -0000", utc(2018, 1, 10, 7, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 +09", utc(2018, 1, 10, 5, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 GMT+9", utc(2018, 1, 10, 5, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 GMT + 9", utc(2018, 1, 10, 5, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 UTC-03:30", utc(2018, 1, 10, 18, 15, 40)),
        ("Wed, 10 Jan 18 14:45:40 ICT", utc(2018, 1, 10, 7, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 JST", utc(2018, 1, 10, 5, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 PST", utc(2018, 1, 10, 22, 45, 40)),
        ("Wed, 10 Jan 2018 14:45:40 XYZ", utc(2018, 1, 10, 7, 45, 40)),
        ("Sun, 10 Jan 2018 02:45 PM +0900", utc(2018, 1, 10, 5, 45)),
        ("2018-01-10T24:00:00Z", utc(2018, 1, 11)),
        ("2016-12-31T23:59:60Z", utc(2017, 1, 1)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", utc(2017, 1, 1)),
    ],
)
def test_the_forms_of_the_standards_are_read_and_their_common_misspellings(text: str, expected: datetime) -> None:
    assert stated(text, calendar(), NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/01/2018 14:42", utc(2018, 1, 10, 7, 42)),
        ("10-1-18", utc(2018, 1, 9, 17)),
        ("10.01.2018, 14h42", utc(2018, 1, 10, 7, 42)),
        ("17h ngày 10/01/2018", utc(2018, 1, 10, 10)),
        ("14:42, 10/01/2018", utc(2018, 1, 10, 7, 42)),
        ("Thứ Tư, 10/01/2018, 14:42 (GMT+9)", utc(2018, 1, 10, 5, 42)),
        ("Cập nhật lúc: 14:42:07, 10/01/2018", utc(2018, 1, 10, 7, 42, 7)),
        ("2018/01/10 14:42 UTC", utc(2018, 1, 10, 14, 42)),
        ("10/1/2018 12:05:00 AM", utc(2018, 1, 9, 17, 5)),
        ("10/1/2018 12:05 p.m.", utc(2018, 1, 10, 5, 5)),
        ("10/1/2018 9:25:00\u202fPM", utc(2018, 1, 10, 14, 25)),
        ("10/1/2018 9:25:00 CH", utc(2018, 1, 10, 14, 25)),
        ("\u200e10\u200e/\u200e01\u200e/\u200e2018", utc(2018, 1, 9, 17)),
        ("January 10, 2018 2:42 pm EST", utc(2018, 1, 10, 19, 42)),
        ("Posted on Jan 10th 2018", utc(2018, 1, 9, 17)),
        ("10th of January", None),
        ("10-Jan-2018 14:42", utc(2018, 1, 10, 7, 42)),
        ("10/15/2018", None),
        ("31/02/2018", None),
        ("10/1/2018 25:00", utc(2018, 1, 9, 17)),
        ("10/1/2018 24:00", utc(2018, 1, 10, 17)),
        ("10/1/2018 23:59:60", utc(2018, 1, 10, 17)),
        ("10/1/2018 24:00 GMT+0", utc(2018, 1, 11)),
        ("10/1/2018 14:42 GMT+99", utc(2018, 1, 10, 7, 42)),
        *(("v1.2.3", None), ("1.2.2018.4", None), ("192.168.1.18", None), ("10/1", None), ("100/1/18", None)),
    ],
)
def test_figures_are_read_among_words_day_first(text: str, expected: datetime | None) -> None:
    assert stated(text, calendar(), NOW) == expected


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        (DateOrder.DMY, "10/2/2018", utc(2018, 2, 9, 17)),
        (DateOrder.MDY, "10/2/2018", utc(2018, 10, 1, 17)),
        (DateOrder.YMD, "10/2/2018", utc(2018, 2, 9, 17)),
        (DateOrder.MDY, "2018/10/2", utc(2018, 10, 1, 17)),
        (DateOrder.YMD, "18.10.02", utc(2018, 10, 1, 17)),
        (DateOrder.MDY, "2/10/2018 9:25:00 AM", utc(2018, 2, 10, 2, 25)),
        (DateOrder.MDY, "23/11/2018", None),
    ],
)
def test_the_order_of_figures_is_that_of_the_source(order: DateOrder, text: str, expected: datetime | None) -> None:
    assert stated(text, calendar(order), NOW) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vừa xong", BASE),
        ("5 phút trước", BASE - timedelta(minutes=5)),
        ("2 giờ trước", BASE - timedelta(hours=2)),
        ("2 giờ 30 phút trước", BASE - timedelta(hours=2, minutes=30)),
        ("Cách đây 1 giờ 5 phút", BASE - timedelta(hours=1, minutes=5)),
        ("cách đây 3 ngày", utc(2018, 1, 7, 5)),
        ("một tiếng trước", BASE - timedelta(hours=1)),
        ("3 ngày trước", utc(2018, 1, 7, 5)),
        ("Hôm qua", utc(2018, 1, 9, 5)),
        ("10:30 hôm qua", utc(2018, 1, 9, 3, 30)),
        ("Tối hôm kia", utc(2018, 1, 8, 5)),
        ("Chiều nay", utc(2018, 1, 10, 5)),
        ("Sáng 9/1", utc(2018, 1, 9, 5)),
        ("Sáng 11/1", utc(2017, 1, 11, 5)),
        ("10 Th1 2018", utc(2018, 1, 10, 5)),
        ("9 tháng 1, 2018 14:42", utc(2018, 1, 9, 7, 42)),
        ("9 tháng 1 năm 2018", utc(2018, 1, 9, 5)),
        ("9999 tuần trước", None),
        ("31 tháng 2 năm 2018", None),
        ("99 tháng 99", None),
    ],
)
def test_vietnamese_words_are_told_from_their_base(text: str, expected: datetime | None) -> None:
    assert stated(text, calendar(language=Vietnamese()), NOW, BASE) == expected


def test_a_day_in_words_that_is_not_over_is_now() -> None:
    early = utc(2018, 1, 10, 1, 30)
    assert stated("Sáng nay", calendar(language=Vietnamese()), early) == early


def test_words_mean_nothing_without_their_language() -> None:
    assert stated("Hôm qua", calendar(), NOW) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "\0", "hôm qua", "2018", "10/1", "9" * 9999, "1764000000"),
        *("2018-13-01", "2031-01-01", "1969-12-31T23:00:00Z", "01/01/1949", "1/1/0001", "31/12/9999"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"),
        *("Wed, 99 Jan 2018 14:45:40 +0700", "Wed, 10 Jan 20180 14:45:40 +9999999999"),
    ],
)
def test_a_date_that_cannot_be_is_as_if_it_were_not_there(text: str) -> None:
    assert stated(text, calendar(), NOW) is None


def test_a_clock_that_is_a_little_ahead_is_now_and_one_far_ahead_is_not_believed() -> None:
    assert stated("2026-03-01T08:09:00Z", calendar(), NOW.replace(microsecond=9)) == NOW
    assert stated("2026-03-01T08:11:00Z", calendar(), NOW) is None


def test_every_date_that_was_seen_in_vietnam_is_read(shared: Path) -> None:
    cases = json.loads((shared / "data" / "vi-dates.json").read_text(encoding="utf-8"))
    now = utc(2026, 11, 1)
    for case in cases["feed_dates"]:
        order = DateOrder.MDY if case["raw"][-1] == "M" and "/" in case["raw"] else DateOrder.DMY
        found = stated(case["raw"], calendar(order, Vietnamese()), now)
        assert found == datetime.fromisoformat(case["expected_utc"]), case
    base = datetime.fromisoformat(cases["text_dates"]["base"])
    for case in cases["text_dates"]["cases"]:
        found = stated(case["raw"], calendar(language=Vietnamese()), base)
        assert found is not None, case
        assert str(found.astimezone(SAIGON).date()) == case["expected"], case


PIECES = st.sampled_from(
    [*"0123456789/-.:, +()", "10/1/2018", "GMT", "+07", "Jan", "tháng", "trước", "hôm qua", "AM", "9999", "h", "T", "Z"]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=120), st.sampled_from(DateOrder))
def test_whatever_is_written_nothing_fails_and_no_date_is_one_that_cannot_be(text: str, order: DateOrder) -> None:
    found = stated(text, calendar(order, Vietnamese()), NOW, BASE)
    assert found is None or EARLIEST <= found <= NOW


@given(st.datetimes(utc(1991, 1, 1).replace(tzinfo=None), utc(2026, 2, 1).replace(tzinfo=None)))
def test_every_form_of_one_moment_is_that_moment(moment: datetime) -> None:
    local = moment.replace(microsecond=0, tzinfo=UTC).astimezone(SAIGON)
    forms = [
        "%Y-%m-%dT%H:%M:%S",
        "%d/%m/%Y %H:%M:%S",
        "%H:%M:%S - %d.%m.%Y",
        "%d/%m/%Y, %I:%M:%S %p",
        "%d %b %Y %H:%M:%S",
    ]
    assert {stated(local.strftime(form), calendar(), NOW) for form in forms} == {local.astimezone(UTC)}
