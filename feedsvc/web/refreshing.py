"""Has what is hot follow the store: nobody who asks for a hot feed ever waits for the database.

every tenth of a second: what changed? ─► states ─► the documents of these feeds, made anew ─► hot
                              └─ the database is away: what is hot is served as it is
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from threading import Event, Thread
from time import monotonic

from ..domain.feed import FeedKey
from ..errors import StoreError
from .feeds import FeedDesk

_log = logging.getLogger(__name__)

EVERY = 0.1
"""Seconds between two looks."""
WITHIN = 0.5
"""Seconds that documents are made for in one look; what is not ready by then is made when it is asked for."""
AGAIN = 1.0
"""Seconds until what could not be made is tried again."""
PATIENCE = 1.0
"""Seconds that one who leaves is waited for."""
AT_A_TIME = 2
"""Bodies that are packed densely after a look without changes: each takes some thousandths of a second."""


class Refreshing:
    """One thread over a desk, from `start` to `stop`."""

    def __init__(self, desk: FeedDesk, wait: Callable[[float], bool] | None = None) -> None:
        self._desk = desk
        self._over = Event()
        self._thread: Thread | None = None
        self._wait = wait or self._over.wait
        self._again: dict[FeedKey, float] = {}
        self._away = False

    def start(self) -> None:
        """Begin, in a thread that ends with the process."""
        self._thread = Thread(target=self.run, name="refreshing", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End with the look under way."""
        self._over.set()

    def leave(self) -> None:
        """Wait for that end, a while."""
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def run(self) -> None:
        """Look until stopped."""
        while True:
            try:
                self.look(monotonic())
            except Exception:  # whatever it was, what changes next has to be noticed
                _log.exception("what is hot could not be renewed")
            if self._wait(EVERY):
                return

    def look(self, now: float) -> None:
        """One look, at a time of the monotonic clock."""
        try:
            changed = self._desk.states.look()
        except StoreError as error:
            self._tell_away(error)
            return
        self._away = False
        if changed and self._desk.states.are_all(changed):
            self._desk.start_anew()  # as after a backup was restored, whose versions may be those of other words
        due = changed | {key for key, at in self._again.items() if at <= now}
        if due:
            self._renew(due, now)
        else:
            self._desk.pack_densely(AT_A_TIME)

    def _renew(self, keys: Iterable[FeedKey], now: float) -> None:
        every = tuple(keys)
        self._again.update(dict.fromkeys(every, now))  # until that is done, whatever comes between
        waiting = self._desk.renew(every, WITHIN)
        for key in every:
            self._again.pop(key, None)
        self._again.update(dict.fromkeys(waiting, now + AGAIN))

    def _tell_away(self, error: StoreError) -> None:
        if not self._away:
            _log.warning("the store does not answer; what is hot is served as it is", extra={"error": str(error)})
        self._away = True
