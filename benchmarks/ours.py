"""Our side: the passes of the service, started by its scheduler's ticks, eight at once."""

from __future__ import annotations

import time
from functools import partial

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.domain.passes import Claim, Pass
from feedsvc.logs import configure_logs
from feedsvc.running.memory import collect_rarely, share_one_arena
from feedsvc.scheduling.limits import Limits
from feedsvc.scheduling.passes import Passes, RunPass
from feedsvc.scheduling.tick import Ticker

from .newsroom import WARM_UPS

LIMITS = Limits(a_host=Limits().places)
"""All sources are at one host, which the newsroom's configuration allows to be asked by every pass at once."""
PATIENCE = 600.0
"""Seconds for the passes of one tick."""


class Ours:
    """The service, warm: everything is loaded, and as many passes were made at once as will be."""

    def __init__(self, services: Services) -> None:
        configure_logs()
        share_one_arena()
        self._services = services
        self._run_pass = partial(bootstrap.run_pass, services)
        passes = Passes(self._warm_up, LIMITS)
        for claim in self._claims("warm-up", only=WARM_UPS):
            passes.start(claim)
        if not passes.finished(PATIENCE):
            raise TimeoutError("a warm-up hangs")
        collect_rarely()

    def poll(self) -> None:
        """Poll every source that is due, once, as the scheduler does: a pass that ends makes room for another."""
        polled = _Counted(self._run_pass)
        tick = Ticker(self._services.store, polled, self._services.clock, LIMITS)
        before = -1
        while before < polled.passes:
            before = polled.passes
            tick()
            tick.catch_up(time.monotonic() + PATIENCE)
            if not tick.passes.finished(PATIENCE):
                raise TimeoutError("a pass hangs")
            tick.end()

    def _warm_up(self, claim: Claim) -> None:
        quiet = self._run_pass(claim)
        if quiet is not None:
            self._services.store.end((quiet,))

    def close(self) -> None:
        """End what the services started."""
        self._services.close()

    def _claims(self, holder: str, only: frozenset[str] | None = None) -> tuple[Claim, ...]:
        now = self._services.clock()
        return self._services.store.claim(holder=holder, now=now, lease=LIMITS.lease, limit=LIMITS.places, only=only)


class InOneThread(Ours):
    """The same, for a profiler, which sees one thread of one process: its services read without workers."""

    def poll(self) -> None:
        """Poll every source that is due, one after the other, in this thread."""
        while claims := self._claims("profile"):
            quiet = [done for done in map(self._run_pass, claims) if done is not None]
            self._services.store.end(quiet)


class _Counted:
    """Counts the passes that it starts; the ticker runs them in threads, and a set takes from many at once."""

    def __init__(self, run: RunPass) -> None:
        self._run = run
        self._sources: set[str] = set()

    @property
    def passes(self) -> int:
        """How many sources were polled."""
        return len(self._sources)

    def __call__(self, claim: Claim) -> Pass | None:
        self._sources.add(claim.source)
        return self._run(claim)
