"""Passes that tests hold and let go."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Lock

from feedsvc.domain.passes import Claim, Outcome, Pass
from feedsvc.domain.source import Cursor

from ...fakes.ledger import FakeLedger


def eventually(holds: Callable[[], object], seconds: float = 3.0) -> bool:
    """Whether it holds, sooner or later."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


class Work:
    """A `run_pass`: sources in `errors` raise, in `held` wait for `let_go`; all but those in `quiet` are stored."""

    def __init__(self, ledger: FakeLedger) -> None:
        self.errors: dict[str, Exception] = {}
        self.held: set[str] = set()
        self.quiet: set[str] = set()
        self.started: list[str] = []
        self.done: list[str] = []
        self._let_go = Event()
        self._ledger = ledger
        self._lock = Lock()

    def __call__(self, claim: Claim) -> Pass | None:
        with self._lock:
            self.started.append(claim.source)
        if claim.source in self.errors:
            raise self.errors[claim.source]
        if claim.source in self.held:
            self._let_go.wait(10)
        finished = Pass(
            claim=claim,
            outlet=claim.source,
            started=claim.until,
            outcome=Outcome.UNCHANGED,
            cursor=Cursor(),
            next_poll=claim.until + timedelta(days=1),
        )
        if claim.source in self.quiet:
            return finished
        if self._ledger.commit(finished).stored:
            with self._lock:
                self.done.append(claim.source)
        return None

    def let_go(self) -> None:
        """End all that is held."""
        self._let_go.set()
