"""Finding names and phrases: whole words, in any spelling that is the same to a reader."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.domain.capitals import in_capitals
from feedsvc.domain.matching import Hit, Pattern
from feedsvc.text import tones
from feedsvc.text.matcher import AhoCorasickMatcher, lowered


def matcher(*patterns: str | Pattern) -> AhoCorasickMatcher:
    found = (Pattern(one, one) if isinstance(one, str) else one for one in patterns)
    return AhoCorasickMatcher(found, tones.canonical)


def words(text: str, *patterns: str | Pattern) -> list[str]:
    return [hit.words for hit in matcher(*patterns).find(text)]


def exactly(text: str) -> Pattern:
    return Pattern(text, text, case=True)


@pytest.mark.parametrize("text", ["dân vận", "(dân vận)", "“dân vận”.", "a dân vận-b", "dân vận, dân vận"])
def test_a_phrase_is_found_between_what_is_no_letter(text: str) -> None:
    assert set(words(text, "dân vận")) == {"dân vận"}


@pytest.mark.parametrize(
    "text", ["nhândân vận", "dân vậnđộng", "dân vận2", "dân  vận", "dan van", "dân vân", "dân vạn", ""]
)
def test_a_phrase_is_not_found_within_words_nor_without_its_accents(text: str) -> None:
    assert words(text, "dân vận") == []


def test_an_accent_of_its_own_belongs_to_the_letter_before_it() -> None:
    assert words("an n\u0308 x", "n") == []
    assert words("can n\u0308", "can n") == []


def test_a_pattern_that_begins_or_ends_with_a_sign_needs_no_gap_there() -> None:
    assert words("x(ĐBS)y", "(ĐBS)") == ["(ĐBS)"]


def test_decomposed_text_gives_its_own_words_at_their_own_places() -> None:
    text = unicodedata.normalize("NFD", "Ở tỉnh Tiền Giang, ở Huế")
    hits = matcher("Tiền Giang", "Huế").find(text)
    assert [text[hit.start : hit.end] for hit in hits] == [hit.words for hit in hits]
    assert [unicodedata.normalize("NFC", hit.words) for hit in hits] == ["Tiền Giang", "Huế"]


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
    assert words("Họp mặt ở HÒA BÌNH", exactly("Hòa Bình")) == []


@pytest.mark.parametrize(
    ("text", "capitals"), [("HỌP MẶT", True), ("HỌP 12/3!", True), ("Họp", False), ("A", False), ("", False)]
)
def test_a_headline_in_capitals_is_one_throughout(text: str, capitals: bool) -> None:
    assert in_capitals(text) is capitals


def test_overlapping_patterns_are_all_found_in_the_order_of_the_text() -> None:
    hits = matcher("công tác dân vận", "dân vận", "vận khéo").find("công tác dân vận khéo")
    assert [(hit.start, hit.end, hit.key) for hit in hits] == [
        (0, 16, "công tác dân vận"),
        (9, 16, "dân vận"),
        (13, 21, "vận khéo"),
    ]


def test_two_spellings_of_a_name_under_one_key_are_one_hit() -> None:
    patterns = [Pattern("hoa-binh", "Hòa Bình", case=True), Pattern("hoa-binh", "Hoà Bình", case=True)]
    assert matcher(*patterns).find("ở Hoà Bình") == (Hit(2, 10, "hoa-binh", "Hoà Bình"),)


def test_two_keys_of_one_phrase_are_both_hit() -> None:
    assert [hit.key for hit in matcher(Pattern("b", "lúa"), Pattern("a", "lúa")).find("lúa")] == ["a", "b"]


def test_without_patterns_nothing_is_found() -> None:
    assert matcher().find("gì cũng được") == ()
    assert matcher("", " \n").find(" ") == ()


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
def test_what_is_hit_stands_in_the_text_at_that_place(text: str, patterns: list[Pattern]) -> None:
    hits = matcher(*patterns).find(text)
    assert [text[hit.start : hit.end] for hit in hits] == [hit.words for hit in hits]
    assert list(hits) == sorted(set(hits))
    assert all(hit.words for hit in hits)


@given(TEXTS)
@example("hoà\u1c24")
def test_normal_forms_of_a_text_give_the_same_hits(text: str) -> None:
    finder = matcher("hòa", "à", "quý", "o", "가")
    normal = [
        [(hit.key, unicodedata.normalize("NFC", hit.words)) for hit in finder.find(one)] for one in variants(text)
    ]
    assert normal[0] == normal[1]


def variants(text: str) -> list[str]:
    return [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]


@given(TEXTS)
def test_one_spelling_is_as_long_as_the_other_and_settled(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    spelled = tones.canonical(composed)
    assert len(spelled) == len(composed)
    assert tones.canonical(spelled) == spelled
