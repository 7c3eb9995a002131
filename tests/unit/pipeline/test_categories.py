"""Labels as categories: whose scheme, which term, in which order, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from feedsvc.domain.article import Article, Label, LabelKind, Origin
from feedsvc.domain.feed import Category
from feedsvc.domain.taxonomy import Region, RegionRow, Topic
from feedsvc.pipeline.categories import MEDIA_TOPICS, SUBDIVISIONS, Categories

from .newsroom import MERGED, NOW, SITE, draft, place, taxonomy_of

BEFORE = datetime(2025, 6, 30, 3, tzinfo=UTC)
DAYS = {BEFORE: date(2025, 6, 30), NOW: date(2026, 3, 1)}
TOPIC, REGION = "https://tin.example.org/scheme/topic", "https://tin.example.org/scheme/region"


def coded(slug: str, title: str, code: str | None = None, parent: str | None = None) -> Topic:
    return Topic(id=slug, title={"vi": title}, medtop=code, parent=parent)


def row(title: str, iso: str | None = None, start: date | None = None, **more: object) -> RegionRow:
    end, successors = more.get("end"), more.get("successors", ())
    assert end is None or isinstance(end, date)
    assert isinstance(successors, tuple)
    return RegionRow(
        title={"vi": title}, type="tinh", iso=iso, parent="mien-tay", start=start, end=end, successors=successors
    )


TAXONOMY = taxonomy_of(
    (
        coded("politics", "Chính trị", "11000000"),
        coded("dan-van", "Dân vận", parent="politics"),
        coded("rowing", "Đua thuyền", "20000000", parent="sport"),
        coded("sport", "Thể thao", "15000000"),
        coded("cho-phien", "Chợ phiên"),
    ),
    (
        place("mien-tay", "Miền Tây", None),
        Region(
            id="song-cu",
            rows=(row("Sông Cũ", "VN-46", end=MERGED, successors=("song-moi",)),),
        ),
        Region(
            id="song-moi",
            rows=(
                row("Sông Mới", "VN-45", end=MERGED, successors=("song-moi",)),
                row("Sông Mới rộng", start=date(2025, 7, 1)),
            ),
        ),
        Region(id="nui-xanh", rows=(row("Núi Xanh", "VN-71"),)),
        Region(id="suoi", rows=(row("Suối", end=date(2008, 7, 31), successors=("song-cu",)),)),
        Region(id="toan-quoc", rows=(RegionRow(title={"vi": "Toàn quốc"}, type="scope"),), scope=True),
    ),
)


def label(slug: str, rank: int = 0, kind: LabelKind = LabelKind.REGION, *, derived: bool = False) -> Label:
    return Label(kind=kind, slug=slug, origin=Origin.RULE, reason=(), rank=rank, derived=derived)


def topic(slug: str, rank: int = 0) -> Label:
    return label(slug, rank, LabelKind.TOPIC)


def categories(*labels: Label, at: datetime = NOW, day: date | None = None) -> list[tuple[str, str, str]]:
    article = Article(
        id="a" * 16,
        uri="tag:example.org,2026:a/a",
        source="dai-ba-song",
        outlet="dai-ba-song",
        draft=draft(at=at),
        updated=at,
        fingerprint="1",
        labels=labels,
    )
    made = Categories(SITE, TAXONOMY).of(article, DAYS[at], day or DAYS[NOW])
    assert all(isinstance(one, Category) for one in made)
    return [(one.scheme, one.term, one.label) for one in made]


def test_ours_lead_the_primary_topic_first_and_other_vocabularies_follow() -> None:
    assert categories(label("nui-xanh"), topic("rowing", 1), topic("politics")) == [
        (TOPIC, "politics", "Chính trị"),
        (TOPIC, "rowing", "Đua thuyền"),
        (REGION, "nui-xanh", "Núi Xanh"),
        (MEDIA_TOPICS, "11000000", "Chính trị"),
        (MEDIA_TOPICS, "20000000", "Đua thuyền"),
        (SUBDIVISIONS, "VN-71", "Núi Xanh"),
    ]


def test_a_topic_without_a_code_has_that_of_the_topic_it_is_a_part_of_once() -> None:
    assert categories(topic("dan-van"), topic("politics", 1)) == [
        (TOPIC, "dan-van", "Dân vận"),
        (TOPIC, "politics", "Chính trị"),
        (MEDIA_TOPICS, "11000000", "Chính trị"),
    ]
    assert categories(topic("cho-phien")) == [(TOPIC, "cho-phien", "Chợ phiên")]


OLD_AND_NEW = (label("song-cu"), label("song-moi", derived=True), label("mien-tay", 1, derived=True))


def test_the_region_as_written_and_the_current_one_are_both_there_and_what_they_lie_in_is_not() -> None:
    assert categories(*OLD_AND_NEW) == [
        (REGION, "song-cu", "Sông Cũ"),
        (REGION, "song-moi", "Sông Mới rộng"),
    ]


def test_a_code_is_that_of_the_place_as_written_at_its_day_and_no_other() -> None:
    """VN-46 was the old place; of the new one, which is larger, no code is right, and none of its old one."""
    assert categories(*OLD_AND_NEW, at=BEFORE)[-1] == (SUBDIVISIONS, "VN-46", "Sông Cũ")
    assert (SUBDIVISIONS, "VN-45", "Sông Mới") in categories(label("song-moi"), at=BEFORE)
    assert [one for one in categories(*OLD_AND_NEW, label("song-moi", 1)) if one[0] == SUBDIVISIONS] == []


def test_a_place_as_written_has_the_name_of_its_day_and_a_current_one_that_of_today() -> None:
    assert categories(label("song-moi"), at=BEFORE)[0] == (REGION, "song-moi", "Sông Mới")
    assert categories(label("song-moi"))[0] == (REGION, "song-moi", "Sông Mới rộng")


def test_what_did_not_stand_on_the_day_of_the_document_is_not_current() -> None:
    assert categories(*OLD_AND_NEW, at=BEFORE, day=DAYS[BEFORE])[:1] == [(REGION, "song-cu", "Sông Cũ")]
    assert [term for _, term, _ in categories(*OLD_AND_NEW, at=BEFORE, day=DAYS[BEFORE])] == ["song-cu", "VN-46"]
    through = (label("suoi"), label("song-cu", derived=True), label("song-moi", 1, derived=True))
    assert [term for _, term, _ in categories(*through)] == ["suoi", "song-moi"]


def test_scopes_are_regions_and_what_is_not_configured_is_left_out() -> None:
    assert categories(label("toan-quoc"), label("khong-con"), topic("khong-con")) == [
        (REGION, "toan-quoc", "Toàn quốc")
    ]


def test_the_same_article_has_the_same_categories_whatever_the_order_of_its_labels() -> None:
    labels = (topic("rowing", 1), topic("politics"), *OLD_AND_NEW)
    assert categories(*labels) == categories(*reversed(labels))


def test_two_topics_of_one_code_give_it_once() -> None:
    twins = taxonomy_of((coded("mot", "Một", "15000000"), coded("hai", "Hai", "15000000")), ())
    article = Article(
        id="a",
        uri="tag:a",
        source="s",
        outlet="s",
        draft=draft(),
        updated=NOW,
        fingerprint="1",
        labels=(topic("mot"), topic("hai", 1)),
    )
    made = Categories(replace(SITE), twins).of(article, DAYS[NOW], DAYS[NOW])
    assert [(one.term, one.label) for one in made] == [("mot", "Một"), ("hai", "Hai"), ("15000000", "Một")]
