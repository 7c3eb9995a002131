"""What a clock says, where it may have leapt ahead: what is dated by it is dated for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..domain.history import Beat

AWAY = timedelta(days=365)
"""For which a service may have been stopped without its clock being doubted."""


LEAP = timedelta(days=1)
"""By which a clock must have gone ahead of the time that passed, for it to be doubted."""


def believable(last: Beat | None, now: datetime) -> datetime:
    """The time, or the last one at which a scheduler believed its clock, where that doubts it now, or would."""
    if last is None:
        return now
    # One that is behind the clock that was doubted was set right since.
    doubted = last.believed is not None and now > last.at - LEAP
    return min(now, last.sure) if doubted or now - last.sure > AWAY else now
