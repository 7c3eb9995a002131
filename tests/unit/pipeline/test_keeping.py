"""Old articles go in steps, and pictures that nothing shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import pytest

from feedsvc.pipeline.keeping import MOST, STEP, WANTED, cleared, purged
from feedsvc.ports import Ledger
from tests.fakes.media import FakeMedia

from .newsroom import NOW

DAYS = timedelta(days=400)


@dataclass
class Shelf:
    """Holds so many old articles, and the pictures that some article shows."""

    old: int = 0
    shown: frozenset[str] = frozenset()
    asked: list[tuple[datetime, int]] = field(default_factory=list)

    def purge(self, before: datetime, limit: int, now: datetime) -> int:
        self.asked.append((before, limit))
        step = min(limit, self.old)
        self.old -= step
        return step

    def unshown(self, pictures: Collection[str]) -> frozenset[str]:
        return frozenset(pictures) - self.shown


class Waits:
    """Waits for nothing; says to end after so many times."""

    def __init__(self, most: int = 10**9) -> None:
        self.count, self._most = 0, most

    def __call__(self, seconds: float) -> bool:
        self.count += 1
        return self.count >= self._most


@pytest.mark.parametrize(("old", "steps", "left"), [(0, 1, 0), (STEP - 1, 1, 0), (STEP, 2, 0), (MOST + 5, 200, 5)])
def test_all_that_is_older_goes_in_steps_but_not_without_end(old: int, steps: int, left: int) -> None:
    shelf, waits = Shelf(old), Waits()
    assert purged(cast(Ledger, shelf), DAYS, NOW, waits) == old - left
    assert shelf.asked == [(NOW - DAYS, STEP)] * steps
    assert waits.count == steps - (left == 0)


def test_told_to_end_it_takes_no_further_step() -> None:
    shelf = Shelf(10 * STEP)
    assert purged(cast(Ledger, shelf), DAYS, NOW, Waits(2)) == 2 * STEP


def test_an_age_that_no_article_has_takes_out_nothing() -> None:
    shelf = Shelf(5)
    assert purged(cast(Ledger, shelf), timedelta.max, NOW, Waits()) == 0
    assert shelf.asked == []


def test_pictures_go_that_no_article_shows() -> None:
    media = FakeMedia()
    digests = [media.keep(f"{number}.jpg", bytes([number])).address.split("/")[2] for number in range(9)]
    shelf = Shelf(shown=frozenset(digests[:6]))
    assert cleared(cast(Ledger, shelf), media, NOW, Waits()) == 3
    assert media.forgotten == [(digest, NOW - WANTED) for digest in sorted(digests[6:])]
