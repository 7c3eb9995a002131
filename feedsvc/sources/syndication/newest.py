"""Of a feed that is too long, the newest entries, cut out before anything costly looks at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

ENTRY = re.compile(rb"<(?:[\w.-]{1,64}:)?(?:item|entry)[\s/>]", re.I)
ENTRY_END = re.compile(rb"</(?:[\w.-]{1,64}:)?(?:item|entry)\s{0,64}>", re.I)
DATE = re.compile(
    rb"<(?:[\w.-]{1,64}:)?(?:pubDate|published|updated|modified|date)(?:\s[^<>]{0,500})?>([^<>]{1,100})<", re.I
)

_Entry = TypeVar("_Entry")


def newest_of_xml(body: bytes, most: int) -> tuple[bytes, int]:
    """The feed with its newest `most` entries, and how many it had; as it is where it has no more.

    Feeds begin with the newest, unless the dates of their first and last entries say otherwise.
    """
    starts = [found.start() for found in ENTRY.finditer(body)]
    if len(starts) <= most:
        return body, len(starts)
    if _is_older(_written(body[starts[0] : starts[1]]), _written(body[starts[-1] :])):
        return body[: starts[0]] + body[starts[-most] :], len(starts)
    return body[: starts[most]] + _after_entries(body, starts[-1]), len(starts)


def newest_of_items(items: Sequence[_Entry], dates: Sequence[str | None], most: int) -> Sequence[_Entry]:
    """The newest items of a list, in its order; `dates` are those of its first and its last as they are written."""
    if len(items) <= most:
        return items
    first, last = dates
    return items[-most:] if _is_older(first, last) else items[:most]


def _after_entries(body: bytes, last: int) -> bytes:
    end = last
    for found in ENTRY_END.finditer(body, last):
        end = found.end()
    return body[end:] if end > last else b""


def _written(entry: bytes) -> str | None:
    found = DATE.search(entry)
    return None if found is None else found[1].decode("ascii", "replace").strip()


def _is_older(first: str | None, last: str | None) -> bool:
    """Whether the first is known to be older than the last."""
    one, other = _moment(first), _moment(last)
    return one is not None and other is not None and one < other


def _moment(written: str | None) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(written or "")
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return None
