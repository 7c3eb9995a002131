"""What entered feeds of late is let go of in steps, by a time that is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.passes import Changes
from feedsvc.pipeline.releasing import released
from feedsvc.ports import Ledger

from .newsroom import NOW


@dataclass
class Shelf:
    """Has so many steps to take, in each of which one document changes."""

    steps: int
    asked: list[tuple[datetime, datetime]] = field(default_factory=list)

    def release_late(self, before: datetime, now: datetime) -> Changes | None:
        self.asked.append((before, now))
        self.steps -= 1
        return Changes(seq=1, feeds=frozenset({FeedKey()})) if self.steps >= 0 else None


def test_what_entered_a_day_ago_is_let_go_step_by_step_until_nothing_is_left() -> None:
    shelf = Shelf(3)
    assert released(cast(Ledger, shelf), NOW, lambda _seconds: False) == 3
    assert shelf.asked == [(NOW - timedelta(hours=24), NOW)] * 4


def test_told_to_end_it_takes_no_further_step() -> None:
    shelf = Shelf(3)
    assert released(cast(Ledger, shelf), NOW, lambda _seconds: True) == 1
    assert len(shelf.asked) == 1
