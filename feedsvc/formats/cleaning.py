"""What is done to every text and date of a feed, however deep it stands, before any format sees it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from .characters import clean
from .dates import utc

T = TypeVar("T")


def cleaned(value: T) -> T:
    """The value with every text in it cleaned, blank texts dropped from tuples, and every date in whole UTC seconds.

    Raises ValueError for a date without a zone. A value that needs nothing is handed back as it is.
    """
    result: T = _cleaned(value)
    return result


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, datetime):
        return utc(value)
    if isinstance(value, tuple):
        return tuple(part for part in map(_cleaned, value) if part != "")
    if is_dataclass(value) and not isinstance(value, type):
        return _rebuilt(value)
    return value


def _rebuilt(value: Any) -> Any:
    changes = {}
    for field in fields(value):
        before = getattr(value, field.name)
        after = _cleaned(before)
        if after is not before:
            changes[field.name] = after
    return replace(value, **changes) if changes else value
