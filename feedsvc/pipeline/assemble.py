"""From what is stored to a feed that only needs writing down. A pure function of the store and the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache, partial
from zoneinfo import ZoneInfo

from .. import __version__
from ..domain.article import Article, Figure
from ..domain.feed import Entry, Feed, FeedKey, Image, Origin, Picture, Related
from ..domain.identity import feed_uri
from ..domain.retirement import Retirement
from ..domain.site import Emblem, Site
from ..domain.source import Source
from ..domain.succession import turns
from ..domain.taxonomy import Taxonomy
from ..errors import UnknownFeed
from ..ports import FeedShelf
from .categories import Categories
from .content import attribution_html, content_html
from .farewell import Ended, farewell
from .fitting import fitting
from .locating import where_of
from .sentences import sentences_for
from .story import story_of

_DAYS = 16
_HEADS = 1024
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Head:
    """A feed without its entries, as of the `day` of its last change, and since when nothing stands in it any more."""

    feed: Feed
    day: date
    ended: date | None


@dataclass(frozen=True)
class Assembler:
    """Makes the feeds of a newsroom.

    Places have the names and successors of the day on which a feed last changed, which is stored: a document that did
    not change says what it said.
    """

    site: Site
    taxonomy: Taxonomy
    sources: Mapping[str, Source]
    shelf: FeedShelf

    def feed(self, key: FeedKey) -> Feed:
        """The feed of a key. Raises UnknownFeed for one that is not configured; an empty one is a valid feed."""
        head = self.head(key)
        return replace(head.feed, entries=fitting(self._entries(key, head.day, head.ended)))

    def head(self, key: FeedKey) -> Head:
        """The feed of a key without its entries. Raises UnknownFeed for one that is not configured."""
        state = self.shelf.feed(key)
        if state is None:
            raise UnknownFeed(key.path)
        day = self._day(state.changed_at)
        ended = self._as_of(day).ended(key)
        made = self._head(key, day)
        return Head(replace(made, updated=state.changed_at, expired=ended is not None), day, ended)

    def naming(self, day: date) -> int:
        """By the names of which days places are called on a day: where that is the same, entries read the same."""
        return turns(self.taxonomy, day)

    def _made_head(self, key: FeedKey, day: date) -> Feed:
        source = self.sources.get(key.source or "")
        return Feed(
            key=key,
            id=feed_uri(self.site.tag_authority, key.path),
            title=self.title(key, day),
            subtitle=self.subtitle(key, day),
            address=self.site.address(f"/feeds/{key.path}"),
            page=self.site.address(key.page),
            language=self.site.language,
            author=self.site.title,
            updated=EPOCH,
            max_age=self.site.max_age,
            generator="feedsvc",
            version=__version__,
            rights=self._rights(source),
            logo=self._image(self.site.logo),
            icon=self._image(self.site.icon),
            related=tuple(self._related(key, day)),
        )

    def title(self, key: FeedKey, day: date) -> str:
        """The site's title, and what the feed is about, by the names of a day."""
        name = self._name(key, day)
        return f"{self.site.title} – {name}" if name else self.site.title

    def subtitle(self, key: FeedKey, day: date) -> str:
        """What the feed holds, in the fewest words, and the story of its topic and its place until that day."""
        held = self._name(key, day) or self.site.title
        story = story_of(self.site, self._as_of(day), key)
        return f"{held}. {story}" if story else held

    def entry(self, article: Article, day: date | None = None) -> Entry:
        """The article as it is published, in every feed and on its page alike.

        Places have the names of that day, else of the one on which the article last changed.
        """
        draft, source = article.draft, self.sources.get(article.source)
        written_on = self._day(article.published)
        address = draft.link or self.site.address(f"/articles/{article.id}")
        return Entry(
            id=article.uri,
            address=address,
            title=draft.title,
            summary=draft.summary,
            content=content_html(draft.content, self.site),
            published=article.published,
            updated=article.updated,
            language=draft.language,
            # Whoever wrote it, its outlet did: the author of the feed, which stands for what has none, is another one.
            authors=draft.authors or ((source.title,) if source else ()),
            contributors=draft.contributors,
            categories=self._categories.of(article, written_on, day or self._day(article.updated)),
            pictures=tuple(self._pictures(article)),
            origin=self._origin(source, article.updated) if source else None,
            attribution=attribution_html(source.title, address, draft.language) if source else "",
            via=draft.link,
            licence=source.rights.licence if source else None,
            rights=source.rights.notice if source else None,
            where=where_of(self.taxonomy, article, written_on),
        )

    @cached_property
    def _head(self) -> Callable[[FeedKey, date], Feed]:
        """The heads of the feeds that changed lately: on one day, they differ in nothing but the time."""
        return lru_cache(_HEADS)(self._made_head)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.site.zone)

    @cached_property
    def _categories(self) -> Categories:
        return Categories(self.site, self.taxonomy)

    def _day(self, when: datetime) -> date:
        return when.astimezone(self._zone).date()

    @cached_property
    def _as_of(self) -> Callable[[date], Retirement]:
        """What has retired by a day, for the days on which feeds changed lately."""
        return lru_cache(_DAYS)(partial(Retirement, self.taxonomy))

    def _entries(self, key: FeedKey, day: date, ended: date | None) -> Iterator[Entry]:
        """What it holds, and of a feed that has ended, that it has: at its date, so that the newest comes first."""
        held = [self.entry(article, day) for article in self.shelf.newest(key, self.site.entries)]
        last = [] if ended is None else [self._farewell(key, day, ended)]
        yield from sorted([*held, *last], key=lambda one: (one.published, one.id), reverse=True)

    def _farewell(self, key: FeedKey, day: date, since: date) -> Entry:
        retirement = self._as_of(day)
        heirs = {heir: self.title(heir, day) for heir in retirement.heirs(key)}
        story = story_of(self.site, retirement, key)
        return farewell(self.site, Ended(key=key, name=self._name(key, day), since=since, story=story, heirs=heirs))

    def _name(self, key: FeedKey, day: date) -> str:
        return ", ".join(self._parts(key, day))

    def _parts(self, key: FeedKey, day: date) -> Iterator[str]:
        if key.topic is not None and key.topic in self.taxonomy.topics:
            yield self.site.title_of(self.taxonomy.topics[key.topic].title, key.topic)
        if key.region is not None and key.region in self.taxonomy.regions:
            yield self.site.title_of(self.taxonomy.regions[key.region].row(day).title, key.region)
        if key.source is not None and key.source in self.sources:
            yield self.sources[key.source].title

    def _rights(self, source: Source | None) -> str:
        """The notice of the one source of a feed, else that of the site."""
        return (source and source.rights.notice) or self.site.rights or sentences_for(self.site.language).rights

    def _image(self, emblem: Emblem | None) -> Image | None:
        if emblem is None:
            return None
        return Image(address=self.site.address(emblem.path), width=emblem.width, height=emblem.height)

    def _related(self, key: FeedKey, day: date) -> Iterator[Related]:
        """The feeds of what took over the topic or the place of a feed, as far as they are kept themselves."""
        for heir in self._as_of(day).heirs(key):
            yield Related(self.site.address(f"/feeds/{heir.path}"), self.title(heir, day))

    def _pictures(self, article: Article) -> Iterator[Picture]:
        seen = set()
        for figure in (block for block in article.draft.content if isinstance(block, Figure)):
            for medium in figure.pictures:
                if medium.address not in seen:
                    seen.add(medium.address)
                    yield Picture(
                        address=self.site.address(medium.address),
                        media_type=medium.media_type,
                        length=medium.length,
                        width=medium.width,
                        height=medium.height,
                        caption=figure.caption,
                        credit=", ".join(figure.credits),
                    )

    def _origin(self, source: Source, updated: datetime) -> Origin:
        key = FeedKey(source=source.id)
        return Origin(
            id=feed_uri(self.site.tag_authority, key.path),
            title=source.title,
            address=self.site.address(f"/feeds/{key.path}"),
            page=self.site.address(key.page),
            updated=updated,
            rights=source.rights.notice,
        )
