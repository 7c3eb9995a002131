"""A newsroom of a wanted size: its configuration, its services, and the kinds of articles that it holds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.bootstrap import Services
from feedsvc.domain.article import Evidence, Label, LabelKind, Origin
from feedsvc.domain.taxonomy import Taxonomy

CONFIG = Path(__file__).parents[2] / "config"
SEED = 11
KINDS = 2000
"""Of articles, by topics and regions; popular ones are many times as frequent as rare ones."""

SERVICE = 'site: {title: "Tin Đo", language: vi, zone: Asia/Ho_Chi_Minh, tag_authority: "example.org,2026"}\n'
SOURCE = '  - {{id: s{number}, kind: documents, path: inbox/s{number}, every: 12h, title: "Báo {number}"}}\n'
TOPIC = '  - {{id: viec-{number}, title: {{vi: "Việc {number}"}}, any: [{{phrase: "việc số {number}", weight: 9}}]}}\n'


@dataclass(frozen=True, slots=True)
class Kind:
    """What articles of one kind have: labels, and the feeds that these place them in, those of sources aside."""

    labels: tuple[Label, ...]
    feeds: tuple[str, ...]


class GrowingNewsroom:
    """Its configuration lies in `config`, its data in `data`; the regions are the bundled ones.

    So are the topics, with `topics` of None; else there are so many invented ones.
    """

    def __init__(self, folder: Path, sources: int, topics: int | None = None, url: str | None = None) -> None:
        self.config = folder / "config"
        self.data = folder / "data"
        self.environ = {"FEEDSVC_CONFIG": str(self.config), "FEEDSVC_DATA_DIR": str(self.data)}
        if url is not None:
            self.environ["FEEDSVC_DATABASE_URL"] = url
        for made in (self.config, self.data):
            made.mkdir(parents=True, exist_ok=True)
        (self.config / "regions.yaml").write_text(_regions(topics), "utf-8")
        (self.config / "feedsvc.yaml").write_text(SERVICE, "utf-8")
        (self.config / "topics.yaml").write_text(_topics(topics), "utf-8")
        lines = "".join(SOURCE.format(number=number) for number in range(sources))
        text = "defaults: {language: vi, zone: Asia/Ho_Chi_Minh}\nsources:\n" + lines
        (self.config / "sources.yaml").write_text(text, "utf-8")

    def services(self) -> Services:
        """By what the files say."""
        return Services(bootstrap.read_settings(self.config, self.environ))


def _topics(number: int | None) -> str:
    if number is None:
        return (CONFIG / "topics.yaml").read_text("utf-8")
    return "topics:\n" + "".join(TOPIC.format(number=one) for one in range(number))


def _regions(topics: int | None) -> str:
    """Without what one of them says of bundled topics, where there are others."""
    text = (CONFIG / "regions.yaml").read_text("utf-8")
    return text if topics is None else re.sub(r"^    topics: \[[^]]*]\n", "", text, flags=re.MULTILINE)


def kinds_of(services: Services, number: int = KINDS) -> tuple[Kind, ...]:
    """So many kinds of articles, the same on every machine: of 2 or 3 topics and 2 or 3 places, some of them often."""
    chance, places = random.Random(SEED), _places(services.settings.taxonomy)
    return tuple(_kind(services, chance, places) for _ in range(number))


def labels_of(taxonomy: Taxonomy, topics: Sequence[str], places: Sequence[str]) -> tuple[Label, ...]:
    """Labels with their reasons, and those of all the regions around the places."""
    above = dict.fromkeys(slug for place in places for slug in _above(taxonomy, place))
    return (
        *(_label(LabelKind.TOPIC, slug, rank) for rank, slug in enumerate(topics)),
        *(_label(LabelKind.REGION, slug, rank) for rank, slug in enumerate(places)),
        *(_label(LabelKind.REGION, slug, 0, derived=True) for slug in above if slug not in places),
    )


def _kind(services: Services, chance: random.Random, places: Sequence[str]) -> Kind:
    taxonomy = services.settings.taxonomy
    topics = _some(chance, list(taxonomy.topics), chance.choice((2, 3)))
    labels = labels_of(taxonomy, topics, _some(chance, places, chance.choice((2, 3))))
    feeds = (key.path for key in services.classifier.feeds("", labels) if key.source is None)
    return Kind(labels, tuple(sorted(feeds)))


def _places(taxonomy: Taxonomy) -> list[str]:
    """The regions in which no other lies."""
    holders = {row.parent for region in taxonomy.regions.values() for row in region.rows}
    return [slug for slug in taxonomy.regions if slug not in holders]


def _some(chance: random.Random, slugs: Sequence[str], number: int) -> list[str]:
    """Different ones, the first many times as often as the last."""
    weights = [1 / place for place in range(1, len(slugs) + 1)]
    found: dict[str, None] = {}
    while len(found) < min(number, len(slugs)):
        found.update(dict.fromkeys(chance.choices(slugs, weights)))
    return list(found)


def _above(taxonomy: Taxonomy, slug: str) -> Iterator[str]:
    regions: Mapping[str, object] = taxonomy.regions
    while (parent := taxonomy.regions[slug].rows[-1].parent) is not None and parent in regions:
        yield parent
        slug = parent


def _label(kind: LabelKind, slug: str, rank: int, derived: bool = False) -> Label:
    """Its reason is about as long as those of the bundled rules."""
    why = Evidence(f"phrase {slug}", "body", slug.replace("-", " "), "hôm qua đoàn công tác về", "làm việc với các xã")
    return Label(
        kind=kind, slug=slug, origin=Origin.RULE, reason=(why,), strength=3.5 - rank, rank=rank, derived=derived
    )
