"""Invented newsrooms: when they publish, and what befalls their servers in a year. The same for the same seed."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY, HOUR = 86_400, 3_600
BEFORE, YEAR = 60 * DAY, 365 * DAY
"""Seconds of the past that a feed may still hold, and of the year, from START on."""

AROUND_THE_CLOCK = (2, 1, 1, 1, 2, 4, 8, 10, 11, 11, 10, 8, 6, 8, 10, 11, 10, 9, 8, 8, 7, 6, 4, 3)
OFFICE = (0, 0, 0, 0, 0, 0, 0, 3, 9, 10, 10, 6, 2, 8, 10, 9, 6, 0, 0, 0, 0, 0, 0, 0)
EVERY_DAY, HALF_WEEKENDS, WEEKDAYS = (1,) * 7, (1, 1, 1, 1, 1, 0.5, 0.5), (1, 1, 1, 1, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a newsroom publishes: a week, and how that lies over the hours of a day and the days of a week.

    `burst` is how many articles come together, within half an hour.
    """

    name: str
    weekly: float
    hours: Sequence[float] = AROUND_THE_CLOCK
    days: Sequence[float] = HALF_WEEKENDS
    burst: int = 1


HABITS = (
    Habit("1 a week", 1),
    Habit("1 a day", 7),
    Habit("10 a day", 70),
    Habit("50 a day", 350),
    Habit("200 a day", 1400),
    Habit("office hours, 20 a day", 100, OFFICE, WEEKDAYS),
    Habit("bursts of 12, twice a day", 168, AROUND_THE_CLOCK, EVERY_DAY, 12),
)


class End(StrEnum):
    """How a source dies: it answers as ever and has nothing new, says that it is gone, or answers no more."""

    FROZEN = "frozen"
    GONE = "gone"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Span:
    """From one second to another, the end not included."""

    start: int
    end: int

    def __contains__(self, second: int) -> bool:
        return self.start <= second < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsroom:
    """A source of the year: the seconds at which it published, and what happened to its server.

    In an outage there is no answer; a portal answers everything with a page of its own, and says that it is for good.
    `moved` is when a permanent redirect began; the old address answers until `left`.
    """

    id: str
    habit: Habit
    published: Sequence[int]
    outages: Sequence[Span]
    portals: Sequence[Span]
    moved: int | None = None
    left: int | None = None
    died: int | None = None
    end: End = End.FROZEN

    def seen_by(self, second: int) -> int:
        """How many articles it had published by then."""
        return bisect_right(self.published, second)

    def troubled(self, second: int) -> bool:
        """Whether its server cannot be had, or somebody else's page stands there."""
        return any(second in span for span in (*self.outages, *self.portals))


def newsrooms(number: int, seed: int = 20260301) -> Iterator[Newsroom]:
    """So many newsrooms, of every habit as many."""
    for place in range(number):
        chance = random.Random(seed * 100_003 + place)
        yield _newsroom(f"s-{place:03}", HABITS[place % len(HABITS)], chance)


def moment(second: int) -> datetime:
    """The time of a second of the year."""
    return START + timedelta(seconds=second)


def _newsroom(name: str, habit: Habit, chance: random.Random) -> Newsroom:
    died = chance.randrange(100 * DAY, YEAR - 45 * DAY) if chance.random() < 0.25 else None
    moved = chance.randrange(30 * DAY, YEAR - 100 * DAY) if chance.random() < 0.15 else None
    return Newsroom(
        id=name,
        habit=habit,
        published=tuple(second for second in _published(habit, chance) if died is None or second < died),
        outages=tuple(_spans(chance, 6, (10 * 60, 2 * DAY))),
        portals=tuple(_spans(chance, 2, (HOUR, DAY))),
        moved=moved,
        left=None if moved is None else moved + 60 * DAY,
        died=died,
        end=chance.choice(list(End)) if chance.random() < 0.5 else End.FROZEN,
    )


def _published(habit: Habit, chance: random.Random) -> list[int]:
    """A Poisson process whose rate is that of the hour of the day and of the day of the week."""
    whole = sum(habit.hours) * sum(habit.days)
    found: list[int] = []
    for hour in range(-BEFORE // HOUR, YEAR // HOUR):
        at = moment(hour * HOUR)
        rate = habit.weekly / habit.burst * habit.hours[at.hour] * habit.days[at.weekday()] / whole
        for _ in range(_poisson(chance, rate)):
            first = hour * HOUR + chance.randrange(HOUR)
            found += [first, *(first + chance.randrange(1800) for _ in range(habit.burst - 1))]
    return sorted(found)


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's way; the means are small."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def _spans(chance: random.Random, a_year: float, lengths: tuple[int, int]) -> Iterator[Span]:
    """Spans at random, their lengths spread evenly over the orders of magnitude."""
    second = 0.0
    while (second := second + chance.expovariate(a_year / YEAR)) < YEAR:
        low, high = map(math.log, lengths)
        yield Span(int(second), int(second + math.exp(chance.uniform(low, high))))
