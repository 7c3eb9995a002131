"""The feeds: an address becomes a document, and the document an answer."""

from __future__ import annotations

import re
from contextlib import suppress

from ..domain.feed import FeedKey
from ..errors import StoreError, UnknownFeed
from .answer import Answer, Asked, gone, moved, respond
from .newsroom import Newsroom, feed_path
from .policies import open_policy
from .representations import Place, Representation, Representations, represent

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class FeedDesk:
    """Answers requests for feeds; it knows no framework, so that any server can stand in front of it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._finished = Representations(
            newsroom.shelf, self._make, since=newsroom.since, overtaken=newsroom.overtaken, crowd=newsroom.crowd
        )

    def answer(self, method: str, path: str, form: str, asked: Asked) -> Answer:
        """The answer for `/feeds/<path>.<form>`. Raises UnknownFeed, and StoreError where nothing can be served."""
        key, retirement = self._key(path, form), self._newsroom.retirement
        now_at = retirement.now_at(key)
        address = self._newsroom.address(feed_path(now_at or key, form))
        policy = open_policy(address, self._newsroom.max_age)
        if retirement.is_gone(key):
            return gone(method, self._farewell(key, form), policy)
        if now_at is not None:
            return moved(method, address, policy)
        return respond(method, asked, self._finished.of((key, form)), policy)

    def page(self, path: str, form: str) -> str | None:
        """The absolute address of a feed's page, None where the feed itself has moved. Raises UnknownFeed.

        It is there also while the store is away: what was made of it is served.
        """
        key = self._key(path, form)
        if self._newsroom.retirement.now_at(key) is not None:
            return None
        with suppress(StoreError):
            if self._newsroom.shelf.feed(key) is None:
                raise UnknownFeed(path)
        return self._newsroom.address(key.page)

    def keep(self, place: Place) -> None:
        """Have the document of a place ready, as of now. Raises whatever making it does."""
        self._newsroom.shelf.feed(place[0])  # away, nothing else is tried
        self._finished.of(place)

    def has_room(self) -> bool:
        """Whether documents may be kept that nobody asked for."""
        return self._finished.has_room()

    def _key(self, path: str, form: str) -> FeedKey:
        key = FeedKey.of(path)
        if key is None or form not in self._newsroom.formats or not _plausible(key):
            raise UnknownFeed(path)
        return key

    def _farewell(self, key: FeedKey, form: str) -> str:
        paths = (feed_path(heir, form) for heir in self._newsroom.retirement.heirs(key))
        return f"this feed has ended; follow {' and '.join(map(self._newsroom.address, paths))}"

    def _make(self, place: Place) -> Representation:
        key, form = place
        document = self._newsroom.formats[form].render(self._newsroom.feed_of(key))
        # RFC 9110 section 8.8.2.1: a Last-Modified must not lie in the future.
        modified = min(document.updated, self._newsroom.clock())
        return represent(document.media_type, document.body, modified)


def _plausible(key: FeedKey) -> bool:
    """Whether the slugs look like slugs: nothing else is worth a question to the store."""
    return all(_SLUG.fullmatch(slug) for slug in (key.topic, key.region, key.source) if slug is not None)
