"""T14: what counts or ages by itself is no correction, and every other number is."""

from __future__ import annotations

import pytest

from feedsvc.text.neutral import Neutral
from feedsvc.text.vietnamese import Vietnamese

LONG = "Hội nghị bàn về công tác dân vận ở cơ sở, với sự tham gia của đại biểu nhiều xã và các ban ngành. " * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lượt xem: 1.234", "Lượt xem: 1.301"),
        ("1.234 lượt xem", "2 lượt xem"),
        ("Đã xem: 5", "Đã xem: 6"),
        ("Bình luận (5)", "Bình luận (12)"),
        ("12 bình luận, 3 chia sẻ", "13 bình luận, 40 chia sẻ"),
        ("5 phút trước", "59 phút trước"),
        (f"{LONG} 7 bình luận", f"{LONG} 8 bình luận"),
        (f"Lượt đọc 7. {LONG}", f"Lượt đọc 8. {LONG}"),
        ("3,4K views", "3.5k views"),
        ("Comments: 0", "Comments: 15"),
        ("2 hours ago", "3 hours ago"),
    ],
)
def test_a_counter_makes_no_difference(one: str, other: str) -> None:
    assert Vietnamese().steady(one) == Vietnamese().steady(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bão làm 5 người bị thương", "Bão làm 7 người bị thương"),
        ("Có 50 xã tham gia", "Có 51 xã tham gia"),
        ("Sáng 10/1", "Sáng 11/1"),
        ("Giá vàng 75,5 triệu", "Giá vàng 76 triệu"),
        (f"{LONG} Đã có 5 ý kiến trong buổi sáng. {LONG}", f"{LONG} Đã có 6 ý kiến trong buổi sáng. {LONG}"),
        ("Một bình luận hay", "Hai bình luận hay"),
        ("Chương 12", "Chương 13"),
    ],
)
def test_any_other_number_does(one: str, other: str) -> None:
    assert Vietnamese().steady(one) != Vietnamese().steady(other)


def test_a_text_without_counters_stays_as_it_is() -> None:
    for text in (LONG, "", "Tin 24h", "Quốc lộ 1A", "xem", "12"):
        assert Vietnamese().steady(text) == Neutral().steady(text) == text


def test_other_languages_know_the_english_ones() -> None:
    assert Neutral().steady("Actualités 12 views").strip() == "Actualités"
