"""The normal form of a text, and the way back to the text itself."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedsvc.domain.matching import Scan
from feedsvc.text import tones
from feedsvc.text.normal import LONGEST, normal_form


def normal(text: str) -> str:
    return normal_form(text, tones.lettered)[0]


@pytest.mark.parametrize("text", ["", "plain words", "Mưa ở Tiền Giang", "Mưa\u00a0ở\u3000Huế", "a\tb"])
def test_a_text_whose_characters_stay_needs_no_way_back(text: str) -> None:
    assert normal_form(text, tones.lettered)[1] is None


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\t", "\n", "\u2028"])
def test_every_kind_of_space_is_a_space(space: str) -> None:
    assert normal(f"Tiền{space}Giang") == "Tiền Giang"
    assert normal(f"one{space}two") == "one two"


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u200d", "\u200e", "\u2060", "\ufeff"])
def test_what_no_reader_sees_is_left_out(unseen: str) -> None:
    text, spots = normal_form(f"{unseen}Ti{unseen}ền {unseen}Giang{unseen}", tones.lettered)
    assert text == "Tiền Giang"
    assert spots is not None
    assert len(spots) == len(text)


def test_a_text_of_nothing_that_is_seen_is_empty() -> None:
    assert normal_form("\u200b\ufeff", tones.lettered) == ("", ())


def test_the_letters_of_the_language_are_its_own() -> None:
    assert normal("Hoà Ðắk thuỷ") == "Hoà Đắk thuỷ"


def test_what_composes_to_one_character_leads_back_to_all_of_its_characters() -> None:
    text, spots = normal_form("e\u0302\u0323x", tones.lettered)
    assert (text, spots) == ("ệx", ((0, 3), (3, 4)))


def test_what_has_no_marks_but_is_not_composed_is_composed_too() -> None:
    text, spots = normal_form("\u2126 \u212b", tones.lettered)
    assert text == "Ω Å"
    assert spots == ((0, 1), (1, 2), (2, 3))


def test_marks_piled_up_on_one_letter_between_what_is_not_seen_are_ordered_few_at_a_time() -> None:
    _, spots = normal_form("a" + ("\u0301\u0327" * 15 + "\u200e") * 2000, tones.lettered)
    assert spots is not None
    assert max(end - start for start, end in spots) == LONGEST


PIECES = st.sampled_from([*"aeo .-", "hoà", "ệ", "\u0323", "\u0302", "\u00ad", "\u200b", "\u00a0", "\u1100", "\u1161"])
TEXTS = st.lists(PIECES | st.characters(), max_size=30).map("".join)


@given(TEXTS)
@example("\u200be\u00ad\u0302\u0323\u00a0")
def test_every_character_of_the_normal_form_leads_back_to_what_it_was_made_from(text: str) -> None:
    form, spots = normal_form(text, str)
    scan = Scan(text, form, (), spots)
    places = [scan.place(at, at + 1) for at in range(len(form))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert all(
        character in normal_form(text[start:end], str)[0] for character, (start, end) in zip(form, places, strict=True)
    )


@given(TEXTS)
def test_the_normal_form_is_settled_and_composed_and_the_same_for_a_decomposed_text(text: str) -> None:
    form = normal(text)
    assert normal(form) == form
    assert unicodedata.is_normalized("NFC", form)
    assert normal(unicodedata.normalize("NFD", text)) == form
