"""What a publication, a claim and a start cost, in stores that differ in one thing: articles, sources or feeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from feedsvc.bootstrap import Services
from feedsvc.domain.passes import Claim, Pass

from .asking import NEWEST
from .ingesting import BEGIN, LEASE, Ingesting, timed
from .newsroom import GrowingNewsroom
from .starting import served

STARTS = 3
AFTER_ALL = BEGIN + timedelta(days=365 * 30)
"""By then every source is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One store, and what each cost there: milliseconds of CPU, and seconds of CPU until the first feed was served."""

    number: int
    publication: float
    claim: float
    start: float


@dataclass(frozen=True, slots=True)
class Series:
    """Stores that differ in the number of `what` they hold, the smallest first."""

    what: str
    steps: Sequence[Step]


def series(what: str, rooms: Sequence[tuple[int, GrowingNewsroom]], rounds: int, say: Callable[[str], None]) -> Series:
    """Measure each, in turn, round by round."""
    with ExitStack() as stack:
        every = [stack.enter_context(closing(room.services())) for _, room in rooms]
        ingesting = [Ingesting(services) for services in every]
        costs: list[list[tuple[float, float]]] = [[] for _ in rooms]
        for number in range(-1, rounds):  # the first round warms up
            for place, one in enumerate(ingesting):
                cost = _published(one), _claimed(one.services)
                if number >= 0:
                    costs[place].append(cost)
    starts: list[list[float]] = [[] for _ in rooms]
    for _ in range(min(rounds, STARTS)):
        for place, (_, room) in enumerate(rooms):
            starts[place].append(served(room).cpu)
    say(f"{what}: {', '.join(f'{number:,}' for number, _ in rooms)}")
    measured = zip(rooms, costs, starts, strict=True)
    return Series(what, [_step(number, cost, start) for (number, _), cost, start in measured])


def _step(number: int, costs: Sequence[tuple[float, float]], starts: Sequence[float]) -> Step:
    publications, claims = zip(*costs, strict=True)
    return Step(number=number, publication=median(publications), claim=median(claims), start=median(starts))


def _published(ingesting: Ingesting) -> float:
    """Milliseconds of CPU: one new article is stored, and each of its feeds asked for what it shows."""
    store, done = ingesting.services.store, ingesting.published()

    def publish(done: Pass) -> None:
        for key in store.commit(done).feeds:
            store.shown(key, NEWEST)

    return timed(lambda: publish(done)).cpu * 1e3


def _claimed(services: Services) -> float:
    """Milliseconds of CPU: one source is claimed, while all are due."""
    store = services.store
    claims: list[Claim] = []
    cost = timed(lambda: claims.extend(store.claim(holder="bench", now=AFTER_ALL, lease=LEASE, limit=1))).cpu * 1e3
    store.give_back(claims)
    return cost
