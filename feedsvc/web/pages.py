"""Pages for people: the index of feeds, and the permalink of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from ..domain.article import Article, LabelKind
from ..domain.feed import FeedKey
from .answer import Answer, Asked
from .newsroom import Listed, Newsroom
from .offers import respond
from .paper import HTML, Paper, notice_answer, web_address
from .policies import PAGE
from .wholes import Whole, represent

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_PAGES = 128  # of articles, kept finished: those that are read now


class PageDesk:
    """Answers requests for pages; the index is made once, since it lists what is configured."""

    def __init__(self, newsroom: Newsroom, paper: Paper) -> None:
        self._newsroom = newsroom
        self._paper = paper
        # An article is a value: one that was corrected or labelled anew is another one, and its page is made again.
        self._finished = lru_cache(_PAGES)(lambda article: represent(HTML, self._make_article(article)))

    @cached_property
    def _index(self) -> Whole:
        return represent(HTML, self._make_index())

    @cached_property
    def _gone(self) -> bytes:
        return self._paper.notice(self._paper.words.gone_title, self._paper.words.gone_text)

    @cached_property
    def _missing(self) -> bytes:
        return self._paper.notice(self._paper.words.missing_title, self._paper.words.missing_text)

    def index(self, method: str, asked: Asked) -> Answer:
        """The page at `/`."""
        return respond(method, asked, self._index, PAGE)

    def article(self, method: str, article: str, asked: Asked) -> Answer:
        """The page of an article, 410 for one that was withdrawn (RFC 9110 section 15.5.11). Raises StoreError."""
        if not _ID.fullmatch(article):
            return notice_answer(404, method, self._missing)
        if self._newsroom.shelf.withdrawn(article):
            return notice_answer(410, method, self._gone)
        found = self._newsroom.shelf.article(article)
        if found is None:
            return notice_answer(404, method, self._missing)
        return respond(method, asked, self._finished(found), PAGE)

    def _make_index(self) -> bytes:
        main, *others = self._newsroom.contents.every()
        return self._paper.page(
            "index.html",
            canonical=self._newsroom.address("/"),
            opml=self._newsroom.local("/opml"),
            # One format of the others: people who paste the site's address choose a feed, not a format.
            alternates=(
                *self._paper.links(main),
                *(link for other in others for link in self._paper.links(other)[:1]),
            ),
        )

    def _make_article(self, article: Article) -> bytes:
        entry = self._newsroom.entry_of(article)
        feeds = tuple(self._holding(article))
        original = web_address(entry.address)
        return self._paper.page(
            "article.html",
            entry=entry,
            named=article.draft.authors,
            feeds=feeds,
            topics=tuple(feed for feed in feeds if feed.key.topic),
            canonical=original or self._newsroom.address(f"/articles/{article.id}"),
            original=None if original is None or self._ours(original) else original,
            licence=web_address(entry.licence),
            alternates=tuple(link for feed in feeds for link in self._paper.links(feed)),
        )

    def _holding(self, article: Article) -> Iterator[Listed]:
        """The listed feeds that hold the article: the main one, its topics', its regions', its sources'."""
        keys = (
            FeedKey(),
            *(FeedKey(topic=label.slug) for label in article.labelled(LabelKind.TOPIC)),
            *(FeedKey(region=label.slug) for label in article.labelled(LabelKind.REGION)),
            *(FeedKey(source=source) for source in article.sources),
        )
        now_at = self._newsroom.retirement.now_at
        found = (self._paper.listed(key) for key in dict.fromkeys(now_at(key) or key for key in keys))
        return (listed for listed in found if listed is not None)

    def _ours(self, address: str) -> bool:
        return address.startswith(self._newsroom.address("/"))
