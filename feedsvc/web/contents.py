"""The index as it follows from topics, regions and sources: pure, so that the order can be read off a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ..domain.feed import FeedKey
from ..domain.retirement import Retirement
from ..domain.site import Site
from ..domain.source import Source
from ..domain.succession import has_ended, titles_of
from ..domain.taxonomy import Region, RegionRow, Taxonomy, Topic
from ..pipeline.sentences import sentences_for
from ..pipeline.story import story_of
from .newsroom import Contents, Listed, Section
from .words import Words, words_for


def contents_of(site: Site, taxonomy: Taxonomy, sources: Iterable[Source], today: date) -> Contents:
    """Everything, topics, areas, provinces by area, and sources, by the names of today.

    Units that are no more are folded away; what is not kept is in no section at all.
    """
    retirement = Retirement(taxonomy, today, site.farewell)
    words, lister = words_for(site.language), _Lister(site, retirement)
    sections = (
        Section(words.topics, tuple(map(lister.topic, filter(lister.goes_on, taxonomy.topics.values())))),
        *_Regions(taxonomy, lister, words, today).sections(),
        Section(words.sources, tuple(Listed(source.title, FeedKey(source=source.id)) for source in sources)),
    )
    return Contents(
        title=site.title,
        language=site.language,
        main=Listed(words.main, FeedKey()),
        sections=tuple(section for section in sections if section.every()),
        leaving=tuple(lister.leaving()),
    )


class _Lister:
    """Lists topics and regions as they are on the day of a retirement."""

    def __init__(self, site: Site, retirement: Retirement) -> None:
        self._site = site
        self._retirement = retirement
        self._words = words_for(site.language)

    def goes_on(self, one: Topic | Region) -> bool:
        return self._retirement.goes_on(_key(one))

    def leaving(self) -> Iterator[Listed]:
        """What has ended, and says so."""
        taxonomy, tells = self._retirement.taxonomy, self._tells
        yield from (self.topic(topic) for topic in taxonomy.topics.values() if tells(topic))
        yield from (self.region(region) for region in taxonomy.regions.values() if tells(region))

    def topic(self, topic: Topic) -> Listed:
        return self._listed(topic, topic.parent)

    def region(self, region: Region) -> Listed:
        row = region.row(self._retirement.day)
        return self._listed(region, row.parent, self._rank(row))

    def title(self, one: Topic | Region) -> str:
        return self._site.title_of(titles_of(one, self._retirement.day), one.id)

    def _tells(self, one: Topic | Region) -> bool:
        key = _key(one)
        return self._retirement.ended(key) is not None and not self._retirement.is_gone(key)

    def _listed(self, one: Topic | Region, parent: str | None, rank: str = "") -> Listed:
        """One of which others hold the place lies in nothing any more."""
        key = _key(one)
        heirs = self._retirement.heirs(key)
        above = FeedKey(topic=parent) if isinstance(one, Topic) else FeedKey(region=parent)
        return Listed(
            self.title(one),
            key,
            self._note(heirs),
            None if heirs or parent is None else above,
            story_of(self._site, self._retirement, key),
            heirs,
            rank,
        )

    def _rank(self, row: RegionRow) -> str:
        """What a place is, or was when it ended."""
        known = self._retirement.taxonomy.types.get(row.type)
        return self._site.title_of(known.title, "") if known is not None else ""

    def _note(self, heirs: tuple[FeedKey, ...]) -> str:
        named = [*_those(self._retirement.taxonomy, heirs)]
        joined = sentences_for(self._site.language).listed([self.title(one) for one in named]) if named else ""
        return self._words.former_note.format(successors=joined) if named else ""


class _Regions:
    """Sorts regions into areas (what has parts, or is a scope), their parts of today, and those of before."""

    def __init__(self, taxonomy: Taxonomy, lister: _Lister, words: Words, today: date) -> None:
        self._taxonomy = taxonomy
        self._lister = lister
        self._words = words
        self._today = today
        self._parents = {row.parent for region in taxonomy.regions.values() for row in region.rows}

    def sections(self) -> tuple[Section, ...]:
        every = [region for region in self._taxonomy.regions.values() if self._lister.goes_on(region)]
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
        held = ((area, [leaf for leaf in leaves if self._row(leaf).parent == area.id]) for area in areas)
        return tuple(Section(self._lister.title(area), self._listed(found)) for area, found in held if found)

    def _listed(self, regions: Iterable[Region]) -> tuple[Listed, ...]:
        return tuple(map(self._lister.region, regions))

    def _row(self, region: Region) -> RegionRow:
        return region.row(self._today)


def _key(one: Topic | Region) -> FeedKey:
    return FeedKey(topic=one.id) if isinstance(one, Topic) else FeedKey(region=one.id)


def _those(taxonomy: Taxonomy, keys: Iterable[FeedKey]) -> Iterator[Topic | Region]:
    """The topics and regions of these feeds."""
    for key in keys:
        if key.topic is not None:
            yield taxonomy.topics[key.topic]
        if key.region is not None:
            yield taxonomy.regions[key.region]
