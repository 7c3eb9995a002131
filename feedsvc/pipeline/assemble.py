"""From what is stored to a feed that only needs writing down. A pure function of the store and the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from .. import __version__
from ..domain.article import Article, Figure, LabelKind
from ..domain.feed import Category, Entry, Feed, FeedKey, Origin, Picture
from ..domain.identity import feed_uri
from ..domain.site import Site
from ..domain.source import Source
from ..domain.taxonomy import Taxonomy
from ..errors import UnknownFeed
from ..ports import FeedShelf
from .content import content_html


@dataclass(frozen=True)
class Assembler:
    """Makes the feeds of a newsroom."""

    site: Site
    taxonomy: Taxonomy
    sources: Mapping[str, Source]
    shelf: FeedShelf

    def feed(self, key: FeedKey) -> Feed:
        """The feed of a key. Raises UnknownFeed for one that is not configured; an empty one is a valid feed."""
        state = self.shelf.feed(key)
        if state is None:
            raise UnknownFeed(key.path)
        articles = self.shelf.newest(key, self.site.entries)
        source = self.sources.get(key.source or "")
        return Feed(
            key=key,
            id=feed_uri(self.site.tag_authority, key.path),
            title=self.title(key),
            subtitle=self.subtitle(key),
            address=self.site.address(f"/feeds/{key.path}"),
            page=self.site.address(key.page or "/"),
            language=self.site.language,
            author=self.site.title,
            updated=state.changed_at,
            max_age=self.site.max_age,
            generator="feedsvc",
            version=__version__,
            entries=tuple(self.entry(article) for article in articles),
            rights=source.rights.notice if source else None,
        )

    def title(self, key: FeedKey) -> str:
        """The site's title, and what the feed is about."""
        parts = tuple(self._parts(key))
        return f"{self.site.title} – {', '.join(parts)}" if parts else self.site.title

    def subtitle(self, key: FeedKey) -> str:
        """What the feed holds, in the fewest words."""
        return ", ".join(self._parts(key)) or self.site.title

    def entry(self, article: Article) -> Entry:
        """The article as it is published, in every feed and on its page alike."""
        draft, source = article.draft, self.sources.get(article.source)
        return Entry(
            id=article.uri,
            address=draft.link or self.site.address(f"/articles/{article.id}"),
            title=draft.title,
            summary=draft.summary,
            content=content_html(draft.content, self.site),
            published=article.published,
            updated=article.updated,
            language=draft.language,
            authors=draft.authors,
            contributors=draft.contributors,
            categories=tuple(self._categories(article)),
            pictures=tuple(self._pictures(article)),
            origin=self._origin(source, article.updated) if source else None,
            licence=source.rights.licence if source else None,
            rights=source.rights.notice if source else None,
        )

    def _parts(self, key: FeedKey) -> Iterator[str]:
        if key.topic is not None and key.topic in self.taxonomy.topics:
            yield self.site.title_of(self.taxonomy.topics[key.topic].title, key.topic)
        if key.region is not None and key.region in self.taxonomy.regions:
            yield self.site.title_of(self.taxonomy.regions[key.region].title, key.region)
        if key.source is not None and key.source in self.sources:
            yield self.sources[key.source].title

    def _categories(self, article: Article) -> Iterator[Category]:
        for kind, titled in ((LabelKind.TOPIC, self.taxonomy.topics), (LabelKind.REGION, self.taxonomy.regions)):
            scheme = self.site.address(f"/scheme/{kind}")
            for label in article.labelled(kind):
                if (one := titled.get(label.slug)) is not None:
                    yield Category(scheme, label.slug, self.site.title_of(one.title, label.slug))

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
        path = FeedKey(source=source.id).path
        return Origin(
            id=feed_uri(self.site.tag_authority, path),
            title=source.title,
            address=self.site.address(f"/feeds/{path}.atom"),
            updated=updated,
        )
