"""From what is stored to a feed: complete, escaped, absolute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedsvc.domain.article import Article, Draft, Figure, Html, Label, LabelKind, Medium, Origin, Paragraph
from feedsvc.domain.feed import Category, Entry, Feed, FeedKey, Image, Picture
from feedsvc.domain.geometry import Point
from feedsvc.domain.site import Emblem, Site
from feedsvc.domain.source import Rights, Source
from feedsvc.errors import UnknownFeed
from feedsvc.pipeline.assemble import Assembler
from feedsvc.pipeline.content import content_html
from feedsvc.pipeline.locating import where_of
from feedsvc.pipeline.setup import differing, setup_of
from tests.fakes.kind import FakeKind
from tests.fakes.shelf import FakeShelf

from .newsroom import NOW, SITE, SOURCE, TAXONOMY, draft, taxonomy_of

KINDS = {"fake": FakeKind()}
OPENED = datetime(2026, 1, 1, tzinfo=UTC)
CAU = Medium(address="/media/0/cau.jpg", media_type="image/jpeg", length=9, width=4, height=3)
CHO = Medium(address="https://anh.example.org/cho.png?a=1&b=2", media_type="image/png", length=0)
SEAT = Point(10.36, 106.36)
LICENSED = replace(SOURCE, rights=Rights(licence="https://example.org/by", notice="© Đài Ba Sông"))


def label(kind: LabelKind, slug: str, rank: int = 0, *, derived: bool = False) -> Label:
    return Label(kind=kind, slug=slug, origin=Origin.RULE, reason=(), rank=rank, derived=derived)


def article(
    one: Draft | None = None,
    name: str = "a",
    *,
    source: str = SOURCE.id,
    labels: tuple[Label, ...] = (),
    updated: datetime = NOW,
) -> Article:
    return Article(
        id=name * 16,
        uri=f"tag:example.org,2026:a/{name * 16}",
        source=source,
        outlet=SOURCE.outlet,
        draft=one or draft("Cầu < mới & đẹp", "Lời đầu."),
        updated=updated,
        fingerprint="1",
        labels=labels,
    )


def assembler(site: Site = SITE) -> tuple[Assembler, FakeShelf]:
    shelf = FakeShelf()
    shelf.open(*setup_of(site, [LICENSED], TAXONOMY, KINDS).feeds, at=OPENED)
    return Assembler(site, TAXONOMY, {SOURCE.id: LICENSED}, shelf), shelf


def entry(one: Article, site: Site = SITE) -> Entry:
    return assembler(site)[0].entry(one)


def feed(**key: str) -> Feed:
    return assembler()[0].feed(FeedKey(**key))


class TestAFeed:
    def test_that_is_empty_is_complete(self) -> None:
        empty = feed(topic="dan-van", region="tien-giang")
        assert empty.entries == ()
        assert empty.id == "tag:example.org,2026:f/topics/dan-van/regions/tien-giang"
        assert empty.address == "https://tin.example.org/feeds/topics/dan-van/regions/tien-giang"
        assert (empty.updated, empty.author) == (OPENED, "Tin Ba Sông")
        assert (empty.title, empty.related[0].address) == (
            "Tin Ba Sông – Về dan-van, Tiền Giang",
            "https://tin.example.org/feeds/topics/dan-van/regions/dong-thap",
        )
        assert empty.subtitle.startswith("Về dan-van, Tiền Giang. ")
        assert (empty.language, empty.max_age) == ("vi", 300)

    def test_leads_to_its_page(self) -> None:
        assert feed(topic="dan-van").page == "https://tin.example.org/topics/dan-van"
        assert feed(region="tien-giang").page == "https://tin.example.org/regions/tien-giang"
        crossing = feed(topic="dan-van", region="tien-giang")
        assert crossing.page == "https://tin.example.org/topics/dan-van/regions/tien-giang"
        assert feed(source=SOURCE.id).page == f"https://tin.example.org/sources/{SOURCE.id}"
        assert feed().page == "https://tin.example.org/"

    def test_of_all_has_the_title_of_the_site(self) -> None:
        assert (feed().title, feed().subtitle) == ("Tin Ba Sông", "Tin Ba Sông")

    def test_of_a_source_has_its_notice_and_any_other_that_of_the_site(self) -> None:
        assert feed(source=SOURCE.id).rights == "© Đài Ba Sông"
        assert feed().rights == "Bản quyền mỗi bài thuộc về nguồn ghi cuối bài."
        assert assembler(replace(SITE, rights="© Tin"))[0].feed(FeedKey()).rights == "© Tin"

    def test_shows_the_pictures_of_the_site_where_there_are_any(self) -> None:
        assert (feed().logo, feed().icon) == (None, None)
        logo = Emblem(name="logo-1.png", media_type="image/png", width=144, height=72, body=b"")
        made = assembler(replace(SITE, logo=logo))[0].feed(FeedKey())
        assert made.logo == Image(address="https://tin.example.org/static/logo-1.png", width=144, height=72)

    def test_of_a_source_has_the_title_of_the_source(self) -> None:
        assert feed(source=SOURCE.id).title == "Tin Ba Sông – Đài Ba Sông"

    @pytest.mark.parametrize(
        "key", [{"topic": "x"}, {"region": "x"}, {"source": "x"}, {"topic": "dan-van", "region": "x"}]
    )
    def test_that_is_not_configured_is_unknown(self, key: dict[str, str]) -> None:
        with pytest.raises(UnknownFeed) as unknown:
            feed(**key)
        assert unknown.value.path == FeedKey(**key).path

    def test_holds_its_newest_entries_and_the_time_at_which_it_changed(self) -> None:
        maker, shelf = assembler(replace(SITE, entries=1))
        shelf.put(article(), FeedKey(), at=NOW)
        shelf.put(article(name="b"), FeedKey(), at=NOW)
        shelf.let_go()
        made = maker.feed(FeedKey())
        assert ([one.id for one in made.entries], made.updated) == ([f"tag:example.org,2026:a/{'b' * 16}"], NOW)


class TestAnEntry:
    def test_has_the_identity_and_the_dates_of_its_article(self) -> None:
        one = article(updated=datetime(2026, 3, 2, tzinfo=UTC))
        made = entry(one)
        assert (made.id, made.published, made.updated) == (one.uri, one.published, one.updated)
        assert made.title == "Cầu < mới & đẹp"

    def test_lives_at_its_own_address_or_at_ours(self) -> None:
        assert entry(article()).address == f"https://tin.example.org/articles/{'a' * 16}"
        elsewhere = replace(draft(), link="https://bao.example/1")
        assert entry(article(elsewhere)).address == "https://bao.example/1"

    def test_names_its_source_and_what_that_allows(self) -> None:
        made = entry(article())
        assert made.origin is not None
        assert (made.origin.id, made.origin.title) == ("tag:example.org,2026:f/sources/dai-ba-song", "Đài Ba Sông")
        assert made.origin.address == "https://tin.example.org/feeds/sources/dai-ba-song"
        assert made.origin.rights == "© Đài Ba Sông"
        assert (made.licence, made.rights) == ("https://example.org/by", "© Đài Ba Sông")

    def test_names_its_outlet_in_its_own_language_and_leads_to_it(self) -> None:
        elsewhere = replace(draft(), link="https://bao.example/1?a=1&b=2")
        made = entry(article(elsewhere))
        assert made.attribution == '<p>Nguồn: <a href="https://bao.example/1?a=1&amp;b=2">Đài Ba Sông</a></p>'
        assert made.via == "https://bao.example/1?a=1&b=2"
        assert entry(article(replace(elsewhere, language="en"))).attribution.startswith("<p>Source: <a ")

    def test_that_was_written_here_came_from_nowhere_else(self) -> None:
        made = entry(article())
        assert made.via is None
        assert made.attribution == f'<p>Nguồn: <a href="{made.address}">Đài Ba Sông</a></p>'

    def test_without_an_author_is_its_outlets(self) -> None:
        assert entry(article(replace(draft(), authors=("Bá An",)))).authors == ("Bá An",)
        assert entry(article(replace(draft(), authors=()))).authors == ("Đài Ba Sông",)

    def test_is_where_its_first_region_as_written_was_on_its_day(self) -> None:
        places = dict(TAXONOMY.regions)
        (row,) = places["tien-giang"].rows
        places["tien-giang"] = replace(places["tien-giang"], rows=(replace(row, where=SEAT),))
        known = taxonomy_of(regions=tuple(places.values()))
        two = (label(LabelKind.REGION, "tien-giang"), label(LabelKind.REGION, "hue", 1))
        assert where_of(known, article(labels=two), NOW.date()) == SEAT
        assert where_of(known, article(labels=two[1:]), NOW.date()) is None
        assert where_of(known, article(labels=(label(LabelKind.REGION, "no-more"), *two)), NOW.date()) == SEAT
        assert where_of(known, article(labels=(replace(two[0], derived=True),)), NOW.date()) is None
        assert where_of(known, article(), NOW.date()) is None

    def test_of_a_source_that_is_gone_has_no_origin(self) -> None:
        made = entry(article(source="cu"))
        assert (made.origin, made.licence, made.rights) == (None, None, None)
        assert (made.attribution, made.authors) == ("", ())

    def test_has_categories_in_the_language_of_the_site_primary_first_derived_last(self) -> None:
        labels = (
            label(LabelKind.REGION, "dong-thap", derived=True),
            label(LabelKind.REGION, "tien-giang"),
            label(LabelKind.TOPIC, "sport", 1),
            label(LabelKind.TOPIC, "dan-van"),
            label(LabelKind.TOPIC, "bo-roi", 2),
        )
        topics, regions = "https://tin.example.org/scheme/topic", "https://tin.example.org/scheme/region"
        assert entry(article(labels=labels)).categories == (
            Category(topics, "dan-van", "Về dan-van"),
            Category(topics, "sport", "Về sport"),
            Category(regions, "tien-giang", "Tiền Giang"),
            Category(regions, "dong-thap", "Đồng Tháp"),
        )

    @pytest.mark.parametrize(
        ("language", "title"), [("en", "On dan-van"), ("vi-VN", "Về dan-van"), ("km", "Về dan-van")]
    )
    def test_a_title_in_no_such_language_is_any(self, language: str, title: str) -> None:
        [category] = entry(
            article(labels=(label(LabelKind.TOPIC, "dan-van"),)), replace(SITE, language=language)
        ).categories
        assert category.label == title

    def test_has_each_picture_once_with_its_caption_and_credit(self) -> None:
        figures = (Figure((CAU, CHO), "Cầu. Ảnh: Bá An, Lan", ("Bá An", "Lan")), Figure((CAU,), "Lại cầu"))
        assert entry(article(replace(draft(), content=figures))).pictures == (
            Picture(
                address="https://tin.example.org/media/0/cau.jpg",
                media_type="image/jpeg",
                length=9,
                width=4,
                height=3,
                caption="Cầu. Ảnh: Bá An, Lan",
                credit="Bá An, Lan",
            ),
            Picture(
                address=CHO.address,
                media_type="image/png",
                length=0,
                caption="Cầu. Ảnh: Bá An, Lan",
                credit="Bá An, Lan",
            ),
        )


class TestContent:
    def test_what_people_wrote_is_escaped(self) -> None:
        blocks = (Paragraph('5 < 6 & "<b>"'), Figure((CAU,), 'Cầu "mới" & <đẹp>'))
        assert content_html(blocks, SITE) == (
            '<p>5 &lt; 6 &amp; "&lt;b&gt;"</p>\n'
            '<figure><img src="https://tin.example.org/media/0/cau.jpg"'
            ' alt="Cầu &quot;mới&quot; &amp; &lt;đẹp&gt;" width="4" height="3">'
            "<figcaption>Cầu &quot;mới&quot; &amp; &lt;đẹp&gt;</figcaption></figure>"
        )

    def test_clean_html_stays_as_it_is(self) -> None:
        assert content_html((Html("<p>a <em>b</em></p>", "a b"),), SITE) == "<p>a <em>b</em></p>"

    def test_a_figure_may_have_several_pictures_and_no_caption(self) -> None:
        html = content_html((Figure((CAU, CHO)),), SITE)
        assert html.count("<img ") == 2
        assert 'src="https://anh.example.org/cho.png?a=1&amp;b=2" alt="">' in html
        assert "figcaption" not in html

    def test_of_nothing_is_empty(self) -> None:
        assert content_html((), SITE) == ""


class TestASetup:
    def test_the_same_configuration_gives_the_same_setup(self) -> None:
        assert setup_of(SITE, [SOURCE], TAXONOMY, KINDS) == setup_of(SITE, iter([SOURCE]), taxonomy_of(), KINDS)

    def test_has_every_feed_that_there_is(self) -> None:
        feeds = setup_of(SITE, [SOURCE], TAXONOMY, KINDS).feeds
        topics, regions = len(TAXONOMY.topics), len(TAXONOMY.regions)
        assert len(feeds) == 2 + topics + regions + topics * regions

    @pytest.mark.parametrize(
        "changed",
        [
            replace(SOURCE, home=None),
            replace(SOURCE, topics=("sport",)),
            replace(SOURCE, zone="UTC"),
            replace(SOURCE, language="en"),
        ],
        ids="home topics zone language".split(),
    )
    def test_what_labels_depend_on_moves_the_digest(self, changed: Source) -> None:
        before, after = setup_of(SITE, [SOURCE], TAXONOMY, KINDS), setup_of(SITE, [changed], TAXONOMY, KINDS)
        assert before.digest != after.digest
        assert before.presentation == after.presentation

    def test_the_language_in_which_texts_are_searched_moves_it_too_and_any_label_may_be_another(self) -> None:
        before, after = (
            setup_of(replace(SITE, language=language), [SOURCE], TAXONOMY, KINDS) for language in ("vi", "en")
        )
        assert before.digest != after.digest
        assert differing(before.text, after.text) is None

    def test_what_only_shows_moves_the_presentation_alone(self) -> None:
        before, after = (
            setup_of(SITE, [SOURCE], TAXONOMY, KINDS),
            setup_of(SITE, [replace(SOURCE, title="Đài")], TAXONOMY, KINDS),
        )
        assert (before.digest, before.presentation != after.presentation) == (after.digest, True)
