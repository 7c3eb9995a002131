"""Questions of a store: the newest 50 of a topic in a region, of pairs popular and rare, each asked once while warm."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.storage.store import Store

from .newsroom import SEED

NEWEST = 50

Question = Callable[[FeedKey], Sequence[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Milliseconds of each question, by the clock and of this thread's CPU; and how many articles were found in all."""

    wall: Sequence[float]
    cpu: Sequence[float]
    found: int


def pairs(taxonomy: Taxonomy, number: int) -> list[FeedKey]:
    """Topics in regions, all alike likely."""
    chance = random.Random(SEED)
    topics, regions = list(taxonomy.topics), list(taxonomy.regions)
    return [FeedKey(topic=chance.choice(topics), region=chance.choice(regions)) for _ in range(number)]


def by_name(store: Store) -> Question:
    """What a publication asks, since it keeps what it made of articles: which they are, and in which version."""
    return lambda key: store.shown(key, NEWEST)


def whole(store: Store) -> Question:
    """The same with everything that is stored of the articles, read and understood."""
    return lambda key: store.newest(key, NEWEST)


def asked(question: Question, keys: Iterable[FeedKey]) -> Asked:
    """Ask each once, after all have been asked once."""
    every = list(keys)
    for key in every:
        question(key)
    wall, cpu, found = [], [], 0
    for key in every:
        began, spent = time.perf_counter(), time.thread_time()
        found += len(question(key))
        cpu.append((time.thread_time() - spent) * 1e3)
        wall.append((time.perf_counter() - began) * 1e3)
    return Asked(wall=wall, cpu=cpu, found=found)


def percentile(values: Sequence[float], of: float) -> float:
    """The value that so large a part of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * of))]
