"""What the names in a text stand for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feedsvc.domain.language import Standing
from feedsvc.pipeline.naming import Ranks

from .gazetteer import AFTER, BEFORE, CLASSIFIER, TAXONOMY, named, naming
from .newsroom import LANGUAGES, draft


def standings(text: str) -> list[tuple[str, str]]:
    return [(one.slug, one.standing.value) for one in naming(draft("Tin", text)).mentions]


class TestLongerNames:
    def test_the_longest_name_from_the_left_counts(self) -> None:
        found = naming(draft("Tin", "Xe về Gió Biển, rồi về Gió."))
        assert [one.found.words for one in found.mentions] == ["Gió Biển", "Gió"]

    def test_a_name_that_is_excepted_hides_the_one_in_it_and_is_none(self) -> None:
        assert named(draft("Tin", "Nghe Gió Ngàn hát.")) == []
        assert named(draft("Tin", "Nghe Gió Ngàn hát ở Gió.")) == ["gio"]

    def test_the_same_words_in_two_fields_are_two_mentions(self) -> None:
        assert named(draft("Mưa ở Bến Sen", "Bến Sen có mưa.")) == ["ben-sen", "ben-sen"]


class TestRanks:
    @pytest.mark.parametrize("words", ["tỉnh Bến Sen", "Tỉnh Bến Sen", "tinh Bến Sen"])
    def test_the_word_of_its_rank_makes_it_a_place(self, words: str) -> None:
        [one] = naming(draft("Tin", f"Mưa to, {words} lo chống ngập.")).mentions
        assert (one.slug, one.type, one.ranked, one.standing) == ("ben-sen", None, True, Standing.PLACE)

    def test_a_rank_tells_which_of_two_places_of_one_name_is_meant(self) -> None:
        [one] = naming(draft("Tin", "Mưa ở xã Bến Sen.")).mentions
        assert (one.slug, one.type) == ("go-may", "xa")

    def test_of_a_place_and_a_lesser_place_of_one_name_the_larger_is_meant_without_a_rank(self) -> None:
        [one] = naming(draft("Tin", "Mưa ở Bến Sen.")).mentions
        assert (one.slug, one.type) == ("ben-sen", None)

    def test_a_rank_that_none_of_that_name_has_makes_it_another_place(self) -> None:
        found = naming(draft("Tin", "Mưa ở huyện Gò Mây."))
        assert found.mentions == ()
        assert [(one.slug, one.standing) for one in found.others] == [("go-may", Standing.NAME)]

    def test_a_rank_may_be_short_and_stand_without_a_space(self) -> None:
        [one] = naming(draft("Tin", "Mưa ở TP.Thành Xưa.")).mentions
        assert one.ranked

    def test_the_longest_word_of_a_rank_counts(self) -> None:
        ranks = Ranks({"phố": frozenset({"pho"}), "thành phố": frozenset({"thanh-pho"})})
        assert ranks.before("về thành phố ") == (frozenset({"thanh-pho"}), "về ")
        assert ranks.before("về phố ") == (frozenset({"pho"}), "về ")
        assert ranks.before("về (phố ") == (frozenset({"pho"}), "về (")

    def test_where_there_is_none_the_text_stays(self) -> None:
        ranks = Ranks.of(TAXONOMY, LANGUAGES.of("vi"))
        for text in ("", "mưa ở ", "phố", "tỉnh,"):
            assert ranks.before(text) == (frozenset(), text)
        assert Ranks().before("tỉnh ") == (frozenset(), "tỉnh ")


class TestLesserPlaces:
    def test_one_with_the_word_of_its_rank_speaks_for_where_it_lies(self) -> None:
        assert named(draft("Tin", "Mưa ở huyện Tam Nắng.")) == ["dong-nang"]

    def test_one_that_needs_such_a_word_says_nothing_without_it(self) -> None:
        assert named(draft("Tin", "Mưa ở Tam Nắng.")) == []

    def test_once_introduced_it_is_known_throughout_the_article(self) -> None:
        assert named(draft("Tam Nắng có mưa", "Mưa ở huyện Tam Nắng.")) == ["dong-nang", "dong-nang"]

    def test_one_needs_no_such_word_where_its_region_is_named(self) -> None:
        assert named(draft("Tin", "Mưa ở Tam Nắng.", "Đồng Nắng lo chống ngập.")) == ["dong-nang", "dong-nang"]

    def test_a_rank_that_is_bare_needs_none(self) -> None:
        assert named(draft("Tin", "Họp chợ Nổi sáng nay.")) == ["dong-nang"]

    def test_one_that_two_regions_have_speaks_for_none(self) -> None:
        assert named(draft("Tin", "Mưa ở huyện Lúa Xanh.")) == []

    def test_one_that_two_regions_have_speaks_for_the_one_that_is_named(self) -> None:
        assert named(draft("Tin", "Mưa ở huyện Lúa Xanh.", "Gò Mây lo chống ngập.")) == ["go-may", "go-may"]

    def test_one_that_two_regions_have_speaks_for_none_where_both_are_named(self) -> None:
        text = "Mưa ở huyện Lúa Xanh.", "Gò Mây lo chống ngập.", "Bến Sen cũng lo."
        assert named(draft("Tin", *text)) == ["go-may", "ben-sen"]

    @pytest.mark.parametrize("between", [", tỉnh ", ", ", " (", " - "])
    def test_the_region_behind_it_settles_it(self, between: str) -> None:
        text = f"Mưa ở huyện Lúa Xanh{between}Bến Sen.", "Gò Mây lo chống ngập."
        assert named(draft("Tin", *text)) == ["ben-sen", "ben-sen", "go-may"]

    def test_a_region_far_behind_it_does_not(self) -> None:
        text = f"Mưa ở huyện Lúa Xanh {'và gió ' * 9} thổi về Bến Sen.", "Gò Mây lo chống ngập."
        assert named(draft("Tin", *text)) == ["ben-sen", "go-may"]

    def test_another_region_behind_it_does_not(self) -> None:
        assert named(draft("Tin", "Từ huyện Tam Nắng, Gò Mây nhận gạo.")) == ["dong-nang", "go-may"]

    def test_the_rank_tells_between_regions_too(self) -> None:
        assert named(draft("Tin", "Mưa ở xã Lúa Xanh.")) == ["rach-trang"]


class TestThroughTime:
    def test_before_a_merger_a_lesser_place_speaks_for_the_old_region(self) -> None:
        assert named(draft("Tin", "Mưa ở huyện Cây Đa.", at=BEFORE)) == ["vam-cu"]

    def test_after_it_for_the_new_one(self) -> None:
        assert named(draft("Tin", "Mưa ở huyện Cây Đa.", at=AFTER)) == ["ben-sen"]

    def test_unless_the_old_one_is_named(self) -> None:
        assert named(draft("Tin", "Mưa ở huyện Cây Đa, Vàm Cũ.", at=AFTER)) == ["vam-cu", "vam-cu"]
        assert named(draft("Tin", "Mưa ở huyện Cây Đa.", "Vàm Cũ nay đã khác.", at=AFTER)) == ["vam-cu", "vam-cu"]

    def test_the_new_region_behind_it_settles_it_too(self) -> None:
        text = "Mưa ở huyện Cây Đa, tỉnh Bến Sen.", "Vàm Cũ nay đã khác."
        assert named(draft("Tin", *text, at=AFTER)) == ["ben-sen", "ben-sen", "vam-cu"]

    def test_the_new_region_anywhere_settles_it_where_the_old_one_is_not_named(self) -> None:
        assert named(draft("Tin", "Tham quan hồ Gương.", "Bến Sen đông khách.", at=AFTER)) == ["ben-sen", "ben-sen"]


class TestWordsOfEveryDay:
    @pytest.mark.parametrize("title", ["chung tay vì một thế giới hòa bình", "CHUNG TAY VÌ MỘT THẾ GIỚI HÒA BÌNH"])
    def test_without_capitals_that_tell_they_are_words(self, title: str) -> None:
        found = naming(draft(title))
        assert found.mentions == ()
        assert [one.slug for one in found.others] == ["hoa-binh"]

    @pytest.mark.parametrize("title", ["mưa lớn ở tỉnh hòa bình", "MƯA LỚN Ở TỈNH HÒA BÌNH", "UBND HÒA BÌNH HỌP"])
    def test_behind_a_rank_or_an_authority_they_are_places_all_the_same(self, title: str) -> None:
        assert named(draft(title)) == ["hoa-binh"]

    def test_other_names_need_no_capitals_where_there_are_none(self) -> None:
        assert named(draft("mưa lớn kéo dài ở gò mây")) == ["go-may"]
        assert named(draft("MƯA LỚN KÉO DÀI Ở GÒ MÂY")) == ["go-may"]

    def test_where_there_are_capitals_a_name_needs_its_own(self) -> None:
        assert named(draft("Mưa lớn ở gò mây")) == []

    def test_without_accents_they_are_words(self) -> None:
        assert named(draft("Tin", "Chung tay vi mot the gioi Hoa Binh, o tinh Go May.")) == ["go-may"]


class TestEnumerations:
    def test_three_regions_in_a_row_are_an_enumeration(self) -> None:
        mentions = naming(draft("Tin", "Mưa ở Bến Sen, Gò Mây và Đồng Nắng.")).mentions
        assert [one.listed for one in mentions] == [True] * 3

    def test_two_are_none(self) -> None:
        mentions = naming(draft("Tin", "Mưa ở Bến Sen và Gò Mây.")).mentions
        assert [one.listed for one in mentions] == [False] * 2

    def test_three_in_three_sentences_are_none(self) -> None:
        mentions = naming(draft("Tin", "Bến Sen mưa. Gò Mây nắng. Đồng Nắng gió.")).mentions
        assert [one.listed for one in mentions] == [False] * 3

    def test_three_in_three_paragraphs_are_none(self) -> None:
        mentions = naming(draft("Bến Sen", "Gò Mây", "Đồng Nắng")).mentions
        assert [one.listed for one in mentions] == [False] * 3

    def test_ranks_between_them_make_no_difference(self) -> None:
        mentions = naming(draft("Tin", "Mưa ở tỉnh Bến Sen, tỉnh Gò Mây và tỉnh Đồng Nắng.")).mentions
        assert [one.listed for one in mentions] == [True] * 3

    def test_a_region_behind_its_lesser_place_is_one_member_with_it(self) -> None:
        text = "Mưa ở huyện Tam Nắng (Đồng Nắng), huyện Lúa Xanh (Gò Mây)."
        assert [one.listed for one in naming(draft("Tin", text)).mentions] == [False] * 4

    def test_what_introduces_the_first_introduces_all_that_say_nothing_themselves(self) -> None:
        assert standings("Mưa ở Bến Sen, Gò Mây.") == [("ben-sen", "within"), ("go-may", "within")]
        assert standings("Mưa ở Bến Sen, tỉnh Gò Mây.") == [("ben-sen", "within"), ("go-may", "place")]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ông Trần Bến Sen nhận giải", "ben-sen"),
        ("Công ty Gò Mây lỗ", "go-may"),
        ("Xe chạy trên đường Đồng Nắng", "dong-nang"),
        ("CLB Bến Sen thắng", "ben-sen"),
        ("Sóng trên Hòa Bình Dương", "hoa-binh"),
    ],
)
def test_people_companies_streets_clubs_and_oceans_have_a_name_and_are_no_place(text: str, slug: str) -> None:
    found = naming(draft(text))
    assert found.mentions == ()
    assert [(one.slug, one.standing) for one in found.others] == [(slug, Standing.NAME)]


def test_a_language_without_a_module_has_ranks_and_enumerations_too() -> None:
    one = replace(draft("tỉnh Bến Sen, Gò Mây, Đồng Nắng"), language="xx")
    mentions = CLASSIFIER.locator(one).namer.read(CLASSIFIER.reading(one), AFTER.date()).mentions
    assert [(mention.ranked, mention.listed) for mention in mentions] == [(True, True), (False, True), (False, True)]
