"""Makes the documents that nobody asked for yet, so that they can be served while the database is away.

Those of the feeds that `/` lists, in every format, slowly and again and again: what did not change costs a question to
the store, and what readers ask for all the time is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread

from .feeds import FeedDesk
from .newsroom import Newsroom
from .representations import Place

BREATH = 0.1
"""Seconds between two documents: making one takes some hundredths."""
REST = 300.0
"""Seconds between two rounds."""


class Warming:
    """One thread over a desk, from `start` to `stop`."""

    def __init__(self, newsroom: Newsroom, desk: FeedDesk, wait: Callable[[float], bool] | None = None) -> None:
        self._newsroom = newsroom
        self._desk = desk
        self._over = Event()
        self._wait = wait or self._over.wait

    def start(self) -> None:
        """Begin, in a thread that ends with the process."""
        Thread(target=self.run, name="warming", daemon=True).start()

    def stop(self) -> None:
        """End with the document under way."""
        self._over.set()

    def run(self) -> None:
        """Go round until stopped."""
        while True:
            for place in self._places():
                with suppress(Exception):  # whoever asks for it is told
                    self._desk.keep(place)
                if self._wait(BREATH):
                    return
            if self._wait(REST):
                return

    def _places(self) -> Iterator[Place]:
        for listed in self._newsroom.contents.every():
            for form in self._newsroom.formats:
                yield listed.key, form
