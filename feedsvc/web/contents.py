"""The index as it follows from topics, regions and sources: pure, so that the order can be read off a test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ..domain.feed import FeedKey
from ..domain.site import Site
from ..domain.source import Source
from ..domain.succession import has_ended, retired, taken_over
from ..domain.taxonomy import Region, RegionRow, Taxonomy, Topic
from ..pipeline.sentences import sentences_for, story_of
from .newsroom import Contents, Listed, Section
from .words import Words, words_for


def contents_of(site: Site, taxonomy: Taxonomy, sources: Iterable[Source], today: date) -> Contents:
    """Everything, topics, areas, provinces by area, and sources, by the names of today.

    Units that are no more are folded away; those whose feeds are not kept are not there at all.
    """
    words = words_for(site.language)
    sections = (
        Section(words.topics, tuple(_topic(topic, site) for topic in taxonomy.topics.values())),
        *_Regions(taxonomy, site, words, today).sections(),
        Section(words.sources, tuple(Listed(source.title, FeedKey(source=source.id)) for source in sources)),
    )
    shown = tuple(section for section in sections if section.every())
    return Contents(title=site.title, language=site.language, main=Listed(words.main, FeedKey()), sections=shown)


class _Regions:
    """Sorts regions into areas (what has parts, or is a scope), their parts of today, and those of before."""

    def __init__(self, taxonomy: Taxonomy, site: Site, words: Words, today: date) -> None:
        self._taxonomy = taxonomy
        self._site = site
        self._words = words
        self._today = today
        self._parents = {row.parent for region in taxonomy.regions.values() for row in region.rows}
        self._sent = retired(taxonomy, today)

    def sections(self) -> tuple[Section, ...]:
        every = [region for region in self._taxonomy.regions.values() if region.id not in self._sent]
        former = [region for region in every if has_ended(region, self._today)]
        today = [region for region in every if not has_ended(region, self._today)]
        areas = [region for region in today if region.scope or region.id in self._parents]
        within = {area.id for area in areas}
        loose = [one for one in today if one.id not in within and self._row(one).parent not in within]
        return (
            Section(self._words.areas, self._listed([*areas, *loose])),
            Section(self._words.regions, parts=self._by_area(areas, today)),
            Section(self._words.former, self._listed(former), folded=True),
        )

    def _by_area(self, areas: Iterable[Region], today: Iterable[Region]) -> tuple[Section, ...]:
        within = {area.id for area in areas}
        leaves = [region for region in today if region.id not in within]
        parts = (
            Section(self._title(area), self._listed(leaf for leaf in leaves if self._row(leaf).parent == area.id))
            for area in areas
        )
        return tuple(part for part in parts if part.feeds)

    def _listed(self, regions: Iterable[Region]) -> tuple[Listed, ...]:
        return tuple(self._one(region) for region in regions)

    def _one(self, region: Region) -> Listed:
        over = taken_over(self._taxonomy, region.id, self._today)
        places = () if over is None else tuple(dict.fromkeys(self._sent.get(one, one) for one in over.places))
        parent = self._row(region).parent if over is None else None
        return Listed(
            self._title(region),
            FeedKey(region=region.id),
            self._note(places),
            None if parent is None else FeedKey(region=parent),
            story_of(self._site, self._taxonomy, region.id, self._today),
            tuple(FeedKey(region=place) for place in places),
            self._rank(region),
        )

    def _rank(self, region: Region) -> str:
        """What a place is, or was when it ended."""
        known = self._taxonomy.types.get(self._row(region).type)
        return self._site.title_of(known.title, "") if known is not None else ""

    def _note(self, places: tuple[str, ...]) -> str:
        names = [self._title(self._taxonomy.regions[place]) for place in places]
        joined = sentences_for(self._site.language).listed(names) if names else ""
        return self._words.former_note.format(successors=joined) if names else ""

    def _row(self, region: Region) -> RegionRow:
        return region.row(self._today)

    def _title(self, region: Region) -> str:
        return self._site.title_of(self._row(region).title, region.id)


def _topic(topic: Topic, site: Site) -> Listed:
    parent = None if topic.parent is None else FeedKey(topic=topic.parent)
    return Listed(site.title_of(topic.title, topic.id), FeedKey(topic=topic.id), parent=parent)
