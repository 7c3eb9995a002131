"""What all pages are made of: the templates, the words of the site's language, and links to feeds and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..domain.feed import FeedKey
from .answer import Answer
from .newsroom import Listed, Newsroom, feed_path
from .policies import uncached
from .words import words_for

HTML = "text/html; charset=utf-8"
NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}
"""Of formats, as people say them."""

Render = Callable[..., str]
"""Fills in the template of a name with keyword arguments, and escapes them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A feed in one format: for autodiscovery (`<link rel=alternate>` of HTML), and to be clicked."""

    address: str
    media_type: str
    name: str
    title: str


class Paper:
    """Makes pages of templates."""

    def __init__(self, newsroom: Newsroom, render: Render) -> None:
        self._newsroom = newsroom
        self._render = render
        self._listed = {listed.key: listed for listed in newsroom.contents.every()}
        self._paged = {**self._listed, **{listed.key: listed for listed in newsroom.contents.leaving}}
        self.words = words_for(newsroom.contents.language)

    def page(self, template: str, **values: object) -> bytes:
        """The page, in UTF-8; what UTF-8 cannot write is replaced. The values come before the usual ones."""
        usual = {
            "room": self._newsroom,
            "words": self.words,
            "links": self.links,
            "page_of": self.page_of,
            "host": _host,
        }
        return self._render(template, **{**usual, **values}).encode("utf-8", "replace")

    def notice(self, title: str, text: str, instead: Iterable[Listed | None] = ()) -> bytes:
        """A page that says only this, and leads to what there is instead, as far as it is listed."""
        chosen, alternates = [one for one in instead if one is not None], self.links(self._newsroom.contents.main)
        return self.page("notice.html", heading=title, text=text, instead=chosen, alternates=alternates)

    def listed(self, key: FeedKey) -> Listed | None:
        """The feed as the index names it, or, of a topic in a region, as both of these; None for any other."""
        return self._listed.get(key) or self._crossing(key, self._listed)

    def paged(self, key: FeedKey) -> Listed | None:
        """The same, or as the page of a feed names it that has ended and is in no index any more."""
        return self._paged.get(key) or self._crossing(key, self._paged)

    def below(self, key: FeedKey) -> tuple[Listed, ...]:
        """The feeds of what lies directly within the topic or region of a key, in the order of the index."""
        return tuple(listed for listed in self._listed.values() if listed.parent == key)

    def page_of(self, key: FeedKey) -> str:
        """The address of a feed's page within the site."""
        return self._newsroom.local(key.page)

    def links(self, listed: Listed) -> tuple[Link, ...]:
        """The feed in each format, the preferred one first."""
        main = self._newsroom.contents.main.key
        site = self._newsroom.contents.title
        title = site if listed.key == main else f"{site}: {listed.title}"
        return tuple(
            Link(
                self._newsroom.address(feed_path(listed.key, form)),
                essence(written.media_type),
                NAMES.get(form, form),
                title,
            )
            for form, written in self._newsroom.formats.items()
        )

    def _crossing(self, key: FeedKey, known: Mapping[FeedKey, Listed]) -> Listed | None:
        """A topic in a region, named as its feed is; what is told of the past of either is told of it."""
        topic, region = known.get(FeedKey(topic=key.topic)), known.get(FeedKey(region=key.region))
        if key.topic is None or key.region is None or topic is None or region is None:
            return None
        return Listed(
            f"{topic.title}, {region.title}",
            key,
            story=" ".join(story for story in (topic.story, region.story) if story),
            heirs=self._newsroom.retirement.heirs(key),
        )


def notice_answer(status: int, method: str, body: bytes) -> Answer:
    """A page that says that something is not there; it is not kept."""
    fields = (*uncached(HTML), ("Content-Length", str(len(body))))
    return Answer(status, fields, b"" if method == "HEAD" else body)


def web_address(address: str | None) -> str | None:
    """The address if it is one of the web: a `javascript:` one must never become a link."""
    return address if address and address.lower().startswith(("https://", "http://")) else None


def essence(media_type: str) -> str:
    """The media type without parameters, as `type` attributes want it."""
    return media_type.partition(";")[0].strip()


def _host(address: str) -> str:
    """The host of an address, as people name a site."""
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        return address
