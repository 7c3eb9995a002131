"""The feeds: an address becomes a document, and the document an answer."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from time import monotonic
from typing import Protocol

from ..domain.feed import FeedKey
from ..errors import Overloaded, StoreError, UnknownFeed
from .answer import Answer, Asked, Closed, gone, moved
from .bodies import Bodies
from .documents import FeedDocument, LetGo
from .negotiation import IDENTITY
from .newsroom import Newsroom, feed_path
from .offers import Offer
from .policies import open_policy
from .remembered import Made, Place
from .representations import Representations
from .states import FeedStates

_log = logging.getLogger(__name__)
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

HALF = 0.5
"""The part of the memory that documents may take up that nobody asked for."""
OFTEN = 32
"""Times that a document is asked for before it is worth packing densely."""


class Resource(Protocol):
    """What answers at an address."""

    def answer(self, method: str, asked: Asked) -> Answer:
        """The answer to a GET or HEAD."""


class FeedDesk:
    """Answers requests for feeds; it knows no framework, so that any server can stand in front of it.

    `hot` are the offers by path, `/feeds/…`, that are as of the last change of their feeds: whoever finds one there
    need not ask for anything else. There are some once somebody follows the `states`.
    """

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self.states = FeedStates(newsroom.shelf)
        self.hot: dict[str, Offer] = {}
        self._bodies = Bodies(newsroom.budget.bodies)
        self._finished: Representations[Offer] = Representations(
            self.states,
            self._make,
            newsroom.budget.documents,
            since=newsroom.since,
            overtaken=newsroom.overtaken,
            crowd=newsroom.crowd,
            gone=self._gone,
        )

    def answer(self, method: str, path: str, form: str, asked: Asked) -> Answer:
        """The answer for `/feeds/<path>.<form>`. Raises UnknownFeed, and StoreError where nothing can be served."""
        for _ in range(3):
            try:
                return self.at(path, form).answer(method, asked)
            except LetGo:
                self._finished.forget((self._key(path, form), form))
        raise Overloaded

    def at(self, path: str, form: str) -> Resource:
        """What answers at `/feeds/<path>.<form>`. Raises as `answer` does."""
        key, retirement = self._key(path, form), self._newsroom.retirement
        now_at = retirement.now_at(key)
        address = self._newsroom.address(feed_path(now_at or key, form))
        policy = open_policy(address, self._newsroom.max_age)
        if retirement.is_gone(key):
            farewell = self._farewell(key, form)
            return Closed(lambda method: gone(method, farewell, policy))
        if now_at is not None:
            return Closed(lambda method: moved(method, address, policy))
        offer = self._finished.of((key, form))
        self._heat((key, form), offer)
        return offer

    def page(self, path: str, form: str) -> str | None:
        """The absolute address of a feed's page, None where the feed itself has moved. Raises UnknownFeed.

        It is there also while the store is away: what was made of it is served.
        """
        key = self._key(path, form)
        if self._newsroom.retirement.now_at(key) is not None:
            return None
        try:
            if self.states.of(key) is None:
                raise UnknownFeed(path)
        except StoreError:
            _log.debug("nobody knows whether there is a feed %s", path)
        return self._newsroom.address(key.page)

    def keep(self, place: Place) -> None:
        """Have the document of a place ready, as of now. Raises whatever making it does."""
        self._newsroom.shelf.feed(place[0])  # away, nothing else is tried
        self._finished.of(place)

    def has_room(self) -> bool:
        """Whether documents may be kept that nobody asked for."""
        return self._finished.has_room(HALF) and self._bodies.full < HALF

    def renew(self, keys: Iterable[FeedKey], within: float) -> frozenset[FeedKey]:
        """Bring the hot documents of changed feeds up to date, what is asked for most first.

        What is not ready within so many seconds is hot no more: it is made when it is asked for. Returns the feeds of
        which what was there before has to do for now.
        """
        until = monotonic() + within
        changed = [found for key in keys for found in self._finished.known(key, self._newsroom.formats)]
        waiting = set[FeedKey]()
        for place, before in sorted(changed, key=lambda one: -one[1].asked):
            if not before.asked or monotonic() > until:
                self.hot.pop(_address(place), None)
            elif not self._renewed(place):
                waiting.add(place[0])
        return frozenset(waiting)

    def start_anew(self) -> None:
        """Trust nothing that was written before."""
        self._newsroom.forget()

    def pack_densely(self, most: int) -> None:
        """Pack so many bodies anew, for less to send, of documents that are asked for often."""
        for offer, coding in self._bodies.often_asked(OFTEN):
            document = offer.representation
            if most and isinstance(document, FeedDocument) and document.densely(coding):
                most -= 1
                try:
                    offer.prepare(coding)
                except LetGo:
                    self._bodies.forget(offer)

    def _renewed(self, place: Place) -> bool:
        """Whether a document is as of now, or its feed is none any more."""
        try:
            offer = self._finished.renew(place)
            if offer is None:
                return False
        except UnknownFeed:
            return True
        except Exception as error:
            _log.debug("a document could not be renewed: %s", error)
            return False
        self._heat(place, offer)
        return True

    def _heat(self, place: Place, offer: Offer) -> None:
        if self.states.followed:
            self._finished.confirm(place, offer, lambda: self.hot.__setitem__(_address(place), offer))

    def _gone(self, place: Place, offer: Offer, instead: Made[Offer] | None) -> None:
        """What takes the place of a hot document is hot at once: between the two, all who ask would come for it."""
        address = _address(place)
        if self.hot.get(address) is offer:
            if instead is not None and instead.state == self.states.known(place[0]):
                self.hot[address] = instead.one
            else:
                self.hot.pop(address, None)
        self._bodies.forget(offer)

    def _key(self, path: str, form: str) -> FeedKey:
        key = FeedKey.of(path)
        if key is None or form not in self._newsroom.formats or not _plausible(key):
            raise UnknownFeed(path)
        return key

    def _farewell(self, key: FeedKey, form: str) -> str:
        paths = (feed_path(heir, form) for heir in self._newsroom.retirement.heirs(key))
        return f"this feed has ended; follow {' and '.join(map(self._newsroom.address, paths))}"

    def _make(self, place: Place, dated_apart: bool) -> Offer:
        key, form = place
        one, body = self._newsroom.join(key, form)
        # RFC 9110 section 8.8.2.1: a Last-Modified must not lie in the future.
        modified = min(one.updated, self._newsroom.clock()).replace(microsecond=0)
        policy = open_policy(self._newsroom.address(feed_path(key, form)), self._newsroom.max_age)
        offer = Offer(FeedDocument(one, self._newsroom.bytes_of, modified, dated_apart), policy, self._bodies.made)
        offer.prepare(IDENTITY, body)
        before = self.hot.get(_address(place))
        for coding in () if before is None else tuple(before.whole):
            if coding not in offer.whole:
                offer.prepare(coding)
        return offer


def _address(place: Place) -> str:
    return feed_path(*place)


def _plausible(key: FeedKey) -> bool:
    """Whether the slugs look like slugs: nothing else is worth a question to the store."""
    return all(_SLUG.fullmatch(slug) for slug in (key.topic, key.region, key.source) if slug is not None)
