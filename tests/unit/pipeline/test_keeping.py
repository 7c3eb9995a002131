"""Old articles go in steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import pytest

from feedsvc.pipeline.keeping import MOST, STEP, purged
from feedsvc.ports import Ledger

from .newsroom import NOW


@dataclass
class Shelf:
    """Holds so many old articles."""

    old: int
    asked: list[tuple[datetime, int]] = field(default_factory=list)

    def purge(self, before: datetime, limit: int, now: datetime) -> int:
        self.asked.append((before, limit))
        step = min(limit, self.old)
        self.old -= step
        return step


@pytest.mark.parametrize(("old", "steps", "left"), [(0, 1, 0), (STEP - 1, 1, 0), (STEP, 2, 0), (MOST + 5, 200, 5)])
def test_all_that_is_older_goes_in_steps_but_not_without_end(old: int, steps: int, left: int) -> None:
    shelf, waits = Shelf(old), list[float]()
    assert purged(cast(Ledger, shelf), timedelta(days=400), NOW, waits.append) == old - left
    assert shelf.asked == [(NOW - timedelta(days=400), STEP)] * steps
    assert len(waits) == steps - (left == 0)


def test_an_age_that_no_article_has_takes_out_nothing() -> None:
    shelf = Shelf(5)
    assert purged(cast(Ledger, shelf), timedelta.max, NOW) == 0
    assert shelf.asked == []
