"""How often somebody may guess: wrong tokens by address, for a minute, in bounded memory."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network

WINDOW = timedelta(minutes=1)
MOST_WRONG = 10
"""Wrong tokens of one place within the window; then it has to wait."""
MOST_PLACES = 1000
"""Places remembered; those that were wrong longest ago are forgotten first."""


class Attempts:
    """The wrong tokens of the last minute. Not safe for threads; times are passed in."""

    def __init__(self, places: int = MOST_PLACES) -> None:
        self._most = places
        self._wrong: OrderedDict[str, tuple[datetime, ...]] = OrderedDict()

    def wait(self, place: str, now: datetime) -> int:
        """Whole seconds until the place may guess again, 0 where it may now."""
        recent = self._recent(place, now)
        if len(recent) < MOST_WRONG:
            return 0
        left = recent[-MOST_WRONG] + WINDOW - now
        return max(1, -int(-left.total_seconds() // 1))

    def wrong(self, place: str, now: datetime) -> int:
        """Note a wrong token; how many those of the last minute are now."""
        recent = (*self._recent(place, now), now)[-MOST_WRONG:]
        self._wrong[place] = recent
        self._wrong.move_to_end(place)
        if len(self._wrong) > self._most:
            self._wrong.popitem(last=False)
        return len(recent)

    def _recent(self, place: str, now: datetime) -> tuple[datetime, ...]:
        """Those of a clock that was put back since then are forgotten too."""
        return tuple(at for at in self._wrong.get(place, ()) if timedelta() <= now - at < WINDOW)


def place_of(address: IPv4Address | IPv6Address | None) -> str:
    """Whose guesses count together: an address, and of IPv6 its network of 64 bits, which one host has all of."""
    if isinstance(address, IPv6Address):
        return str(IPv6Network((int(address), 64), strict=False))
    return str(address or "")
