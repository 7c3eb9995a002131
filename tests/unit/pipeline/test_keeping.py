"""Old articles go in steps, and pictures that nothing shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import pytest

from feedsvc.pipeline.keeping import ARTICLES, MOST, MOST_PAGES, PAGES, WANTED, cleared, purged, shrunk
from feedsvc.ports import Ledger
from tests.fakes.media import FakeMedia

from .newsroom import NOW

DAYS = timedelta(days=400)


@dataclass
class Shelf:
    """Holds so many old articles, so many pages that it does not need, and the pictures that some article shows."""

    old: int = 0
    spare: int = 0
    shown: frozenset[str] = frozenset()
    a_step: float = 0.045
    """Seconds that each takes."""
    asked: list[tuple[datetime, int]] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    passed: float = 0

    def purge(self, before: datetime, limit: int, now: datetime) -> int:
        self.asked.append((before, limit))
        done = self._step(limit, self.old)
        self.old -= done
        return done

    def shrink(self, most: int) -> int:
        done = self._step(most, self.spare)
        self.spare -= done
        return done

    def unshown(self, pictures: Collection[str]) -> frozenset[str]:
        return frozenset(pictures) - self.shown

    def clock(self) -> float:
        return self.passed

    def _step(self, limit: int, there: int) -> int:
        self.limits.append(limit)
        self.passed += self.a_step
        return min(limit, there)


class Waits:
    """Waits for nothing; says to end after so many times."""

    def __init__(self, most: int = 10**9) -> None:
        self.count, self._most = 0, most

    def __call__(self, seconds: float) -> bool:
        self.count += 1
        return self.count >= self._most


def take_out(shelf: Shelf, waits: Waits | None = None) -> int:
    """What is older than `DAYS` goes."""
    return purged(cast(Ledger, shelf), DAYS, NOW, waits or Waits(), shelf.clock)


def give_back(shelf: Shelf, waits: Waits | None = None) -> int:
    """What is not needed goes back."""
    return shrunk(cast(Ledger, shelf), waits or Waits(), shelf.clock)


STEP = ARTICLES.size


@pytest.mark.parametrize(
    ("old", "steps", "left"), [(0, 1, 0), (STEP - 1, 1, 0), (STEP, 2, 0), (MOST + 5, MOST // STEP, 5)]
)
def test_all_that_is_older_goes_in_steps_but_not_without_end(old: int, steps: int, left: int) -> None:
    shelf, waits = Shelf(old), Waits()
    assert take_out(shelf, waits) == old - left
    assert shelf.asked == [(NOW - DAYS, STEP)] * steps
    assert waits.count == steps - (left == 0)


def test_told_to_end_it_takes_no_further_step() -> None:
    assert take_out(Shelf(10 * STEP), Waits(2)) == 2 * STEP


@pytest.mark.parametrize(("a_step", "limit"), [(0.001, ARTICLES.most), (0.2, ARTICLES.least)])
def test_steps_become_as_large_as_nobody_has_to_wait_for(a_step: float, limit: int) -> None:
    shelf = Shelf(1000, a_step=a_step)
    assert take_out(shelf, Waits(60)) in (1000, sum(shelf.limits))
    assert shelf.limits[0] == STEP
    assert limit in shelf.limits


def test_the_wait_between_two_steps_makes_none_of_them_long() -> None:
    shelf = Shelf(5 * STEP)

    def wait(seconds: float) -> bool:
        shelf.passed += 10
        return False

    purged(cast(Ledger, shelf), DAYS, NOW, wait, shelf.clock)
    assert set(shelf.limits) == {STEP}


@pytest.mark.parametrize(("spare", "left"), [(0, 0), (3 * PAGES.size + 1, 0), (MOST_PAGES + 7, 7)])
def test_what_is_not_needed_is_given_back_in_steps_but_not_without_end(spare: int, left: int) -> None:
    shelf = Shelf(spare=spare)
    assert give_back(shelf) == spare - left
    assert set(shelf.limits) == {PAGES.size}


def test_an_age_that_no_article_has_takes_out_nothing() -> None:
    shelf = Shelf(5)
    assert purged(cast(Ledger, shelf), timedelta.max, NOW, Waits(), shelf.clock) == 0
    assert shelf.asked == []


def test_pictures_go_that_no_article_shows() -> None:
    media = FakeMedia()
    digests = [media.keep(f"{number}.jpg", bytes([number])).address.split("/")[2] for number in range(9)]
    shelf = Shelf(shown=frozenset(digests[:6]))
    assert cleared(cast(Ledger, shelf), media, NOW, Waits()) == 3
    assert media.forgotten == [(digest, NOW - WANTED) for digest in sorted(digests[6:])]
