"""A source that says it has moved for good is followed for good once the new address has proved itself.

Every pass follows redirects anyway. To be asked directly is what has to be earned: a captive portal also says 301.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..domain.fetched import Request
from ..domain.source import Cursor, Json

PASSES = 3
"""Passes in which the new address gave the feed."""
PROVING = timedelta(days=1)
"""Between the first and the last of these."""
DOUBT = 3
"""Failures in a row after which the old address is asked again, in every second pass."""
STATE = "moving"
"""The key of a cursor under which it stands: from where, to where, since when, in how many passes, proved or not."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A move under way: `known` says whether the new address ever gave an article that was known before."""

    origin: str
    target: str
    since: int
    passes: int = 0
    known: bool = False
    proved: bool = False

    @property
    def state(self) -> Mapping[str, Json]:
        """As it stands in a cursor."""
        held: dict[str, Json] = {"from": self.origin, "to": self.target, "since": self.since, "passes": self.passes}
        return {STATE: {**held, "known": self.known, "proved": self.proved}}


NOWHERE: Mapping[str, Json] = {STATE: None}


def moving_of(cursor: Cursor) -> Moving | None:
    """What a cursor knows of a move."""
    match cursor.state.get(STATE):
        case {"from": str(origin), "to": str(target), "since": int(since), "passes": int(passes), **rest}:
            return Moving(origin, target, since, passes, bool(rest.get("known")), bool(rest.get("proved")))
    return None


def followed(request: Request, cursor: Cursor, failures: int) -> Request:
    """The first request of a pass, to the address that has proved itself, while that gives anything."""
    moving = moving_of(cursor)
    if moving is None or not moving.proved or moving.origin != request.address:
        return request
    doubted = failures >= DOUBT and failures % 2 == 1
    return request if doubted else replace(request, address=moving.target)


def witnessed(asked: Request, origin: str, moved: str | None, known: bool, cursor: Cursor, now: datetime) -> Cursor:
    """The cursor after a pass that read a feed: `moved` is where permanent redirects led from what was asked.

    A request that carries a secret proves no move: the secret is for its own origin.
    """
    moving = moving_of(cursor)
    if asked.address != origin:
        return cursor  # it is at the new address, which proved itself
    if moved is None or asked.secrets:
        return cursor.advanced(NOWHERE) if moving is not None else cursor
    second = int(now.timestamp())
    if moving is None or (moving.origin, moving.target) != (origin, moved):
        moving = Moving(origin, moved, second)
    passes, known = moving.passes + 1, moving.known or known
    long_enough = second - moving.since >= PROVING.total_seconds()
    proved = moving.proved or (passes >= PASSES and known and long_enough)
    return cursor.advanced(replace(moving, passes=min(passes, 1000), known=known, proved=proved).state)
