"""The labels of an article as categories of feeds: scheme, term and label (RFC 4287 section 4.2.2).

Those of our own schemes lead, the primary topic first: no other vocabulary has a term for all of them. What follows
from them alone, the topics and regions that they lie in, is no category.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.article import Article, LabelKind
from ..domain.feed import Category
from ..domain.site import Site
from ..domain.taxonomy import RegionRow, Taxonomy, Topic

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
"""IPTC's; the term is the eight digits."""
SUBDIVISIONS = "urn:iso:std:iso:3166:-2"
"""Of countries (ISO 3166-2); the term is the whole code, since the bare number of one is another's in other lists."""


def scheme_of(site: Site, kind: str) -> str:
    """The scheme of our own terms of a kind, which is also where they are listed."""
    return site.address(f"/scheme/{kind}")


@dataclass(frozen=True)
class Categories:
    """Makes the categories of articles."""

    site: Site
    taxonomy: Taxonomy

    def of(self, article: Article, written_on: date, day: date) -> tuple[Category, ...]:
        """The categories of an article that was written on one day, by the names of another, each once."""
        topics = [
            self.taxonomy.topics[label.slug]
            for label in article.labelled(LabelKind.TOPIC)
            if label.slug in self.taxonomy.topics
        ]
        regions = self._regions(article, written_on, day)
        found = (
            *(self._own(LabelKind.TOPIC, topic.id, topic.title) for topic in topics),
            *(self._own(LabelKind.REGION, slug, row.title) for slug, row in regions.items()),
            *self._media_topics(topics),
            *self._subdivisions(article, written_on),
        )
        return tuple({(one.scheme, one.term): one for one in reversed(found)}.values())[::-1]

    def _own(self, kind: LabelKind, slug: str, titles: Mapping[str, str]) -> Category:
        return Category(scheme_of(self.site, kind), slug, self.site.title_of(titles, slug))

    def _regions(self, article: Article, written_on: date, day: date) -> Mapping[str, RegionRow]:
        """The regions as written, then those that took them over and stand, each with the row that names it."""
        written = self._written(article)
        rows = {slug: self.taxonomy.regions[slug].row(written_on) for slug in written}
        heirs = frozenset[str]().union(*(self.taxonomy.heirs(slug, day) for slug in written))
        for label in article.labelled(LabelKind.REGION):
            if label.derived and label.slug in heirs - rows.keys() and self._stands(label.slug, day):
                rows[label.slug] = self.taxonomy.regions[label.slug].row(day)
        return rows

    def _written(self, article: Article) -> tuple[str, ...]:
        labels = article.labelled(LabelKind.REGION)
        return tuple(one.slug for one in labels if not one.derived and one.slug in self.taxonomy.regions)

    def _stands(self, slug: str, day: date) -> bool:
        return self.taxonomy.regions[slug].row(day).holds(day)

    def _media_topics(self, topics: list[Topic]) -> Iterator[Category]:
        """A topic without a code has that of the nearest one above it: it is a part of that."""
        for topic in topics:
            above = (self.taxonomy.topics[slug] for slug in self.taxonomy.topic_ancestors(topic.id))
            coded = next((one for one in (topic, *above) if one.medtop is not None), None)
            if coded is not None and coded.medtop is not None:
                yield Category(MEDIA_TOPICS, coded.medtop, self.site.title_of(coded.title, coded.id))

    def _subdivisions(self, article: Article, written_on: date) -> Iterator[Category]:
        """Of regions as written alone, and only where one had the code then: no code is right for another scope."""
        for slug in self._written(article):
            row = self.taxonomy.regions[slug].row(written_on)
            if row.iso is not None and row.holds(written_on):
                yield Category(SUBDIVISIONS, row.iso, self.site.title_of(row.title, slug))
