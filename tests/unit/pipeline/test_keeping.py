"""Old articles go in steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import pytest

from feedsvc.domain.passes import Purged
from feedsvc.pipeline.keeping import MOST, STEP, WANTED, purged
from feedsvc.ports import Ledger
from tests.fakes.media import FakeMedia

from .newsroom import NOW


@dataclass
class Shelf:
    """Holds so many old articles."""

    old: int
    asked: list[tuple[datetime, int]] = field(default_factory=list)

    def purge(self, before: datetime, limit: int, now: datetime) -> Purged:
        self.asked.append((before, limit))
        step = min(limit, self.old)
        self.old -= step
        return Purged(step, ("digest",) if step else ())


@pytest.mark.parametrize(("old", "steps", "left"), [(0, 1, 0), (STEP - 1, 1, 0), (STEP, 2, 0), (MOST + 5, 200, 5)])
def test_all_that_is_older_goes_in_steps_but_not_without_end(old: int, steps: int, left: int) -> None:
    shelf, waits = Shelf(old), list[float]()
    media = FakeMedia()
    assert purged(cast(Ledger, shelf), media, timedelta(days=400), NOW, waits.append) == old - left
    assert set(media.forgotten) == ({("digest", NOW - WANTED)} if old else set())
    assert shelf.asked == [(NOW - timedelta(days=400), STEP)] * steps
    assert len(waits) == steps - (left == 0)


def test_an_age_that_no_article_has_takes_out_nothing() -> None:
    shelf = Shelf(5)
    assert purged(cast(Ledger, shelf), FakeMedia(), timedelta.max, NOW) == 0
    assert shelf.asked == []
