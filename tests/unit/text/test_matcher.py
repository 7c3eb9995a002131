"""Finding names and phrases: whole words, in any spelling that is the same to a reader."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.domain.capitals import HEADLINE, in_capitals, without_case
from feedsvc.domain.matching import Hit, Pattern, Scan
from feedsvc.text import tones, vietnamese_spelling
from feedsvc.text.matcher import AhoCorasickMatcher, lowered
from feedsvc.text.normal import normal_form
from feedsvc.text.vietnamese import Vietnamese
from feedsvc.text.vietnamese_names import folded


def matcher(*patterns: str | Pattern) -> AhoCorasickMatcher:
    found = (Pattern(one, one) if isinstance(one, str) else one for one in patterns)
    return AhoCorasickMatcher(
        found, vietnamese_spelling.lettered, vietnamese_spelling.spellings, folded, Vietnamese().foreign
    )


def words_of(scan: Scan) -> list[str]:
    return [scan.words(hit.start, hit.end) for hit in scan.hits]


def words(text: str, *patterns: str | Pattern) -> list[str]:
    return words_of(matcher(*patterns).scan(text))


def exactly(text: str) -> Pattern:
    return Pattern(text, text, case=True)


@pytest.mark.parametrize("text", ["dân vận", "(dân vận)", "“dân vận”.", "a dân vận-b", "dân vận, dân vận"])
def test_a_phrase_is_found_between_what_is_no_letter(text: str) -> None:
    assert set(words(text, "dân vận")) == {"dân vận"}


@pytest.mark.parametrize("text", ["nhândân vận", "dân vậnđộng", "dân vận2", "dan van", "dân vân", "dân vạn", ""])
def test_a_phrase_is_not_found_within_words_nor_without_its_accents(text: str) -> None:
    assert words(text, "dân vận") == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("kỹ thuật", "kĩ thuật"),
        ("bác sĩ", "bác sỹ"),
        ("Quy Nhơn", "Qui Nhơn"),
        ("Mĩ Lý", "Mỹ Lý"),
        ("hy vọng hoà li", "Hi vọng hòa li"),
        ("Ea H'leo", "Ea H’leo"),
        ("Ea H’leo", "Ea Hʼleo"),
        ("hội nghị nghệ sĩ Mỹ", "hội nghị nghệ sỹ Mĩ"),
    ],
)
def test_a_syllable_that_ends_in_i_or_y_and_an_apostrophe_are_found_however_they_are_written(
    pattern: str, text: str
) -> None:
    assert words(text, pattern) == [text]


@pytest.mark.parametrize(("pattern", "text"), [("tai", "tay"), ("thúy", "thúi"), ("hai", "hay"), ("ai", "ay")])
def test_i_and_y_are_two_letters_where_they_tell_syllables_apart(pattern: str, text: str) -> None:
    assert words(text, pattern) == []


def test_an_accent_of_its_own_belongs_to_the_letter_before_it() -> None:
    assert words("an n\u0308 x", "n") == []
    assert words("can n\u0308", "can n") == []


def test_a_pattern_that_begins_or_ends_with_a_sign_needs_no_gap_there() -> None:
    assert words("x(ĐBS)y", "(ĐBS)") == ["(ĐBS)"]


def test_decomposed_text_gives_its_own_words_at_their_own_places() -> None:
    text = unicodedata.normalize("NFD", "Ở tỉnh Tiền Giang, ở Huế")
    scan = matcher("Tiền Giang", "Huế").scan(text)
    assert [text[slice(*scan.place(hit.start, hit.end))] for hit in scan.hits] == words_of(scan)
    assert [unicodedata.normalize("NFC", one) for one in words_of(scan)] == ["Tiền Giang", "Huế"]


def test_a_decomposed_pattern_is_the_same_pattern() -> None:
    assert words("ở Tiền Giang", unicodedata.normalize("NFD", "Tiền  Giang\n")) == ["Tiền Giang"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa giải", "hoà giải"), ("thủy sản", "thuỷ sản"), ("khỏe", "khoẻ"), ("ỦY BAN", "UỶ BAN"), ("Đắk", "Ðắk")],
)
def test_the_place_of_the_tone_mark_makes_no_difference_either_way(one: str, other: str) -> None:
    assert words(f"x {other} y", one) == [other]
    assert words(f"x {one} y", other) == [one]


@pytest.mark.parametrize("word", ["quý", "hoàn", "quỳ", "hoài", "thuyền", "QUÝ", "toán", "oan"])
def test_syllables_with_one_placement_only_stay_as_they_are(word: str) -> None:
    assert tones.canonical(word) == word


def test_capitals_make_no_difference_unless_they_are_asked_for() -> None:
    assert words("Dân Vận và DÂN VẬN", "dân vận") == ["Dân Vận", "DÂN VẬN"]
    assert words("nền hòa bình ở Hòa Bình", exactly("Hòa Bình")) == ["Hòa Bình"]


def test_in_a_headline_in_capitals_case_says_nothing() -> None:
    assert words("HỌP MẶT Ở HÒA BÌNH", exactly("Hòa Bình")) == ["HÒA BÌNH"]


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("HỌP MẶT", True),
        ("HỌP 12/3!", True),
        ("GIÁ LÚA TĂNG CAO NHẤT NĂM, ĐẠT 9.500 đ", True),
        ("Họp", False),
        ("A", False),
        ("1", False),
        ("", False),
        ("Mưa to ở TP.HCM", False),
        ("UBND xã", False),
        ("o SÁNG NAY ĐẾN SỚM", False),
        ("MƯA TO " * HEADLINE, True),
        ("MƯA TO " * HEADLINE + "quá", False),
    ],
)
def test_a_headline_in_capitals_is_one_throughout_but_for_a_few_letters(text: str, capitals: bool) -> None:
    assert in_capitals(text) is capitals


@pytest.mark.parametrize(
    ("text", "caseless"),
    [("họp ở hòa bình", True), ("HỌP Ở HÒA BÌNH", True), ("họp xong", False), ("Họp ở hòa bình", False), ("", False)],
)
def test_capitals_say_nothing_where_all_letters_are_capitals_or_none_of_three_words(text: str, caseless: bool) -> None:
    assert without_case(text) is caseless
    assert matcher("x").scan(text).caseless is caseless


def test_in_a_text_without_any_capital_a_name_is_found_too() -> None:
    assert words("sáng nay mưa ở hòa bình", exactly("Hòa Bình")) == ["hòa bình"]


def test_a_name_in_capitals_throughout_is_the_name_but_not_in_other_capitals() -> None:
    assert words("Sáng nay HÒA BÌNH mưa", exactly("Hòa Bình")) == ["HÒA BÌNH"]
    assert words("Sáng nay Hòa BÌNH mưa", exactly("Hòa Bình")) == []


def test_a_name_that_begins_with_a_small_letter_may_stand_at_the_head_of_a_sentence() -> None:
    assert words("Chợ Nổi đông. Ở chợ Nổi, Chợ nổi, chợ nổi", exactly("chợ Nổi")) == ["Chợ Nổi", "chợ Nổi"]


def test_what_no_reader_sees_and_spaces_of_any_kind_make_no_difference() -> None:
    assert words("ở Tiền\u00a0Giang", "Tiền Giang") == ["Tiền\u00a0Giang"]
    assert words("ở Ti\u00adền\u200b Gi\ufeffang", "Tiền Giang") == ["Ti\u00adền\u200b Gi\ufeffang"]


def test_without_anything_of_a_language_words_are_found_as_they_are() -> None:
    plain = AhoCorasickMatcher((Pattern("rice", "rice"), Pattern("two", "two words"), Pattern("a1", "A-1")))
    assert words_of(plain.scan("Rice, two words, A-1")) == ["Rice", "two words", "A-1"]
    assert words_of(plain.scan("Rice, two words, A-1", folded=True)) == ["two words", "A-1"]


class TestWithoutAccents:
    def test_a_text_typed_without_them_is_searched_without_them(self) -> None:
        scan = matcher("Tiền Giang", "dân vận").scan("Cong tac dan van o Tien Giang", folded=True)
        assert words_of(scan) == ["dan van", "Tien Giang"]
        assert scan.folded

    def test_capitals_are_asked_for_as_ever(self) -> None:
        assert words_of(matcher(exactly("Tiền Giang")).scan("Mua o Tien Giang, tien giang", folded=True)) == [
            "Tien Giang"
        ]

    def test_words_of_one_syllable_are_left_out(self) -> None:
        assert words_of(matcher("Huế", "vận", "Lai").scan("Mua o Hue, van chuyen, di lai", folded=True)) == []

    def test_words_that_no_syllable_becomes_are_found_all_the_same(self) -> None:
        text = "Mua o TP.HCM, theo Reuters, concert"
        assert words_of(matcher(exactly("TP.HCM"), "reuters", "concert").scan(text, folded=True)) == [
            *("TP.HCM", "Reuters", "concert")
        ]


def test_overlapping_patterns_are_all_found_in_the_order_of_the_text() -> None:
    hits = matcher("vận khéo", "dân vận", "công tác dân vận").scan("công tác dân vận khéo").hits
    assert [(hit.start, hit.end, hit.key) for hit in hits] == [
        (0, 16, "công tác dân vận"),
        (9, 16, "dân vận"),
        (13, 21, "vận khéo"),
    ]


def test_two_spellings_of_a_name_under_one_key_are_one_hit() -> None:
    patterns = [Pattern("hoa-binh", "Hòa Bình", case=True), Pattern("hoa-binh", "Hoà Bình", case=True)]
    assert matcher(*patterns).scan("ở Hoà Bình").hits == (Hit(2, 10, "hoa-binh"),)


def test_a_name_in_several_capitals_under_one_key_is_one_hit() -> None:
    patterns = [Pattern("dak-lak", "Daklak", case=True), Pattern("dak-lak", "DakLak", case=True)]
    assert words("Daklak, DakLak, DAKLAK, dakLak", *patterns) == ["Daklak", "DakLak", "DAKLAK"]
    assert words("MƯA Ở DAKLAK", *patterns) == ["DAKLAK"]
    assert words("dakLak, Daklak", *patterns, Pattern("dak-lak", "daklak")) == ["dakLak", "Daklak"]


def test_two_keys_of_one_phrase_are_both_hit() -> None:
    assert {hit.key for hit in matcher(Pattern("b", "lúa"), Pattern("a", "lúa")).scan("lúa").hits} == {"a", "b"}


def test_without_patterns_nothing_is_found() -> None:
    assert matcher().scan("gì cũng được").hits == ()
    assert matcher("", " \n").scan(" ").hits == ()
    assert matcher("lúa").scan("").hits == ()


def test_lower_case_keeps_the_length_of_any_text() -> None:
    assert lowered("İstanbul ĐẸP") == "İstanbul đẹp"


PIECES = st.sampled_from(
    [
        *("a e o q u y h À . , -".split()),
        *("hoà", "hòa", "quý", "Ðà", "ĐÀ", "İ", "ß", "Å", "가", " "),
        *("\u0301", "\u0323", "\u0344", "o\u0300", "a\u0323\u0302", "e\u0302\u0323"),
        *("\u1100", "\u1161", "\u11a8", "क\u093c", "ক\u09be", "\U0001f600", "\ud800", "\u200d"),
    ]
)
TEXTS = st.lists(PIECES | st.characters(exclude_categories=()), max_size=25).map("".join)


@given(
    TEXTS, st.lists(st.builds(Pattern, st.sampled_from("pq"), st.lists(PIECES, max_size=3).map("".join), st.booleans()))
)
@example("e\u0302\u0323o\u0300", [Pattern("p", "ò")])
@example("hòa", [Pattern("p", "hoà")])
@example("quí", [Pattern("p", "quý")])
def test_what_is_hit_stands_in_the_text_at_that_place(text: str, patterns: list[Pattern]) -> None:
    scan = matcher(*patterns).scan(text)
    assert len(set(scan.hits)) == len(scan.hits)
    assert [(hit.start, hit.end) for hit in scan.hits] == sorted((hit.start, hit.end) for hit in scan.hits)
    wanted = {lowered(way) for pattern in patterns for way in ways(pattern.text.strip())}
    for hit in scan.hits:
        start, end = scan.place(hit.start, hit.end)
        assert 0 <= start < end <= len(text)
        there = lowered(normal(text[start:end]))
        assert any(one in there for one in wanted)


def ways(phrase: str) -> tuple[str, ...]:
    return vietnamese_spelling.spellings(normal(phrase))


def normal(text: str) -> str:
    return normal_form(text, vietnamese_spelling.lettered)[0]


@given(TEXTS)
@example("hoà\u1c24")
def test_normal_forms_of_a_text_give_the_same_hits(text: str) -> None:
    finder = matcher("hòa", "à", "quý", "o", "가")
    composed, decomposed = (finder.scan(one) for one in variants(text))
    assert composed.hits == decomposed.hits
    assert [unicodedata.normalize("NFC", one) for one in words_of(decomposed)] == words_of(composed)


def variants(text: str) -> list[str]:
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


@given(TEXTS)
@example("ho\u1ea1\u0300")
def test_one_spelling_is_as_long_as_the_other_and_settled(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    spelled = tones.canonical(composed)
    assert len(spelled) == len(composed)
    assert tones.canonical(spelled) == spelled
    assert unicodedata.is_normalized("NFC", spelled)
