"""Finished documents: compressed and hashed once, when a feed changes, and kept until it changes again."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from ..domain.feed import FeedKey
from ..domain.passes import FeedState
from ..errors import StoreError, UnknownFeed
from ..ports import FeedShelf
from .codings import LASTING, Effort, coded
from .crowd import Crowd
from .negotiation import IDENTITY

_log = logging.getLogger(__name__)

_PATIENCE = 30.0  # seconds that a request waits for a document that another one is making
ROOM = 0.5
"""The part of the budget that documents may take up that nobody asked for."""
_BUDGET = 64 * 1024 * 1024
_OVERLAP = timedelta(minutes=1)
"""Around a change of the configuration, documents of one state of a feed may have been made with either."""

Place = tuple[FeedKey, str]
"""A feed and the name of a format."""


@dataclass(frozen=True, slots=True)
class Representation:
    """A document in every coding that it is offered in, the preferred one first (RFC 9110 section 8).

    `tag` is the opaque part of its strong entity tags; `modified` is in whole seconds, UTC. One that is not
    `dated_apart` may have the second of the version before it, so that only its tag tells them apart.
    """

    media_type: str
    bodies: Mapping[str, bytes]
    tag: str
    modified: datetime | None = None
    dated_apart: bool = True

    def etag(self, coding: str) -> str:
        """The strong tag of one coding: they differ, since the bytes do (RFC 9110 section 8.8.3.3)."""
        return f'"{self.tag}"' if coding == IDENTITY else f'"{self.tag}-{coding}"'

    @property
    def size(self) -> int:
        return sum(len(body) for body in self.bodies.values())


def represent(
    media_type: str, body: bytes, modified: datetime | None = None, effort: Effort = LASTING
) -> Representation:
    """The body in every coding, and its tag, which follows from the bytes alone."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    whole = modified.replace(microsecond=0) if modified else None
    return Representation(media_type, coded(body, effort), tag, whole)


@dataclass(frozen=True, slots=True)
class _Kept:
    state: FeedState
    representation: Representation


@dataclass(slots=True)
class _Memory:
    """The least recently used go first when the bytes exceed the budget."""

    budget: int
    kept: OrderedDict[Place, _Kept] = field(default_factory=OrderedDict)
    size: int = 0

    def recall(self, place: Place) -> _Kept | None:
        kept = self.kept.get(place)
        if kept is not None:
            self.kept.move_to_end(place)
        return kept

    def keep(self, place: Place, kept: _Kept) -> None:
        self.forget(place)
        self.kept[place] = kept
        self.size += kept.representation.size
        while self.size > self.budget:
            self.forget(next(iter(self.kept)))

    def forget(self, place: Place) -> None:
        kept = self.kept.pop(place, None)
        self.size -= kept.representation.size if kept is not None else 0


class Representations:
    """The finished documents of all feeds, for many threads; `make` makes one and may raise UnknownFeed.

    `since` is when they took the place of others, made with another configuration. While they are `overtaken` by one,
    what was made is not made anew, and nothing is kept: it might be half of either. Whoever asks for what has yet to be
    made is one of the `crowd`.
    """

    def __init__(
        self,
        shelf: FeedShelf,
        make: Callable[[Place], Representation],
        budget: int = _BUDGET,
        since: datetime | None = None,
        overtaken: Callable[[], bool] = bool,
        crowd: Crowd | None = None,
    ) -> None:
        self._shelf = shelf
        self._make = make
        self._since = since
        self._overtaken = overtaken
        self._crowd = crowd or Crowd()
        self._memory = _Memory(budget)
        self._underway: dict[tuple[Place, FeedState], Future[Representation]] = {}
        self._lock = Lock()

    def of(self, place: Place) -> Representation:
        """The document as of the feed's last change. Raises UnknownFeed; StoreError and Overloaded where none was
        ever made.

        When the store is away or the new document cannot be made, or not now, the last good one is served (RFC 5861
        section 4): a feed never gets worse because of us.
        """
        key, _ = place
        try:
            state = self._shelf.feed(key)
        except StoreError as error:
            return self._last_good(place, error)
        if state is None:
            self._forget(place)
            raise UnknownFeed(key.path)
        try:
            return self._current(place, state)
        except UnknownFeed:
            raise
        except Exception as error:
            return self._last_good(place, error)

    def has_room(self) -> bool:
        """Whether there is room for documents that nobody asked for."""
        with self._lock:
            return self._memory.size < ROOM * self._memory.budget

    def _current(self, place: Place, state: FeedState) -> Representation:
        with self._lock:
            kept = self._memory.recall(place)
        if kept is not None and kept.state == state:
            return kept.representation
        with self._crowd.place():
            return self._awaited(place, state)

    def _awaited(self, place: Place, state: FeedState) -> Representation:
        """The document as somebody makes it, us or another one; it may be there by now."""
        with self._lock:
            kept = self._memory.recall(place)
            if kept is not None and kept.state == state:
                return kept.representation
            work = self._underway.get((place, state))
            first = work is None
            if work is None:
                work = self._underway[place, state] = Future()
        if first:
            self._carry_out(place, state, work, None if kept is None else kept.representation)
        return work.result(_PATIENCE)

    def _carry_out(
        self, place: Place, state: FeedState, work: Future[Representation], before: Representation | None
    ) -> None:
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
                    self._memory.keep(place, _Kept(state, made))
                del self._underway[place, state]
            work.set_result(made)

    def _made(self, place: Place, state: FeedState, before: Representation | None) -> tuple[Representation, bool]:
        """The document, and whether it is whole: one that is made while a configuration takes effect may be half."""
        if before is not None and self._overtaken():
            return before, False
        made = replace(self._make(place), dated_apart=not state.shared_second and not self._overlaps(state))
        return (before or made, False) if self._overtaken() else (made, True)

    def _overlaps(self, state: FeedState) -> bool:
        return self._since is not None and abs(state.changed_at - self._since) <= _OVERLAP

    def _last_good(self, place: Place, error: Exception) -> Representation:
        with self._lock:
            kept = self._memory.recall(place)
        if kept is None:
            raise error
        key, form = place
        _log.warning("the last good document is served", extra={"feed": key.path, "format": form, "error": str(error)})
        return kept.representation

    def _forget(self, place: Place) -> None:
        with self._lock:
            self._memory.forget(place)
