"""A source that says it has moved for good is followed for good once the new address has proved itself.

Every pass follows redirects anyway. To be asked directly is what has to be earned: a captive portal also says 301.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..domain.address import is_secure
from ..domain.fetched import Request
from ..domain.source import Cursor, Json

PASSES = 3
"""Passes in which the new address gave the feed."""
PROVING = timedelta(days=1)
"""Between the first and the last of these."""
ASKED_AGAIN = timedelta(days=7)
"""After which the old address is asked once more, however well the new one does."""
DOUBT = 3
"""Failures in a row after which the old address is asked again, in every second pass."""
STATE = "moving"
"""The key of a cursor under which it stands: from where, to where, since when, in how many passes, proved or not."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A move under way: `known` says whether the first answer of the new address held an article known before.

    `asked` is when the old address was asked last.
    """

    origin: str
    target: str
    since: int
    passes: int = 0
    known: bool = False
    proved: bool = False
    asked: int = 0

    @property
    def state(self) -> Mapping[str, Json]:
        """As it stands in a cursor."""
        held: dict[str, Json] = {"from": self.origin, "to": self.target, "since": self.since, "passes": self.passes}
        return {STATE: {**held, "known": self.known, "proved": self.proved, "asked": self.asked}}


NOWHERE: Mapping[str, Json] = {STATE: None}


def moving_of(cursor: Cursor) -> Moving | None:
    """What a cursor knows of a move."""
    match cursor.state.get(STATE):
        case {"from": str(origin), "to": str(target), "since": int(since), "passes": int(passes), **rest}:
            asked = rest.get("asked")
            known, proved = bool(rest.get("known")), bool(rest.get("proved"))
            return Moving(origin, target, since, passes, known, proved, asked if isinstance(asked, int) else 0)
    return None


def followed(request: Request, cursor: Cursor, failures: int, now: datetime) -> Request:
    """The first request of a pass, to the address that has proved itself, while that gives anything.

    The old address is asked now and then, and may take all back. What bears a secret goes to the place that it is for.
    """
    moving = moving_of(cursor)
    if moving is None or not moving.proved or moving.origin != request.address or request.secrets:
        return request
    doubted = failures >= DOUBT and failures % 2 == 1
    doubted = doubted or int(now.timestamp()) - moving.asked >= ASKED_AGAIN.total_seconds()
    return request if doubted else replace(request, address=moving.target)


def unanswered(asked: Request, cursor: Cursor, now: datetime) -> Cursor:
    """The cursor after a pass that failed: an old address that does not answer is asked again later."""
    moving = moving_of(cursor)
    if moving is None or not moving.proved or asked.address != moving.origin:
        return cursor
    return cursor.advanced(replace(moving, asked=int(now.timestamp())).state)


def witnessed(asked: Request, origin: str, moved: str | None, known: bool, cursor: Cursor, now: datetime) -> Cursor:
    """The cursor after a pass that read a feed: `moved` is where permanent redirects led from what was asked.

    A request that carries a secret proves no move: the secret is for its own origin.
    """
    moving = moving_of(cursor)
    if asked.address != origin:
        return cursor  # it is at the new address, which proved itself
    if moved is None or asked.secrets or (is_secure(origin) and not is_secure(moved)):
        return cursor.advanced(NOWHERE) if moving is not None else cursor
    second = int(now.timestamp())
    if moving is None or (moving.origin, moving.target) != (origin, moved):
        # Later on its own articles are known, too.
        moving = Moving(origin, moved, second, known=known)
    passes = moving.passes + 1
    long_enough = second - moving.since >= PROVING.total_seconds()
    proved = moving.proved or (passes >= PASSES and moving.known and long_enough)
    return cursor.advanced(replace(moving, passes=min(passes, 1000), proved=proved, asked=second).state)
