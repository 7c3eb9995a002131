"""Times as the database keeps them: whole seconds since 1970, UTC. Parts of a second are dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def seconds(moment: datetime) -> int:
    """The second that an aware time lies in."""
    return (moment - _EPOCH) // _SECOND


def moment(stored: int) -> datetime:
    """The time of a stored second."""
    return _EPOCH + stored * _SECOND


def moment_or_none(stored: int | None) -> datetime | None:
    """The time of a stored second, None where there is none."""
    return None if stored is None else moment(stored)


def seconds_or_none(moment: datetime | None) -> int | None:
    """The second that an aware time lies in, None where there is none."""
    return None if moment is None else seconds(moment)
