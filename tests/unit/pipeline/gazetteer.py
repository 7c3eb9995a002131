"""A small country in code: ranks, provinces through time, lesser places, and scopes that places have a say in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from feedsvc.domain.article import Draft, Label, LabelKind
from feedsvc.domain.rule import Phrase, Rule
from feedsvc.domain.source import Source
from feedsvc.domain.taxonomy import LesserPlace, PlaceType, Reach, Region, RegionRow, Taxonomy
from feedsvc.pipeline.classify import Classifier
from feedsvc.pipeline.explain import Miss, explain
from feedsvc.pipeline.naming import Naming
from feedsvc.text.matcher import AhoCorasickMatcher
from feedsvc.text.patterns import patterns_of

from .newsroom import LANGUAGES, SOURCE, VIETNAMESE, topic

BEFORE = datetime(2025, 6, 1, tzinfo=UTC)
AFTER = datetime(2026, 3, 1, tzinfo=UTC)
MERGED = date(2025, 6, 30)
NOWHERE = replace(SOURCE, home=None)
"""A source without a home."""

TYPES = (
    PlaceType(id="quoc-gia", area=True),
    PlaceType(id="vung", area=True),
    PlaceType(id="tinh", words=("tỉnh",)),
    PlaceType(id="thanh-pho", words=("thành phố", "TP.")),
    PlaceType(id="thi-xa", words=("thành phố", "TP."), bare=False),
    PlaceType(id="huyen", words=("huyện",), bare=False),
    PlaceType(id="xa", words=("xã",), bare=False),
    PlaceType(id="dia-danh"),
    PlaceType(id="nuoc", words=("nước",)),
)


def province(slug: str, title: str, *places: LesserPlace, rank: str = "tinh", seat: bool = False) -> Region:
    """A province of one row, in the south."""
    row = RegionRow(title={"vi": title}, type=rank, parent="mien-nam")
    return Region(id=slug, rows=(row,), places=places, seat=seat)


REGIONS = (
    Region(id="nuoc-nha", rows=(RegionRow(title={"vi": "Nước Nhà"}, type="quoc-gia"),)),
    Region(id="mien-nam", rows=(RegionRow(title={"vi": "Miền Nắng"}, type="vung", parent="nuoc-nha"),)),
    Region(
        id="ca-nuoc",
        rows=(RegionRow(title={"vi": "Cả nước"}, type="scope"),),
        scope=True,
        reach=Reach.NATIONAL,
        topics=frozenset({"sport"}),
        rule=Rule(any=(Phrase("cả nước", fields=("title", "lead")), Phrase("quốc hội", weight=0.5))),
    ),
    Region(
        id="nuoc-ngoai",
        rows=(RegionRow(title={"vi": "Nước ngoài"}, type="scope"),),
        scope=True,
        reach=Reach.INTERNATIONAL,
        places=(LesserPlace("Xứ Tuyết", "nuoc"), LesserPlace("Pháp", "nuoc")),
        exceptions=("tiếng Pháp",),
        rule=Rule(any=(Phrase("nước ngoài"), Phrase("đại sứ", weight=0.5)), none=(Phrase("tại nhà"),)),
    ),
    Region(
        id="bien-dao",
        rows=(RegionRow(title={"vi": "Biển đảo"}, type="scope"),),
        scope=True,
        rule=Rule(any=(Phrase("biển đảo"),)),
    ),
    province("thanh-xua", "Thành Xưa", rank="thanh-pho", seat=True),
    province(
        "ben-sen",
        "Bến Sen",
        LesserPlace("Lúa Xanh", "huyen"),
        LesserPlace("Sen Hồng", "thi-xa"),
        LesserPlace("Bến Sen", "thi-xa"),
    ),
    province("go-may", "Gò Mây", LesserPlace("Lúa Xanh", "huyen"), LesserPlace("Bến Sen", "xa")),
    province("dong-nang", "Đồng Nắng", LesserPlace("Tam Nắng", "huyen"), LesserPlace("chợ Nổi", "dia-danh")),
    province("rach-trang", "Rạch Trăng", LesserPlace("Lúa Xanh", "xa")),
    province("hoa-binh", "Hòa Bình"),
    Region(
        id="vam-cu",
        rows=(RegionRow(title={"vi": "Vàm Cũ"}, type="tinh", parent="mien-nam", end=MERGED, successors=("ben-sen",)),),
        places=(LesserPlace("Cây Đa", "huyen"), LesserPlace("hồ Gương", "dia-danh")),
    ),
    replace(province("gio", "Gió"), aliases=("Gió Biển",), exceptions=("Gió Ngàn",)),
)
TOPICS = (topic("sport", Phrase("bóng đá")),)
TAXONOMY = Taxonomy({one.id: one for one in TOPICS}, {one.id: one for one in REGIONS}, {one.id: one for one in TYPES})


def classifier_of(taxonomy: Taxonomy = TAXONOMY) -> Classifier:
    """What classifies by a taxonomy, with accents or without."""
    vi = VIETNAMESE
    matcher = AhoCorasickMatcher(patterns_of(taxonomy), vi.lettered, vi.spellings, vi.folded, vi.foreign)
    return Classifier(taxonomy, matcher, LANGUAGES)


CLASSIFIER = classifier_of()


def naming(one: Draft) -> Naming:
    """What a draft names, at the day that it is of."""
    reading = CLASSIFIER.reading(one)
    return CLASSIFIER.locator(one).namer.read(reading, one.published.date())


def named(one: Draft) -> list[str]:
    """The regions that the names in a draft speak for, in the order of the text."""
    return [mention.slug for mention in naming(one).mentions]


def regions(one: Draft, source: Source = NOWHERE) -> dict[str, Label]:
    """The regions of a draft as written, the strongest first."""
    labels = (label for label in CLASSIFIER.labels(source, one) if label.kind is LabelKind.REGION)
    return {label.slug: label for label in labels if not label.derived}


def missed(one: Draft, source: Source = NOWHERE) -> dict[str, Miss]:
    """What something spoke for in vain."""
    return {miss.slug: miss for miss in explain(CLASSIFIER, source, one).misses}
