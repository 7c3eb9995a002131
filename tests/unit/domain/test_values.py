"""What the values promise by themselves."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.address import is_web_address, web_parts
from feedsvc.domain.article import Article, Draft, Figure, Html, Label, LabelKind, Medium, Origin, Paragraph, Role
from feedsvc.domain.clean import one_line, printable, shortened
from feedsvc.domain.feed import FeedKey
from feedsvc.domain.identity import article_id, article_uri, feed_uri
from feedsvc.domain.made import made
from feedsvc.domain.passes import Change, ChangeKind, Changes, Outcome
from feedsvc.domain.rule import Rule
from feedsvc.domain.site import Site
from feedsvc.domain.source import Cursor
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, Topic
from tests.rules.characters import forbidden

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


class TestCleanText:
    @pytest.mark.parametrize(
        ("raw", "clean"),
        [
            (" a\t b\r\n\u00a0c ", "a b c"),
            ("a\x0bb\x0cc\x1cd\x85e\u2028f", "a b c d e f"),
            ("a\x00b\u200bc\ufeffd\ud800e\ufffff", "abcdef"),
            ("a\u0323\u0302", "ậ"),
            ("a\u200b\u0301", "á"),
            ("👩‍👩‍👧", "👩‍👩‍👧"),
            ("", ""),
        ],
    )
    def test_is_one_line_of_printable_words(self, raw: str, clean: str) -> None:
        assert one_line(raw) == clean

    @given(ANY)
    def test_can_stand_in_any_document(self, text: str) -> None:
        line = one_line(text)
        assert list(forbidden("it", line)) == []
        assert line == line.strip() == one_line(line) == unicodedata.normalize("NFC", line)
        assert list(forbidden("it", printable(text))) == []

    @given(ANY.map(one_line), st.integers(1, 30))
    def test_that_is_shortened_is_short_enough_and_a_beginning(self, text: str, longest: int) -> None:
        short = shortened(text, longest)
        assert len(short) <= longest
        assert short == text or (short.endswith("…") and text.startswith(short[:-1]))

    @pytest.mark.parametrize(("longest", "short"), [(11, "một hai, ba"), (10, "một hai…"), (5, "một…"), (2, "m…")])
    def test_is_cut_between_words_where_there_are_any(self, longest: int, short: str) -> None:
        assert shortened("một hai, ba", longest) == short


class TestIdentity:
    def test_never_changes(self) -> None:
        assert article_id("dai-ba-song", "tin.txt") == "rhmp3pvl3rchdjox"
        assert article_uri("example.org,2026", "x") == "tag:example.org,2026:a/x"
        assert feed_uri("example.org,2026", "all") == "tag:example.org,2026:f/all"

    def test_is_of_the_outlet_and_the_key(self) -> None:
        assert len({article_id(outlet, key) for outlet in ("a", "b", "ab") for key in ("", "b", "bb", "\ud800")}) == 12

    @given(ANY, ANY)
    def test_is_sixteen_letters_that_an_address_may_have(self, outlet: str, key: str) -> None:
        assert set(article_id(outlet, key)) <= set("abcdefghijklmnopqrstuvwxyz234567")
        assert len(article_id(outlet, key)) == 16


class TestFeedKeys:
    @pytest.mark.parametrize(
        ("key", "path"),
        [
            (FeedKey(), "all"),
            (FeedKey(topic="a"), "topics/a"),
            (FeedKey(region="b"), "regions/b"),
            (FeedKey(topic="a", region="b"), "topics/a/regions/b"),
            (FeedKey(source="c"), "sources/c"),
        ],
    )
    def test_and_paths_stand_for_each_other(self, key: FeedKey, path: str) -> None:
        assert (key.path, FeedKey.of(path)) == (path, key)

    @pytest.mark.parametrize(
        "path", ["", "all/", "topics", "regions/b/topics/a", "topics/a/regions", "sources/a/b", "x/y"]
    )
    def test_do_not_stand_for_other_paths(self, path: str) -> None:
        assert FeedKey.of(path) is None

    def test_each_has_a_page(self) -> None:
        assert FeedKey().page == "/"
        assert FeedKey(topic="a").page == "/topics/a"
        assert FeedKey(region="b").page == "/regions/b"
        assert FeedKey(topic="a", region="b").page == "/topics/a/regions/b"
        assert FeedKey(source="c").page == "/sources/c"


class TestPlacesThroughTime:
    FIRST = RegionRow(title={"vi": "Cũ"}, type="tinh", start=date(2000, 1, 1), end=date(2008, 7, 31))
    SECOND = RegionRow(title={"vi": "Mới", "en": "New"}, type="tinh", start=date(2010, 1, 1), end=date(2025, 6, 30))
    REGION = Region(id="x", rows=(FIRST, SECOND), aliases=("Cũ", "Khac"))

    @pytest.mark.parametrize(
        ("day", "row"),
        [
            (date(1999, 1, 1), FIRST),
            (date(2008, 7, 31), FIRST),
            (date(2008, 9, 1), FIRST),
            (date(2009, 12, 1), SECOND),
            (date(2025, 6, 30), SECOND),
            (date(2026, 1, 1), SECOND),
        ],
    )
    def test_the_row_of_a_day_is_the_one_that_holds_else_the_nearest(self, day: date, row: RegionRow) -> None:
        assert self.REGION.row(day) is row

    def test_a_row_without_ends_always_holds(self) -> None:
        assert RegionRow(title={}, type="country").holds(date.min)
        assert not self.FIRST.holds(date(2008, 8, 1))

    def test_a_place_has_every_name_once_and_a_scope_none(self) -> None:
        assert self.REGION.names() == ("Cũ", "Mới", "New", "Khac")
        assert replace(self.REGION, scope=True).names() == ()


class TestTaxonomy:
    ROWS = (
        ("a", date(2008, 7, 31), ("b",), None),
        ("b", date(2025, 6, 30), ("b", "c"), "v"),
        ("c", None, (), "v"),
        ("v", None, (), None),
    )
    TAXONOMY = Taxonomy(
        {slug: Topic(id=slug, title={}, parent=parent) for slug, parent in (("x", "y"), ("y", "z"), ("z", None))},
        {
            slug: Region(id=slug, rows=(RegionRow(title={}, type="tinh", end=end, successors=heirs, parent=parent),))
            for slug, end, heirs, parent in ROWS
        },
    )

    def test_ancestors_stand_nearest_first(self) -> None:
        assert list(self.TAXONOMY.topic_ancestors("x")) == ["y", "z"]

    def test_successors_say_since_when_and_are_never_the_region_itself(self) -> None:
        assert self.TAXONOMY.successors("b") == (("c", date(2025, 6, 30)),)
        assert self.TAXONOMY.successors("c") == ()

    @pytest.mark.parametrize(
        ("day", "heirs"),
        [(date(2008, 7, 31), {"a"}), (date(2008, 8, 1), {"a", "b"}), (date(2025, 7, 1), {"a", "b", "c"})],
    )
    def test_heirs_are_those_that_had_taken_over_by_that_day(self, day: date, heirs: set[str]) -> None:
        assert self.TAXONOMY.heirs("a", day) == heirs

    def test_the_parts_of_a_rule_have_the_names_of_the_configuration(self) -> None:
        assert Rule().parts() == (("any", ()), ("except", ()), ("none", ()))


class TestDrafts:
    CAU = Medium(address="/media/0/a", media_type="image/png", length=1)
    DRAFT = Draft(
        key="k",
        title="T",
        summary="L",
        content=(
            Paragraph("L", Role.LEAD),
            Figure((CAU,), "C"),
            Figure((CAU,)),
            Paragraph("K", Role.CAPTION),
            Paragraph("B"),
        ),
        published=datetime(2026, 1, 1, tzinfo=UTC),
        dated_by="",
        language="vi",
    )

    def test_have_fields_in_reading_order(self) -> None:
        fields = (("title", "T"), ("lead", "L"), ("caption", "C"), ("caption", "K"), ("body", "B"))
        assert self.DRAFT.fields() == fields

    def test_labels_of_a_kind_stand_primary_first_and_derived_last(self) -> None:
        def label(slug: str, rank: int, derived: bool, kind: LabelKind = LabelKind.REGION) -> Label:
            return Label(kind=kind, slug=slug, origin=Origin.RULE, reason=(), rank=rank, derived=derived)

        labels = (
            label("c", 0, True),
            label("b", 1, False),
            label("a", 0, False),
            label("t", 0, False, LabelKind.TOPIC),
        )
        article = Article(
            id="",
            uri="",
            source="",
            outlet="",
            draft=self.DRAFT,
            updated=self.DRAFT.published,
            fingerprint="",
            labels=labels,
        )
        assert [one.slug for one in article.labelled(LabelKind.REGION)] == ["a", "b", "c"]
        assert article.published == self.DRAFT.published


class TestTheRest:
    def test_a_cursor_advances_and_forgets(self) -> None:
        assert dict(Cursor({"a": 1, "b": 2}).advanced({"a": None, "c": 3}).state) == {"b": 2, "c": 3}

    def test_changes_are_counted_by_kind(self) -> None:
        changes = Changes(seq=1, changes=(Change(ChangeKind.NEW, "a"), Change(ChangeKind.WITHDRAWN, "b")))
        assert (changes.count(ChangeKind.NEW), changes.count(ChangeKind.EXPIRED)) == (1, 0)

    def test_a_pass_that_brought_nothing_may_be_a_success(self) -> None:
        assert {outcome for outcome in Outcome if outcome.success} == {
            Outcome.CHANGED,
            Outcome.UNCHANGED,
            Outcome.EMPTY,
        }

    def test_addresses_of_ours_become_absolute(self) -> None:
        site = Site(
            title="",
            language="vi-VN",
            zone="UTC",
            public_url="https://a.example",
            tag_authority="",
            entries=1,
            max_age=1,
        )
        assert site.address("/x") == "https://a.example/x"
        assert site.address("http://b.example/") == "http://b.example/"
        assert site.title_of({"en": "E", "vi": "V"}, "f") == "V"
        assert site.title_of({"en": "E"}, "f") == "E"
        assert site.title_of({}, "f") == "f"


class TestAddresses:
    @pytest.mark.parametrize(
        "written", ["https://a.example", "http://a.example:80/b?c#d", "HTTP://A.EXAMPLE/", "http://[::1]/"]
    )
    def test_of_the_web_are_told(self, written: str) -> None:
        assert is_web_address(written)

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "/a",
            "a.example",
            "ftp://a.example",
            "https://",
            "http:///a",
            "http://a:0/",
            "http://a:x/",
            "http://[",
            "javascript:a",
        ],
    )
    def test_of_anything_else_are_none(self, written: str) -> None:
        assert web_parts(written) is None

    @pytest.mark.parametrize(
        "written", ["https://a.example/ b", "<https://a.example>", 'https://a.example/"', "https://a.example/\n"]
    )
    def test_with_something_beside_them_are_none(self, written: str) -> None:
        assert not is_web_address(written)


def test_a_value_is_made_again_of_its_fields_and_nothing_else_is() -> None:
    html = Html("<p>x</p>", "x")
    assert made(Html, html.markup, html.text, html.role) == html
    for kind, values in ((Html, ("x",)), (dict, ()), (Decimal, ())):
        with pytest.raises(TypeError):
            made(kind, *values)
