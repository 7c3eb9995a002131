"""A reader whose records are orders: what a worker serves in the tests of its ends."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from feedsvc.domain.article import Draft
from feedsvc.domain.fetched import Fetched, Listing
from feedsvc.domain.record import Parsed, RawRecord, Rejection
from feedsvc.domain.source import Source
from feedsvc.errors import Unreadable
from feedsvc.running import worker

AT = datetime(2026, 3, 1, tzinfo=UTC)


def _spin() -> None:
    """Processor time within a C function that holds the interpreter's lock and never looks at signals."""
    re.match(r"(a+)+b", "a" * 64)


def _swell() -> None:
    kept = []
    while True:
        kept.append(bytes(64 * 1024 * 1024))


HOARD = 150 * 1024 * 1024
_hoard: list[bytes] = []


ORDERS: dict[str, Callable[[], object]] = {
    "spin": _spin,
    "swell": _swell,
    "hoard": lambda: _hoard.append(b"x" * HOARD),
    "crash": lambda: ctypes.string_at(0),
    "leave": lambda: os._exit(9),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "sleep": lambda: time.sleep(60),
    "print": lambda: sys.stdout.write("hello\n") and sys.stdout.flush(),
}


class Obedient:
    """Implements `ports.Reader`."""

    def parse(self, source: Source, answer: Fetched | Listing) -> Parsed:
        """Carry the body out, and say who did."""
        order = answer.body.decode() if isinstance(answer, Fetched) else ""
        if order == "refuse":
            raise Unreadable("it is refused")
        ORDERS.get(order, lambda: None)()
        return Parsed(cursor={"pid": os.getpid(), "order": order, "environment": " ".join(os.environ)})

    def understand(self, source: Source, records: Sequence[RawRecord], now: datetime) -> tuple[Draft | Rejection, ...]:
        """Carry the titles out."""
        return tuple(self._draft(str(record.title), record.key) for record in records)

    def _draft(self, order: str, key: str) -> Draft | Rejection:
        if order == "refuse":
            return Rejection(key, "it is refused")
        ORDERS.get(order, lambda: None)()
        return Draft(
            key=key, title=order, summary="", content=(), published=AT, dated_by="", language="vi", authors=("Ánh",)
        )


def obedient() -> Obedient:
    """The reader, in a worker that has little time, and ends with what it hoards."""
    worker.LARGEST = HOARD
    worker.PARSING = worker.UNDERSTANDING = 0.3
    return Obedient()
