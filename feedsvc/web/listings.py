"""The pages of feeds: what is new in each, where to follow it, and what lies near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..domain.feed import Category, Entry, Feed, FeedKey
from ..errors import UnknownFeed
from .answer import Answer, Asked, moved
from .newsroom import Listed, Newsroom
from .offers import respond
from .paper import HTML, Paper, notice_answer, web_address
from .policies import PAGE
from .remembered import Place
from .representations import Representations
from .states import FeedStates
from .wholes import Whole, represent

_FORM = "html"


@dataclass(frozen=True, slots=True)
class Item:
    """An article in a list: the entry, its address if it is one of the web, and its other labels that have pages."""

    entry: Entry
    address: str | None
    labels: tuple[Listed, ...]


class ListingDesk:
    """Answers requests for the pages of feeds; one is made once a change of its feed."""

    def __init__(self, newsroom: Newsroom, paper: Paper) -> None:
        self._newsroom = newsroom
        self._paper = paper
        self._finished: Representations[Whole] = Representations(
            FeedStates(newsroom.shelf),
            self._make,
            newsroom.budget.pages,
            since=newsroom.since,
            overtaken=newsroom.overtaken,
            crowd=newsroom.crowd,
        )

    @cached_property
    def _missing(self) -> bytes:
        return self._paper.notice(self._paper.words.no_list_title, self._paper.words.no_list_text)

    def answer(self, method: str, key: FeedKey, asked: Asked) -> Answer:
        """The page of a feed, 404 where none is configured, 410 where it has ended.

        The way to another, where it moved. Raises StoreError where nothing can be served.
        """
        retirement = self._newsroom.retirement
        if retirement.is_gone(key):
            return notice_answer(410, method, self._farewell(retirement.heirs(key)))
        if (now_at := retirement.now_at(key)) is not None:
            return moved(method, self._newsroom.address(now_at.page), PAGE)
        if self._paper.paged(key) is None:
            return notice_answer(404, method, self._missing)
        try:
            return respond(method, asked, self._finished.of((key, _FORM)), PAGE)
        except UnknownFeed:
            return notice_answer(404, method, self._missing)

    def _make(self, place: Place, dated_apart: bool) -> Whole:
        key, _ = place
        listed = self._paper.paged(key)
        if listed is None:
            raise UnknownFeed(key.path)
        feed = self._newsroom.feed_of(key)
        # What shows beside its articles is configured, and moves every feed when it changes.
        modified = min(feed.updated, self._newsroom.clock())
        return represent(HTML, self._page(listed, feed), modified, dated_apart=dated_apart)

    def _page(self, listed: Listed, feed: Feed) -> bytes:
        key, links = listed.key, self._paper.links(listed)
        return self._paper.page(
            "listing.html",
            listed=listed,
            items=tuple(self._item(entry, key) for entry in feed.entries),
            above=self._above(listed),
            heirs=tuple(heir for heir in map(self._paper.listed, listed.heirs) if heir is not None),
            parts=self._paper.below(key),
            crossed=self._crossed(key),
            canonical=self._newsroom.address(key.page),
            alternates=links,
        )

    def _farewell(self, heirs: tuple[FeedKey, ...]) -> bytes:
        words = self._paper.words
        return self._paper.notice(words.ended_title, words.ended_text, tuple(map(self._paper.listed, heirs)))

    def _item(self, entry: Entry, key: FeedKey) -> Item:
        own = (FeedKey(topic=key.topic), FeedKey(region=key.region))
        keys = (labelled(category) for category in entry.categories)
        found = (self._paper.listed(one) for one in keys if one is not None and one not in own)
        return Item(entry, web_address(entry.address), tuple(listed for listed in found if listed is not None))

    def _above(self, listed: Listed) -> tuple[Listed, ...]:
        """What the feed is a part of."""
        key = listed.key
        crossing = key.topic is not None and key.region is not None
        keys = (FeedKey(topic=key.topic), FeedKey(region=key.region)) if crossing else (listed.parent,)
        found = (self._paper.listed(one) for one in keys if one is not None)
        return tuple(above for above in found if above is not None)

    def _crossed(self, key: FeedKey) -> tuple[Listed, ...]:
        """The feeds of each topic in the region of a key; those of each region in a topic would be too many."""
        if key.region is None or key.topic is not None:
            return ()
        every = self._newsroom.contents.every()
        return tuple(
            Listed(listed.title, FeedKey(topic=listed.key.topic, region=key.region))
            for listed in every
            if listed.key.topic
        )


def labelled(category: Category) -> FeedKey | None:
    """The feed of a label, as the scheme of its category tells what it is; None for a term of others' schemes."""
    _, ours, kind = category.scheme.rpartition("/scheme/")
    if ours and kind == "topic":
        return FeedKey(topic=category.term)
    return FeedKey(region=category.term) if ours and kind == "region" else None
