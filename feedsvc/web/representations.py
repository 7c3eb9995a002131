"""Finished documents: made once, when a feed changes, shared by all who ask, and kept until it changes again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic

from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from ..errors import StoreError, UnknownFeed
from .crowd import Crowd
from .remembered import Made, Place, Remembered, T
from .states import FeedStates

_log = logging.getLogger(__name__)

_PATIENCE = 30.0  # seconds that a request waits for a document that another one is making
_BUDGET = 16 * 1024 * 1024
_OVERLAP = timedelta(minutes=1)
"""Around a change of the configuration, documents of one state of a feed may have been made with either."""


def _nothing(_place: Place, _one: object, _instead: object) -> None:
    pass


class Representations(Generic[T]):
    """The finished documents of all feeds, for many threads.

    `make` makes one, told whether its date alone tells it from the one before; it may raise UnknownFeed. `gone` is told
    of each that is kept no more, and of what takes its place, before that can become another. `since` is when they took
    the place of others, made with another configuration. While they are `overtaken` by one, what was made is not made
    anew, and nothing is kept: it might be half of either. Whoever asks for what has yet to be made is one of the
    `crowd`.
    """

    def __init__(
        self,
        states: FeedStates,
        make: Callable[[Place, bool], T],
        budget: int = _BUDGET,
        since: datetime | None = None,
        overtaken: Callable[[], bool] = bool,
        crowd: Crowd | None = None,
        gone: Callable[[Place, T, Made[T] | None], None] = _nothing,
    ) -> None:
        self._states = states
        self._make = make
        self._since = since
        self._overtaken = overtaken
        self._crowd = crowd or Crowd()
        self._memory = Remembered(budget, gone)
        self._underway: dict[tuple[Place, FeedState], Future[T]] = {}
        self._lock = Lock()

    def of(self, place: Place) -> T:
        """The document as of the feed's last change. Raises UnknownFeed; StoreError and Overloaded where none was
        ever made.

        When the store is away or the new document cannot be made, or not now, the last good one is served (RFC 5861
        section 4): a feed never gets worse because of us.
        """
        key, _ = place
        try:
            state = self._states.of(key)
        except StoreError as error:
            return self._last_good(place, error)
        if state is None:
            self.forget(place)
            raise UnknownFeed(key.path)
        try:
            return self._current(place, state)
        except UnknownFeed:
            raise
        except Exception as error:
            return self._last_good(place, error)

    def renew(self, place: Place) -> T | None:
        """The document as of now, for whoever sees to it that it is there before it is asked for; also kept.

        None where it is not to be made now, and the one before has to do. Raises UnknownFeed, and whatever making it
        raises.
        """
        state = self._states.of(place[0])
        if state is None:
            self.forget(place)
            raise UnknownFeed(place[0].path)
        with self._lock:
            before = self._memory.kept.get(place)
        if before is not None and before.state == state:
            return before.one
        made = self._awaited(place, state)
        return None if before is not None and made is before.one else made

    def known(self, key: FeedKey, forms: Mapping[str, object]) -> list[tuple[Place, T]]:
        """What is kept of a feed, in the formats of these names."""
        with self._lock:
            found = ((place, self._memory.kept.get(place)) for place in ((key, form) for form in forms))
            return [(place, made.one) for place, made in found if made is not None]

    def has_room(self, part: float) -> bool:
        """Whether less than a part of the budget is taken."""
        with self._lock:
            return self._memory.size < part * self._memory.budget

    def confirm(self, place: Place, one: T, then: Callable[[], None]) -> None:
        """Do something where a document is kept and as of its feed's last change, before it can become another."""
        with self._lock:
            kept = self._memory.kept.get(place)
            if kept is not None and kept.one is one and kept.state == self._states.known(place[0]):
                then()

    def forget(self, place: Place) -> None:
        """Keep a document no more."""
        with self._lock:
            self._memory.forget(place)

    def _current(self, place: Place, state: FeedState) -> T:
        with self._lock:
            kept = self._memory.recall(place)
        if kept is not None and kept.state == state:
            return kept.one
        with self._crowd.place():
            return self._awaited(place, state)

    def _awaited(self, place: Place, state: FeedState) -> T:
        """The document as somebody makes it, us or another one; it may be there by now."""
        with self._lock:
            kept = self._memory.recall(place)
            if kept is not None and kept.state == state:
                return kept.one
            work = self._underway.get((place, state))
            first = work is None
            if work is None:
                work = self._underway[place, state] = Future()
        if first:
            self._carry_out(place, state, work, None if kept is None else kept.one)
        return work.result(_PATIENCE)

    def _carry_out(self, place: Place, state: FeedState, work: Future[T], before: T | None) -> None:
        """Make the document and hand it, or the failure, to everyone who waits; or the one `before`, see above."""
        try:
            made, whole = self._made(place, state, before)
        except BaseException as error:
            with self._lock:
                del self._underway[place, state]
            work.set_exception(error)
        else:
            with self._lock:
                if whole:
                    self._memory.keep(place, state, made)
                del self._underway[place, state]
            work.set_result(made)

    def _made(self, place: Place, state: FeedState, before: T | None) -> tuple[T, bool]:
        """The document, and whether it is whole: one that is made while a configuration takes effect may be half."""
        if before is not None and self._overtaken():
            return before, False
        made = self._make(place, not state.shared_second and not self._overlaps(state))
        return (before or made, False) if self._overtaken() else (made, True)

    def _overlaps(self, state: FeedState) -> bool:
        return self._since is not None and abs(state.changed_at - self._since) <= _OVERLAP

    def _last_good(self, place: Place, error: Exception) -> T:
        with self._lock:
            kept = self._memory.recall(place)
        if kept is None:
            raise error
        key, form = place
        _log.warning("the last good document is served", extra={"feed": key.path, "format": form, "error": str(error)})
        return kept.one
