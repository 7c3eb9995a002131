"""Days in the configuration: one of the calendar, and so many of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import BeforeValidator

from .shapes import looks_like
from .values import length_of

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _days(value: object) -> timedelta:
    length = length_of(value)
    if length % timedelta(days=1) or not length:
        raise ValueError("must be whole days, 1d or more, like 30d")
    return length


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("must be a day, like 2025-07-01")


Day = Annotated[date, BeforeValidator(_day), looks_like(DAY), "a day, like 2025-07-01"]
Days = Annotated[timedelta, BeforeValidator(_days), looks_like(r"[1-9][0-9]{0,3}d"), "whole days, like 30d"]
