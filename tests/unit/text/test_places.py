"""How the name of a place stands between the words around it."""

from __future__ import annotations

import pytest

from feedsvc.domain.language import Standing
from feedsvc.domain.matching import Scan
from feedsvc.text.vietnamese import Vietnamese

VI = Vietnamese()
NAME = "Bình Định"


def standing(before: str, after: str, name: str = NAME, *, folded: bool = False) -> Standing:
    text = f"{before}{name}{after}"
    scan = Scan(text, text, (), folded=folded)
    return VI.standing(scan, len(before), len(before) + len(name))


@pytest.mark.parametrize(
    "before",
    ["tỉnh ", "Thành phố ", "TP ", "TP. ", "TP.", "Tỉnh ủy ", "UBND ", "Công an ", "nông dân ", "vùng biển ", "thuộc "],
)
def test_a_rank_an_authority_or_its_people_make_a_place(before: str) -> None:
    assert standing(before, " mưa") is Standing.PLACE


@pytest.mark.parametrize("before", ["Sở Y tế ", "Trường Cao đẳng Nghề ", "Bệnh viện Đa khoa ", "Ban Quản lý rừng "])
def test_an_office_a_school_and_a_hospital_are_of_the_place_behind_their_name(before: str) -> None:
    assert standing(before, " mở cửa") is Standing.PLACE


@pytest.mark.parametrize("before", ["Mưa ở ", "Họp tại ", "Xe về ", "đoàn đến "])
def test_a_preposition_says_that_something_happens_within_it(before: str) -> None:
    assert standing(before, " sáng nay") is Standing.WITHIN


@pytest.mark.parametrize("before", ["Cô quê ", "Anh, trú tại ", "chàng trai người ", "Anh Lê Sóng (", "bà Ba (quê "])
def test_somebody_comes_from_it(before: str) -> None:
    assert standing(before, ")" if "(" in before else " kể") is Standing.ORIGIN


@pytest.mark.parametrize("before", ["cao tốc ", "cách ", "so với ", "sông ", "đèo "])
def test_ways_distances_and_comparisons_only_point_at_it(before: str) -> None:
    assert standing(before, " năm nay") is Standing.ASIDE


@pytest.mark.parametrize(
    "before",
    [
        *(
            "đường ",
            "trên đường ",
            "ngã tư ",
            "Công ty ",
            "Ngân hàng ",
            "ông ",
            "ca sĩ ",
            "CLB ",
            "Báo ",
            "hoa hậu ",
            "tàu ",
        ),
        *("Công ty Xây dựng và Thương mại ", "CLB Bóng đá trẻ ", "Khách sạn Lúa Vàng "),
    ],
)
def test_streets_companies_people_clubs_and_papers_only_have_its_name(before: str) -> None:
    assert standing(before, " mới") is Standing.NAME


@pytest.mark.parametrize("before", ["Trương ", "gặp Lê A, Trương ", "chi nhánh Lúa Vàng ", "Nguyễn "])
def test_a_capitalised_word_before_it_makes_another_name(before: str) -> None:
    assert standing(before, " mới") is Standing.NAME


@pytest.mark.parametrize("after", [" Dương xanh", " Mười", " Ấm", " FC", " phủ"])
def test_what_goes_on_behind_it_makes_another_name(after: str) -> None:
    assert standing("", after) is Standing.NAME


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *((before, " mưa") for before in ("", "Mưa to, ", "gặp ông Hà. ", "Nhiều xã của ", "Mưa: Sáng ", "theo AFP ")),
        *(("", after) for after in (" đã mưa", " ấm lên", ", Long An", " 2019", "", " Ấ", " Nguyễn Văn Sóng nói")),
        ("", " TỔNG KẾT PHONG TRÀO"),
        ("SÁNG NAY ", " CÓ MƯA"),
    ],
)
def test_else_nothing_speaks_for_a_place_or_against_it(before: str, after: str) -> None:
    name = NAME.upper() if (before + after).isupper() else NAME
    assert standing(before, after, name) is Standing.BARE


def test_a_name_alone_in_brackets_stands_by_itself_and_behind_an_address_it_is_the_place() -> None:
    assert standing("cầu Lúa mới (", ")") is Standing.BRACKETED
    assert standing("xã Phước Lúa (", ")") is Standing.PLACE
    assert standing("xã Phước Lúa, ", "") is Standing.PLACE


@pytest.mark.parametrize("before", ["Bộ đội ", "Thông báo ", "Trẻ em ", "hè phố "])
def test_the_second_half_of_a_word_says_nothing_by_itself(before: str) -> None:
    assert standing(before, " mưa") is Standing.BARE


def test_the_name_of_a_school_may_hold_that_of_a_trade() -> None:
    assert standing("Trường Đại học Ngân hàng ", " tuyển sinh") is Standing.PLACE
    assert standing("Trường hợp ông ", " rất lạ") is Standing.NAME


def test_the_name_of_a_person_is_a_place_only_behind_a_rank_or_an_authority() -> None:
    assert standing("Học tập ", " mãi", "Hồ Chí Minh") is Standing.NAME
    assert standing("ở ", "", "Hồ Chí Minh") is Standing.NAME
    assert standing("Thành phố ", " có mưa", "Hồ Chí Minh") is Standing.PLACE


@pytest.mark.parametrize("before", ["", "Mưa to. ", "“"])
def test_a_word_of_every_day_at_the_head_of_a_sentence_is_no_place(before: str) -> None:
    assert standing(before, " gặp lại mẹ", "Anh") is Standing.NAME


def test_such_a_word_within_a_sentence_is_one() -> None:
    assert standing("họp với ", " và nước láng giềng", "Pháp") is Standing.BARE
    assert standing("nước ", " và nước láng giềng", "Pháp") is Standing.BARE


def test_capitals_say_nothing_in_a_headline_in_capitals_but_words_do() -> None:
    assert standing("TRẦN ", " NHẬN GIẢI", NAME.upper()) is Standing.BARE
    assert standing("ÔNG ", " NHẬN GIẢI", NAME.upper()) is Standing.NAME
    assert standing("TỈNH ", " CÓ MƯA", NAME.upper()) is Standing.PLACE


def test_without_accents_the_words_beside_it_are_read_without_them() -> None:
    assert standing("mua o tinh ", " sang nay", "Binh Dinh", folded=True) is Standing.PLACE
    assert standing("xe chay tren duong ", " moi", "Binh Dinh", folded=True) is Standing.NAME
    assert standing("hoc tap ", " mai mai", "Ho Chi Minh", folded=True) is Standing.NAME
    assert standing("Lam con duong ", " moi", "Binh Dinh", folded=True) is Standing.BARE


def test_a_long_text_on_either_side_costs_nothing() -> None:
    assert standing("a" * 500_000 + " tỉnh ", " b" * 500_000) is Standing.PLACE


@pytest.mark.parametrize(
    ("name", "everyday"),
    [("hòa bình", True), ("hoa binh", True), ("anh", True), ("đồng tháp", False), ("dong thap", False)],
)
def test_some_names_are_words_of_every_day(name: str, everyday: bool) -> None:
    assert VI.everyday(name) is everyday


@pytest.mark.parametrize(
    ("between", "joins"),
    [(", ", True), (" và ", True), (", và ", True), ("/", True), (" va ", True), (" của ", False), (" ", False)],
)
def test_commas_and_words_for_and_make_an_enumeration(between: str, joins: bool) -> None:
    assert VI.joins(between) is joins


@pytest.mark.parametrize(
    ("before", "twin"),
    [("Công ty ", "Công ti "), ("ca sĩ ", "ca sỹ "), ("đăng ký ", "đăng kí "), ("gặp Lý ", "gặp Lí ")],
)
def test_what_stands_before_a_name_says_the_same_however_it_is_written(before: str, twin: str) -> None:
    assert standing(before, " hôm nay") is standing(twin, " hôm nay") is not Standing.BARE


@pytest.mark.parametrize("name", ["Mỹ", "Mĩ"])
def test_a_country_that_is_a_word_too_is_none_at_the_head_of_a_sentence_however_it_is_written(name: str) -> None:
    assert standing("", " thuật và đời sống", name) is Standing.NAME
    assert standing("Thăm ", " mùa thu", name) is not Standing.NAME
    assert VI.everyday(name.lower())


@pytest.mark.parametrize("mark", ["”", "’"])
def test_what_closes_a_quotation_ends_no_sentence(mark: str) -> None:
    assert standing(f"Phim hay{mark} ", " thu bạc tỷ", "Mỹ") is not Standing.NAME
