"""A small newsroom in code: topics, places and scopes, a source, and what classifies its articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from feedsvc.domain.article import Draft, Paragraph, Role
from feedsvc.domain.rule import Phrase, Rule
from feedsvc.domain.site import Site
from feedsvc.domain.source import Source
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, Topic
from feedsvc.pipeline.classify import Classifier
from feedsvc.pipeline.languages import Languages
from feedsvc.text import vietnamese_spelling
from feedsvc.text.matcher import AhoCorasickMatcher
from feedsvc.text.neutral import Neutral
from feedsvc.text.patterns import patterns_of
from feedsvc.text.vietnamese import Vietnamese

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
VIETNAMESE = Vietnamese()
LANGUAGES = Languages({"vi": VIETNAMESE}, Neutral())

SITE = Site(
    title="Tin Ba Sông",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    public_url="https://tin.example.org",
    tag_authority="example.org,2026",
    entries=50,
    max_age=300,
)
EVERY = timedelta(minutes=5)
SOURCE = Source(
    id="dai-ba-song",
    kind="fake",
    title="Đài Ba Sông",
    outlet="dai-ba-song",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    every=EVERY,
    home="tien-giang",
)
MERGED = date(2025, 6, 30)


def topic(
    slug: str, *any_: Phrase, parent: str | None = None, threshold: float = 1.0, **rule: tuple[Phrase, ...]
) -> Topic:
    """A topic with its rule; `exceptions` and `none` by keyword."""
    titles = {"vi": f"Về {slug}", "en": f"On {slug}"}
    return Topic(id=slug, title=titles, rule=Rule(any=any_, threshold=threshold, **rule), parent=parent)


def place(
    slug: str, title: str, parent: str | None = "mien-tay", *, until: date | None = None, **row: object
) -> Region:
    """A place with one row."""
    successors = row.get("successors", ())
    aliases = row.get("aliases", ())
    assert isinstance(successors, tuple)
    assert isinstance(aliases, tuple)
    only = RegionRow(title={"vi": title}, type="tinh", parent=parent, end=until, successors=successors)
    return Region(id=slug, rows=(only,), aliases=aliases)


def scope(slug: str, title: str, *any_: Phrase) -> Region:
    """A scope with its phrases."""
    return Region(id=slug, rows=(RegionRow(title={"vi": title}, type="scope"),), scope=True, rule=Rule(any=any_))


TOPICS = (
    topic("politics", Phrase("bộ chính trị"), Phrase("thủ tướng")),
    topic(
        "dan-van",
        Phrase("công tác dân vận"),
        Phrase("dân vận", fields=("title", "lead"), weight=2.0),
        Phrase("Dân vận khéo", case=True, weight=2.0),
        parent="politics",
        threshold=2.0,
        exceptions=(Phrase("nhân dân vận động"),),
    ),
    topic("sport", Phrase("bóng đá"), Phrase("sân cỏ"), threshold=2.0, none=(Phrase("cá độ"),)),
)
REGIONS = (
    place("viet-nam", "Việt Nam", None),
    place("mien-tay", "Miền Tây", "viet-nam"),
    scope(
        "toan-quoc", "Toàn quốc", Phrase("toàn quốc", fields=("title", "lead")), Phrase("cả nước", fields=("title",))
    ),
    place("tien-giang", "Tiền Giang", until=MERGED, successors=("dong-thap",)),
    Region(
        id="dong-thap",
        rows=(
            RegionRow(title={"vi": "Đồng Tháp"}, type="tinh", parent="mien-tay", end=MERGED, successors=("dong-thap",)),
            RegionRow(title={"vi": "Đồng Tháp"}, type="tinh", parent="mien-tay", start=date(2025, 7, 1)),
        ),
    ),
    place("hoa-binh", "Hòa Bình", None, aliases=("Hoà Bình",)),
    place("thai-binh", "Thái Bình", None),
    place("nam-dinh", "Nam Định", None),
    place("vung-tau", "Vũng Tàu", None),
    place("ba-ria-vung-tau", "Bà Rịa - Vũng Tàu", None),
    place("hue", "Huế", None),
)


def taxonomy_of(topics: tuple[Topic, ...] = TOPICS, regions: tuple[Region, ...] = REGIONS) -> Taxonomy:
    """A taxonomy of these."""
    return Taxonomy({one.id: one for one in topics}, {one.id: one for one in regions})


def classifier_of(taxonomy: Taxonomy) -> Classifier:
    """What classifies by a taxonomy."""
    matcher = AhoCorasickMatcher(patterns_of(taxonomy), vietnamese_spelling.lettered, vietnamese_spelling.spellings)
    return Classifier(taxonomy, matcher, LANGUAGES)


TAXONOMY = taxonomy_of()
CLASSIFIER = classifier_of(TAXONOMY)


def draft(title: str = "Tin trong ngày", lead: str = "", *body: str, caption: str = "", at: datetime = NOW) -> Draft:
    """A draft with these texts."""
    content = [Paragraph(lead, Role.LEAD)] if lead else []
    content += [Paragraph(caption, Role.CAPTION)] if caption else []
    content += [Paragraph(text, Role.BODY) for text in body]
    return Draft(
        key="mot",
        title=title,
        summary=lead,
        content=tuple(content),
        published=at,
        dated_by="the test",
        language="vi",
    )


def with_categories(**terms: str) -> Source:
    """The source with the meaning of its terms."""
    return replace(SOURCE, categories=MappingProxyType(terms))
