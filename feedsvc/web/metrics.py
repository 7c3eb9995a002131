"""The service in numbers, as Prometheus reads them (text format 0.0.4); without names of anybody and of anything.

tally of the store, kept for seconds ─┐
traffic of this process ──────────────┴─► families ─► text

The names and labels here are public: docs/operating.md has them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric

from .. import __version__
from ..domain.passes import Outcome
from ..domain.rhythm import VerdictKind
from ..domain.status import Tally
from ..errors import StoreError
from ..ports import Clock
from .answer import Answer
from .policies import uncached
from .traffic import Counts, Traffic

_log = logging.getLogger(__name__)

KEPT = timedelta(seconds=5)
"""How long a tally stands, and that there was none: however many ask, the store is asked no more often."""
LATE = timedelta(seconds=60)
"""A source whose poll was due that long ago is late."""
NEVER = "never"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the store said when it was asked `at`, and when it had `told` that; `tally` is None for no answer."""

    at: datetime
    told: datetime
    tally: Tally | None


class Readings:
    """Asks the store, for many threads, and seldom."""

    def __init__(self, tally: Callable[[datetime], Tally], clock: Clock) -> None:
        self._tally = tally
        self._clock = clock
        self._last: Reading | None = None
        self._lock = Lock()

    def newest(self) -> Reading:
        """A reading that is not old."""
        with self._lock:
            now = self._clock()
            if self._last is None or not timedelta() <= now - self._last.told < KEPT:
                tally = self._ask(now)
                self._last = Reading(at=now, told=self._clock(), tally=tally)
            return self._last

    def _ask(self, now: datetime) -> Tally | None:
        try:
            return self._tally(now - LATE)
        except (StoreError, TimeoutError) as error:
            _log.warning("the store does not answer", extra={"error": str(error)})
            return None


class MetricsDesk:
    """Answers `/metrics`. A collector of a registry of its own: nothing that a library brings along is on the page."""

    def __init__(self, readings: Readings, counts: Counts) -> None:
        self._readings = readings
        self._counts = counts
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """What the registry asks of a collector."""
        yield from families(self._readings.newest(), self._counts.so_far())

    def answer(self) -> Answer:
        """The page; 200 also while the database is away, which it says."""
        body = generate_latest(self._registry)
        return Answer(200, (*uncached(CONTENT_TYPE_PLAIN_0_0_4), ("Content-Length", str(len(body)))), body)


def families(reading: Reading, traffic: Traffic) -> Iterator[Metric]:
    """Every number; those of the store are left out while it is away, since old ones would look like new ones."""
    build = GaugeMetricFamily("feedsvc_build_info", "The release that answers; always 1.", labels=["version"])
    build.add_metric([__version__], 1)
    yield build
    yield _gauge("feedsvc_database_up", "1 while the database answers, else 0.", reading.tally is not None)
    if reading.tally is not None:
        yield from _of_the_store(reading.at, reading.tally)
    yield from _of_traffic(traffic)


def _of_the_store(now: datetime, tally: Tally) -> Iterator[Metric]:
    if tally.heartbeat is not None:
        age = max(timedelta(), now - tally.heartbeat).total_seconds()
        yield _gauge("feedsvc_scheduler_last_tick_age_seconds", "Since a scheduler last showed itself.", age)
    by_outcome = GaugeMetricFamily(
        "feedsvc_sources", "Configured sources by how their last pass ended.", labels=["outcome"]
    )
    for outcome in (*Outcome, None):
        by_outcome.add_metric([outcome or NEVER], tally.sources.get(outcome, 0))
    yield by_outcome
    by_verdict = GaugeMetricFamily(
        "feedsvc_source_verdicts", "Configured sources by how they do, judged by their history.", labels=["verdict"]
    )
    for kind in VerdictKind:
        by_verdict.add_metric([kind], tally.verdicts.get(kind, 0))
    yield by_verdict
    yield _gauge("feedsvc_sources_due", f"Sources whose poll is more than {LATE.seconds} s overdue.", tally.late)
    yield _gauge("feedsvc_articles", "Articles that are published and not withdrawn.", tally.articles)


def _of_traffic(traffic: Traffic) -> Iterator[Metric]:
    answers = CounterMetricFamily(
        "feedsvc_feed_requests",
        "Requests for feeds, by the format and the status of the answer.",
        labels=["format", "status"],
    )
    for (form, status), number in sorted(traffic.answers.items()):
        answers.add_metric([form, status], number)
    yield answers
    sizes = CounterMetricFamily(
        "feedsvc_feed_response_bytes", "Bytes of the bodies of these answers, as sent.", labels=["format"]
    )
    for form, size in sorted(traffic.sizes.items()):
        sizes.add_metric([form], size)
    yield sizes
    whole = CounterMetricFamily(
        "feedsvc_feed_whole_answers",
        "Feeds that were sent whole, by whether the request had a condition that could have spared it.",
        labels=["format", "conditional"],
    )
    for (form, conditional), number in sorted(traffic.whole.items()):
        whole.add_metric([form, "yes" if conditional else "no"], number)
    yield whole


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)
