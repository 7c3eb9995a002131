"""A taxonomy of the size that a country has: the bundled one, filled up with invented wards and phrases."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.domain.taxonomy import LesserPlace, Phrase, Region, Taxonomy, Topic

from ..feeds import VIETNAMESE

CONFIG = Path(__file__).parents[2] / "config"
TYPES = ("phuong", "xa")
HEADS, TAILS = (
    tuple(syllables.split())
    for syllables in (
        "An Bình Cẩm Châu Đại Đông Giao Hải Hưng Khánh Kim Lạc Long Lương Mỹ Nam Ngọc Nhơn Ninh Phú Phước Quang Quế "
        "Sơn Tam Tân Thạch Thanh Thiện Thọ Thuận Thượng Tiên Trung Trường Tú Tường Văn Vạn Việt Vĩnh Xuân Yên",
        "An Bàng Biên Cầu Chánh Cường Dân Diên Giang Hà Hậu Hiệp Hòa Hội Hợp Khê Lai Lâm Lập Lễ Lộc Lợi Luân Mai Mỹ "
        "Nghĩa Nguyên Nhuận Phong Phụng Quới Sơn Tâm Thạnh Thịnh Thủy Tiến Tín Trạch Trì Trung Uyên Vinh Xá",
    )
)


def services_of(seed: int, names: int, phrases: int) -> bootstrap.Services:
    """Services over the bundled configuration, its taxonomy filled up to so many names and phrases."""
    settings = bootstrap.read_settings(CONFIG, {})
    chance = random.Random(seed)
    taxonomy = settings.taxonomy
    regions = _regions(taxonomy.regions, chance, names)
    topics = _topics(taxonomy.topics, chance, phrases - sum(1 for _ in phrases_of(taxonomy)))
    return bootstrap.Services(replace(settings, taxonomy=replace(taxonomy, topics=topics, regions=regions)))


def names_of(taxonomy: Taxonomy) -> Iterator[str]:
    """Every name of a place, however small, and every longer name that is none."""
    for region in taxonomy.regions.values():
        yield from (*region.names(), *(place.name for place in region.places), *region.exceptions)


def phrases_of(taxonomy: Taxonomy) -> Iterator[str]:
    """Every phrase of a rule."""
    rules = (*(one.rule for one in taxonomy.topics.values()), *(one.rule for one in taxonomy.regions.values()))
    yield from (phrase.text for rule in rules for _, part in rule.parts() for phrase in part)


def _regions(regions: Mapping[str, Region], chance: random.Random, names: int) -> dict[str, Region]:
    """Every province has as many wards; names of three syllables make enough of them that differ."""
    provinces = [slug for slug, region in regions.items() if not region.scope and region.rows[-1].parent is not None]
    known = set(names_of(Taxonomy({}, regions)))
    wards: dict[str, list[LesserPlace]] = {slug: [] for slug in provinces}
    for slug in cycle(provinces):
        if len(known) >= names:
            break
        name = _new_name(chance, known)
        known.add(name)
        wards[slug].append(LesserPlace(name, chance.choice(TYPES)))
    return {slug: replace(region, places=(*region.places, *wards.get(slug, ()))) for slug, region in regions.items()}


def _new_name(chance: random.Random, known: set[str]) -> str:
    while True:
        heads = chance.choices(HEADS, k=chance.choice((1, 1, 2)))
        if (name := " ".join((*heads, chance.choice(TAILS)))) not in known:
            return name


def _topics(topics: Mapping[str, Topic], chance: random.Random, missing: int) -> dict[str, Topic]:
    """The phrases that are missing, shared out among the topics."""
    more: dict[str, list[Phrase]] = {slug: [] for slug in topics}
    for slug in cycle(topics) if missing > 0 else ():
        if sum(map(len, more.values())) >= missing:
            break
        words = chance.choices(VIETNAMESE, k=chance.choice((2, 2, 3)))
        more[slug].append(Phrase(" ".join(words), weight=chance.choice((0.5, 1.0))))
    return {
        slug: replace(topic, rule=replace(topic.rule, any=(*topic.rule.any, *more[slug])))
        for slug, topic in topics.items()
    }
