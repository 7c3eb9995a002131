"""How often, how many and how long: the numbers of the scheduler in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The scheduler's numbers.

    `places` is how many passes run at once, `kept` how many of them are kept for sources that did well last time:
    however many others hang until their time is over, honest ones are polled when they are due. Of one host, `a_host`
    sources are polled at a time, by however many schedulers. A claim is held for
    `lease` and renewed while its pass runs, until `deadline`: then the pass counts as hung, and its place is free for
    others. After a crash a source waits `backoff`, twice as long after each further one, at most `backoff_limit`.
    """

    tick: timedelta = timedelta(seconds=1)
    upkeep: timedelta = timedelta(minutes=1)
    places: int = 8
    kept: int = 2
    a_host: int = 2
    lease: timedelta = timedelta(seconds=30)
    deadline: timedelta = timedelta(minutes=5)
    backoff: timedelta = timedelta(seconds=30)
    backoff_limit: timedelta = timedelta(minutes=10)

    @property
    def doubtful(self) -> int:
        """How many passes may run at once over sources that have not succeeded yet, or failed last time."""
        return max(1, self.places - self.kept)

    def wait(self, failures: int) -> timedelta:
        """How long a source rests after so many crashes in a row, the last one included."""
        return min(self.backoff * (1 << min(failures - 1, 20)), self.backoff_limit)
