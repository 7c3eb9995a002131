"""The usual form is read as its standard reads it, and any other form is left to that."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.pipeline.usual_dates import usual

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=ZONES).filter(lambda moment: 1000 <= moment.year < 9999))
def test_what_programs_write_is_read_as_it_was_meant(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    text = format_datetime(whole)
    assert usual(text) in ({None} if text.endswith("-0000") else {whole})


@given(st.from_regex(r"[A-Z][a-z]{2}, \d{1,2} (Jan|Feb|Mai|Dec) \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})", fullmatch=True))
def test_what_it_reads_is_what_the_standard_library_reads(text: str) -> None:
    found = usual(text)
    if found is not None:
        assert found == parsedate_to_datetime(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sun, 01 Mar 2026 08:00:00",
        "Sun, 01 Mar 2026 08:00:00 +07",
        "Sun, 01 Mar 2026 08:00:00 -0000",
        "Sun, 32 Mar 2026 08:00:00 GMT",
        "Sun, 01 Mar 2026 24:00:00 GMT",
        "Sun, 01 Mar 2026 08:00:00 +2500",
        "Sun, 01 Mar 2026 08:00:00 GMT+7",
        "01 Mar 2026 08:00:00 GMT",
        "Sun, ０1 Mar 2026 08:00:00 GMT",
    ],
)
def test_any_other_text_is_left_alone(text: str) -> None:
    assert usual(text) is None
