"""A taxonomy of the size that a country has: the bundled one, with invented wards, and a share of its phrases."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from feedsvc import bootstrap
from feedsvc.domain.rule import Rule
from feedsvc.domain.taxonomy import LesserPlace, Region, Taxonomy

SEED = 7
NAMES, PHRASES = 12_000, 1_000
"""As many as a country has."""
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
    """Services over the bundled configuration, with so many names and phrases."""
    settings = bootstrap.read_settings(CONFIG, {})
    chance = random.Random(seed)
    taxonomy = settings.taxonomy
    drawn = _Drawn(chance, taxonomy, phrases)
    topics = {slug: replace(topic, rule=drawn.of(topic.rule)) for slug, topic in taxonomy.topics.items()}
    regions = {slug: replace(region, rule=drawn.of(region.rule)) for slug, region in taxonomy.regions.items()}
    regions = _with_wards(regions, chance, names)
    return bootstrap.Services(replace(settings, taxonomy=replace(taxonomy, topics=topics, regions=regions)))


def looked_for() -> Taxonomy:
    """What a newsroom looks for that covers a country."""
    return services_of(SEED, NAMES, PHRASES).settings.taxonomy


def names_of(taxonomy: Taxonomy) -> Iterator[str]:
    """Every name of a place, however small, and every longer name that is none."""
    for region in taxonomy.regions.values():
        yield from (*region.names(), *(place.name for place in region.places), *region.exceptions)


def phrases_of(taxonomy: Taxonomy) -> Iterator[str]:
    """Every phrase of a rule."""
    yield from (phrase.text for rule in _rules(taxonomy) for _, part in rule.parts() for phrase in part)


def _rules(taxonomy: Taxonomy) -> tuple[Rule, ...]:
    topics, regions = taxonomy.topics.values(), taxonomy.regions.values()
    return (*(topic.rule for topic in topics), *(region.rule for region in regions))


def _with_wards(regions: Mapping[str, Region], chance: random.Random, names: int) -> dict[str, Region]:
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


class _Drawn:
    """So many of the phrases of all rules; the others are left out of theirs."""

    def __init__(self, chance: random.Random, taxonomy: Taxonomy, phrases: int) -> None:
        every = [phrase for rule in _rules(taxonomy) for _, part in rule.parts() for phrase in part]
        self._drawn = {id(phrase) for phrase in chance.sample(every, phrases)}

    def of(self, rule: Rule) -> Rule:
        """The rule with those of its phrases that were drawn."""
        any_, exceptions, none = (
            tuple(phrase for phrase in part if id(phrase) in self._drawn) for _, part in rule.parts()
        )
        return replace(rule, any=any_, exceptions=exceptions, none=none)
