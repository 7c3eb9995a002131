"""Names of people and of what is abroad, and texts that were typed without accents."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.text.vietnamese import Vietnamese

VI = Vietnamese()


def native(text: str) -> list[str]:
    return [text[slice(*span)] for span in VI.native(text)]


def foreign(text: str) -> list[str]:
    return [text[slice(*span)] for span in VI.foreign(text)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ông Nguyễn Văn Sóng nói", ["Nguyễn Văn Sóng"]),
        ("Trần Gió và Lê Sóng", ["Trần Gió", "Lê Sóng"]),
        ("Nguyễn và nhiều người", []),
        ("NGUYỄN VĂN SÓNG", []),
        ("Phạm tội nhiều lần", []),
    ],
)
def test_a_family_name_and_capitalised_words_behind_it_are_a_person(text: str, people: list[str]) -> None:
    assert native(text) == people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gặp Johnson ở sân bay", ["Johnson"]),
        ("Smith và Clark", ["Smith", "Clark"]),
        ("Mưa to ở Tien Giang", []),
        ("Xem Video trên Facebook", ["Facebook"]),
        ("VinFast và Vietcombank", []),
        ("Ab, Giang và Quynh", []),
        ("UBND họp", []),
        ("trang example.com", []),
    ],
)
def test_a_capitalised_word_that_is_no_syllable_is_from_abroad(text: str, names: list[str]) -> None:
    assert foreign(text) == names


@pytest.mark.parametrize(
    ("text", "unaccented"),
    [
        ("Mua to o tinh Tien Giang sang nay", True),
        ("Mua to “o tinh” Tien Giang – sang nay", True),
        ("Mưa to ở tỉnh Tiền Giang sáng nay", False),
        ("Mua to o tinh Tien Giang, đa tanh", False),
        (unicodedata.normalize("NFD", "Mua to o tinh Tien Giang à"), False),
        ("Mua to", False),
        ("", False),
    ],
)
def test_a_text_of_some_words_without_any_accent_was_typed_without(text: str, unaccented: bool) -> None:
    assert VI.unaccented(text) is unaccented


def test_without_accents_a_text_is_as_long_as_it_was() -> None:
    assert VI.folded("Đồng Tháp, đường Hoà Bình") == "Dong Thap, duong Hoa Binh"
    assert VI.folded("plain") == "plain"


@given(st.text())
def test_folding_keeps_the_length_of_any_text(text: str) -> None:
    assert len(VI.folded(text)) == len(text)
    assert VI.folded(VI.folded(text)) == VI.folded(text)
