"""A newsroom with twenty thousand feeds: every topic in every region, each article in some thirty of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from feedsvc.bootstrap import Services
from feedsvc.domain.article import Draft, Label, LabelKind
from feedsvc.domain.passes import Placed

from ..classifying.texts import drafts
from .newsroom import START, WORDS, Newsroom, label, numbered, placed, store

A_PASS = 1000
TEXTS = 500
"""Articles that differ in more than title and address."""
TOPICS_OF_ONE, REGIONS_OF_ONE = 3, 6
"""Of an article, which stands in 3 x 6 feeds of a topic in a region, 3 of topics, 6 of regions, and 2 more."""
TOPIC = '- {{id: t{number}, title: {{vi: "Chủ đề {number}"}}, any: ["chủ đề thứ {number}"]}}\n'
REGION = '- {{id: r{number}, rows: [{{title: {{vi: "Xứ Đo {number}"}}, type: tinh}}]}}\n'


class Country(Newsroom):
    """A newsroom of so many topics and regions."""

    def __init__(self, folder: Path, topics: int, regions: int) -> None:
        self.topics = [f"t{number}" for number in range(topics)]
        self.regions = [f"r{number}" for number in range(regions)]
        super().__init__(folder)

    def _rules(self) -> None:
        for name, line, count in (("topics", TOPIC, len(self.topics)), ("regions", REGION, len(self.regions))):
            types = "types: {tinh: {}}\n" if name == "regions" else ""
            self._write(name, f"{types}{name}:\n" + "".join(line.format(number=number) for number in range(count)))

    def paths(self) -> list[str]:
        """Every topic in every region, in no order, but the same each time."""
        found = [f"/feeds/topics/{topic}/regions/{region}.atom" for topic in self.topics for region in self.regions]
        random.Random(5).shuffle(found)
        return found

    def populate(self, articles: int) -> None:
        """Store so many articles."""
        with self.opened() as services:
            texts = drafts(services.settings.taxonomy, 2, min(articles, TEXTS), WORDS)
            chance = random.Random(4)
            for start in range(0, articles, A_PASS):
                numbers = range(start, min(start + A_PASS, articles))
                made = (self._placed(services, texts[number % len(texts)], number, chance) for number in numbers)
                store(services, made, START)

    def _placed(self, services: Services, text: Draft, number: int, chance: random.Random) -> Placed:
        draft = replace(numbered(text, number), title=f"{text.title} {number}")
        return placed(services, draft, tuple(self._labels(chance)), START)

    def _labels(self, chance: random.Random) -> Iterator[Label]:
        for kind, slugs, count in (
            (LabelKind.TOPIC, self.topics, TOPICS_OF_ONE),
            (LabelKind.REGION, self.regions, REGIONS_OF_ONE),
        ):
            for rank, slug in enumerate(chance.sample(slugs, min(count, len(slugs)))):
                yield label(kind, slug, rank)
