"""Who holds a claim; and one that is held for as long as a pass takes, outside the scheduler."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from ..domain.passes import Claim
from ..errors import StoreError
from ..ports import Clock, Schedule

_log = logging.getLogger("feedsvc.scheduling")


def holder_name() -> str:
    """A name that no other scheduler process has, now or after a restart."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


@contextmanager
def held(schedule: Schedule, claim: Claim, clock: Clock, lease: timedelta) -> Iterator[None]:
    """Renew the claim every third of its lease while inside; a process that dies lets it expire."""
    over = Event()

    def renew() -> None:
        while not over.wait(lease.total_seconds() / 3):
            try:
                schedule.renew((claim,), clock(), lease)
            except StoreError as error:
                _log.warning("the claim of %s could not be renewed: %s", claim.source, error)

    thread = Thread(target=renew, name=f"claim {claim.source}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
