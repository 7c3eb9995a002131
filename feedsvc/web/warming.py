"""Makes the documents that nobody asked for yet, so that they can be served while the database is away.

Those of the feeds that `/` lists, in every format, slowly and again and again: what did not change costs a question to
the store, and what readers ask for all the time is there already. Memory that is half full is left to these.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from threading import Event, Thread

from ..errors import StoreError
from .feeds import FeedDesk
from .newsroom import Newsroom
from .remembered import Place

_log = logging.getLogger(__name__)

BREATH = 0.1
"""Seconds between two documents: making one takes some hundredths."""
REST = 300.0
"""Seconds between two rounds."""
PATIENCE = 1.0
"""Seconds that one who leaves is waited for."""
AWAY = 5.0
"""Seconds until the next one where the store did not answer."""


class Warming:
    """One thread over a desk, from `start` to `stop`."""

    def __init__(self, newsroom: Newsroom, desk: FeedDesk, wait: Callable[[float], bool] | None = None) -> None:
        self._newsroom = newsroom
        self._desk = desk
        self._over = Event()
        self._thread: Thread | None = None
        self._wait = wait or self._over.wait

    def start(self) -> None:
        """Begin, in a thread that ends with the process."""
        self._thread = Thread(target=self.run, name="warming", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End with the document under way."""
        self._over.set()

    def leave(self) -> None:
        """Wait for that end, a while."""
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def run(self) -> None:
        """Go round until stopped."""
        while (rest := self._round()) is not None and not self._wait(rest):
            pass

    def _round(self) -> float | None:
        """Make what is missing; gives the seconds until the next round, None where it was stopped."""
        for place in self._places():
            if not self._desk.has_room():
                break
            try:
                self._desk.keep(place)
            except StoreError:
                return AWAY  # and so would all others fail
            except Exception as error:  # whoever asks for it is told
                _log.debug("a document could not be made: %s", error)
            if self._wait(BREATH):
                return None
        return REST

    def _places(self) -> Iterator[Place]:
        for form in self._newsroom.formats:
            for listed in self._newsroom.contents.every():
                yield listed.key, form
