"""Pages for people: the index of feeds, and the permalink of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from ..domain.article import Article, LabelKind
from ..domain.feed import FeedKey
from .answer import Answer, Asked, respond
from .newsroom import Listed, Newsroom, feed_path
from .policies import PAGE, uncached
from .representations import represent
from .words import words_for

_HTML = "text/html; charset=utf-8"
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_PAGES = 128  # of articles, kept finished: those that are read now
_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}

Render = Callable[..., str]
"""Fills in the template of a name with keyword arguments, and escapes them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A feed in one format: for autodiscovery (`<link rel=alternate>` of HTML), and to be clicked."""

    address: str
    media_type: str
    name: str
    title: str


class PageDesk:
    """Answers requests for pages; the index is made once, since it lists what is configured."""

    def __init__(self, newsroom: Newsroom, render: Render) -> None:
        self._newsroom = newsroom
        self._render = render
        self._words = words_for(newsroom.contents.language)
        self._listed = {listed.key: listed for listed in newsroom.contents.every()}
        self._index = represent(_HTML, self._make_index())
        # An article is a value: one that was corrected or labelled anew is another one, and its page is made again.
        self._finished = lru_cache(_PAGES)(lambda article: represent(_HTML, self._make_article(article)))
        self._gone = self._make_notice(self._words.gone_title, self._words.gone_text)
        self._missing = self._make_notice(self._words.missing_title, self._words.missing_text)

    def index(self, method: str, asked: Asked) -> Answer:
        """The page at `/`."""
        return respond(method, asked, self._index, PAGE)

    def article(self, method: str, article: str, asked: Asked) -> Answer:
        """The page of an article, 410 for one that was withdrawn (RFC 9110 section 15.5.11). Raises StoreError."""
        if not _ID.fullmatch(article):
            return _notice(404, method, self._missing)
        if self._newsroom.shelf.withdrawn(article):
            return _notice(410, method, self._gone)
        found = self._newsroom.shelf.article(article)
        if found is None:
            return _notice(404, method, self._missing)
        return respond(method, asked, self._finished(found), PAGE)

    def _make_index(self) -> bytes:
        main, *others = self._newsroom.contents.every()
        return self._page(
            "index.html",
            canonical=self._newsroom.address("/"),
            # One format of the others: people who paste the site's address choose a feed, not a format.
            alternates=(*self._links(main), *(link for other in others for link in self._links(other)[:1])),
        )

    def _make_article(self, article: Article) -> bytes:
        entry = self._newsroom.entry_of(article)
        feeds = tuple(self._holding(article))
        original = _web(entry.address)
        return self._page(
            "article.html",
            entry=entry,
            feeds=feeds,
            topics=tuple(feed for feed in feeds if feed.key.topic),
            others=tuple(feed for feed in feeds if not feed.key.topic),
            canonical=original or self._newsroom.address(f"/articles/{article.id}"),
            original=None if original is None or self._ours(original) else original,
            licence=_web(entry.licence),
            alternates=tuple(link for feed in feeds for link in self._links(feed)),
        )

    def _make_notice(self, title: str, text: str) -> bytes:
        return self._page("notice.html", heading=title, text=text, alternates=self._links(self._newsroom.contents.main))

    def _page(self, template: str, **values: object) -> bytes:
        page = self._render(template, room=self._newsroom, words=self._words, links=self._links, host=_host, **values)
        return page.encode("utf-8", "replace")

    def _holding(self, article: Article) -> Iterator[Listed]:
        """The listed feeds that hold the article: the main one, its topics', its regions', its source's."""
        keys = (
            FeedKey(),
            *(FeedKey(topic=label.slug) for label in article.labelled(LabelKind.TOPIC)),
            *(FeedKey(region=label.slug) for label in article.labelled(LabelKind.REGION)),
            FeedKey(source=article.source),
        )
        return (self._listed[key] for key in dict.fromkeys(keys) if key in self._listed)

    def _links(self, listed: Listed) -> tuple[Link, ...]:
        """The feed in each format, the preferred one first."""
        main = self._newsroom.contents.main.key
        site = self._newsroom.contents.title
        title = site if listed.key == main else f"{site}: {listed.title}"
        return tuple(
            Link(
                self._newsroom.address(feed_path(listed.key, form)),
                _essence(written.media_type),
                _NAMES.get(form, form),
                title,
            )
            for form, written in self._newsroom.formats.items()
        )

    def _ours(self, address: str) -> bool:
        return address.startswith(self._newsroom.address("/"))


def _notice(status: int, method: str, body: bytes) -> Answer:
    fields = (*uncached(_HTML), ("Content-Length", str(len(body))))
    return Answer(status, fields, b"" if method == "HEAD" else body)


def _essence(media_type: str) -> str:
    """The media type without parameters, as `type` attributes want it."""
    return media_type.partition(";")[0].strip()


def _web(address: str | None) -> str | None:
    """The address if it is one of the web: a `javascript:` one must never become a link."""
    return address if address and address.lower().startswith(("https://", "http://")) else None


def _host(address: str) -> str:
    """The host of an address, as people name a site."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address
