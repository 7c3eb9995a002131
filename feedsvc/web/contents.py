"""The index as it follows from topics, regions and sources: pure, so that the order can be read off a test."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..domain.feed import FeedKey
from ..domain.source import Source
from ..domain.taxonomy import Region, Taxonomy, Topic
from .newsroom import Contents, Listed, Section
from .words import Words, words_for


def contents_of(title: str, language: str, taxonomy: Taxonomy, sources: Iterable[Source], today: date) -> Contents:
    """Everything, topics, areas, provinces by area, and sources; units that are no more are folded away."""
    words = words_for(language)
    sections = (
        Section(words.topics, tuple(_topic(topic, language) for topic in taxonomy.topics.values())),
        *_Regions(taxonomy, language, words, today).sections(),
        Section(words.sources, tuple(Listed(source.title, FeedKey(source=source.id)) for source in sources)),
    )
    shown = tuple(section for section in sections if section.every())
    return Contents(title=title, language=language, main=Listed(words.main, FeedKey()), sections=shown)


class _Regions:
    """Sorts regions into areas (what has parts, or is a scope), their parts of today, and those of before."""

    def __init__(self, taxonomy: Taxonomy, language: str, words: Words, today: date) -> None:
        self._taxonomy = taxonomy
        self._language = language
        self._words = words
        self._today = today
        self._parents = {row.parent for region in taxonomy.regions.values() for row in region.rows}

    def sections(self) -> tuple[Section, ...]:
        former = [region for region in self._taxonomy.regions.values() if self._ended(region)]
        today = [region for region in self._taxonomy.regions.values() if not self._ended(region)]
        areas = [region for region in today if region.scope or region.id in self._parents]
        loose = [region for region in today if region not in areas and region.rows[-1].parent not in self._parents]
        return (
            Section(self._words.areas, self._listed([*areas, *loose])),
            Section(self._words.regions, parts=self._by_area(areas, today)),
            Section(self._words.former, self._listed(former), folded=True),
        )

    def _by_area(self, areas: Iterable[Region], today: Iterable[Region]) -> tuple[Section, ...]:
        leaves = [region for region in today if region not in areas]
        parts = (
            Section(
                _title(area.title, self._language),
                self._listed(leaf for leaf in leaves if leaf.rows[-1].parent == area.id),
            )
            for area in areas
        )
        return tuple(part for part in parts if part.feeds)

    def _listed(self, regions: Iterable[Region]) -> tuple[Listed, ...]:
        return tuple(
            Listed(
                _title(region.title, self._language),
                FeedKey(region=region.id),
                self._note(region),
                self._parent(region),
            )
            for region in regions
        )

    def _parent(self, region: Region) -> FeedKey | None:
        parent = region.rows[-1].parent
        return FeedKey(region=parent) if parent is not None else None

    def _note(self, region: Region) -> str:
        if not self._ended(region):
            return ""
        known = (self._taxonomy.regions.get(slug) for slug in region.rows[-1].successors)
        names = ", ".join(_title(successor.title, self._language) for successor in known if successor)
        return self._words.former_note.format(successors=names) if names else ""

    def _ended(self, region: Region) -> bool:
        end = region.rows[-1].end
        return end is not None and end < self._today


def _topic(topic: Topic, language: str) -> Listed:
    parent = None if topic.parent is None else FeedKey(topic=topic.parent)
    return Listed(_title(topic.title, language), FeedKey(topic=topic.id), parent=parent)


def _title(titles: Mapping[str, str], language: str) -> str:
    return titles.get(language) or titles.get(language.split("-", maxsplit=1)[0]) or next(iter(titles.values()))
