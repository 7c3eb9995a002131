"""What the core asks of those who keep things, to put one configuration in the place of another while all goes on.

begin ─► look ─► classify ─► stage ─┐
           └────────────────────────┴─► what changed meanwhile: look, classify, stage ─► take effect, all at once
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Protocol

from ..domain.applied import Applied, Applying, Effect, Look
from ..domain.article import Article
from ..domain.passes import Placed
from ..domain.setup import Setup

Place = Callable[[tuple[Article, ...]], Iterable[Placed]]
"""Gives articles the labels and feeds of a configuration; it may leave some out, which stay as they are."""


class Rules(Protocol):
    """Which topics and regions are in force. Safe to call from many threads at once; may raise StoreError."""

    def applied(self) -> Applied | None:
        """The configuration that was applied last, None where none ever was."""

    def applied_number(self) -> int:
        """Its number, cheaply; 0 for none."""

    def configured_digest(self) -> str | None:
        """Its digest, cheaply; None for none."""


class Survey(Protocol):
    """The stored articles as they are read by whoever classifies them anew. Reads only; may raise StoreError."""

    def opened_and_closed(self, setup: Setup) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths of the feeds that a configuration opens, and of those that it closes."""

    def bounds(self, every: int) -> tuple[str, ...]:
        """Ids that cut all articles into runs of so many, in order."""

    def look(
        self,
        after: str,
        limit: int,
        *,
        until: str | None = None,
        sources: frozenset[str] | None = None,
        labels: bool = True,
    ) -> Look:
        """Live articles with an id greater than `after`, and `until` at most, in the order of ids.

        With `sources`, those alone that one of these brings. Without `labels`, the articles come without them.
        """

    def look_at(self, names: Collection[str]) -> Look:
        """These articles, where they are live."""


class Applier(Rules, Survey, Protocol):
    """Puts a configuration in force. Every call is one transaction; any may raise StoreError, and then nothing is new.

    What is staged is seen by nobody, and is gone when its apply is given up, or another one begins.
    """

    def begin_apply(self, holder: str, now: datetime, lease: timedelta) -> Applying:
        """Take the right to apply, for a lease. Raises ApplyUnderWay where another one holds it."""

    def hold_apply(self, one: Applying, now: datetime, lease: timedelta) -> None:
        """Hold the right for longer. Raises ApplyLost where another configuration took effect since, or may."""

    def stage(
        self, one: Applying, placed: Iterable[Placed], seq: int, until: datetime, again: Collection[str] = ()
    ) -> None:
        """Stage what these articles, as they were at `seq`, shall have, where it differs; hold the right until then.

        What is staged of those `again` is replaced, whether they are among these or not. Raises ApplyLost.
        """

    def stale(self, one: Applying, limit: int) -> tuple[str, ...]:
        """Articles that came or changed after they were looked at."""

    def take_effect(self, one: Applying, setup: Setup, place: Place, now: datetime) -> Effect | None:
        """Let everything take effect at once: labels, feeds, sources, and the configuration as the one applied.

        A few articles that changed meanwhile are placed within; with many, nothing is new, and the answer is None.
        Raises ApplyLost.
        """

    def give_up(self, one: Applying) -> None:
        """Give the right back and drop what is staged, where it is still this one's."""
