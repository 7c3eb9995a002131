"""What someone who reads Vietnamese sees."""

from __future__ import annotations

import pytest

from feedsvc.domain.language import Byline, Day, Standing
from feedsvc.domain.matching import Scan
from feedsvc.text.neutral import Neutral
from feedsvc.text.vietnamese import Vietnamese

VI = Vietnamese()


def test_its_commonest_words_are_written_as_they_are_looked_up() -> None:
    for word in VI.commonest():
        assert (word, len(word.split())) == (VI.canonical(word.lower()), 1)
    assert {"và", "của", "không"} <= VI.commonest()
    assert Neutral().commonest() == frozenset()


@pytest.mark.parametrize(
    ("lead", "dateline", "rest"),
    [
        ("(ĐBS) Sáng 10/1, mưa.", "ĐBS", "Sáng 10/1, mưa."),
        ("(Báo Ba Sông) - Mưa to.", "Báo Ba Sông", "Mưa to."),
        ("(BBS.vn): Mưa.", "BBS.vn", "Mưa."),
        ("BBS - Mưa to.", "BBS", "Mưa to."),
        ("BBS.VN – Mưa to.", "BBS.VN", "Mưa to."),
        ("BBS- Mưa to.", "BBS", "Mưa to."),
        *(
            (lead, None, lead)
            for lead in ("(ĐBS)", "(10/1) Mưa.", "Mưa (to) quá", "COVID-19 đã lui.", "ASEAN - Nhật Bản họp.", "")
        ),
    ],
)
def test_a_dateline_stands_before_the_lead(lead: str, dateline: str | None, rest: str) -> None:
    assert VI.dateline(lead) == (dateline, rest)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Cầu mới. Ảnh: Bá An", ("Bá An",)),
        ("Cầu mới (Ảnh: Bá An)", ("Bá An",)),
        ("Cầu mới. Ảnh: Bá An, Lan Chi", ("Bá An", "Lan Chi")),
        ("Cầu mới. Ảnh: Bá An - Lan Chi", ("Bá An", "Lan Chi")),
        ("Cầu mới. Ảnh : Bá An.", ("Bá An",)),
        ("Cầu mới. Ảnh: P.V.", ("P.V",)),
        ("Cầu mới. Ảnh: N. Gió", ("N. Gió",)),
        ("Cầu mới. Ảnh: T.Gió", ("T.Gió",)),
        ("Ảnh: BaSong.vn", ("BaSong.vn",)),
        ("Cầu mới. Video: Bá An", ("Bá An",)),
        *(
            (line, ())
            for line in ("Cầu. Ảnh: Internet", "Cầu. Ảnh: NVCC", "Cầu. Ảnh minh hoạ: Bá An", "Cầu. Nguồn: Báo Ba Sông")
        ),
        ("Cầu. Ảnh: bạn đọc gửi", ()),
        *(
            (line, None)
            for line in ("Cầu mới.", "Một số hình ảnh: cầu", "Ảnh:", "Ảnh: Bá An. Xe chạy êm", "Ảnh đẹp", "")
        ),
    ],
)
def test_a_credit_ends_a_caption_and_names_people_or_not(line: str, people: tuple[str, ...] | None) -> None:
    assert VI.credit(line) == people


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Lê Sóng", Byline(("Lê Sóng",))),
        ("Lê Sóng - Trần Gió", Byline(("Lê Sóng", "Trần Gió"))),
        ("Nguyễn Thị Sóng và Trần Văn Gió", Byline(("Nguyễn Thị Sóng", "Trần Văn Gió"))),
        *((line, Byline((line,))) for line in ("P.V", "T.Gió", "N. Gió", "H'Sóng Niê", "Y-Gió Êban", "ĐBS")),
        ("P.V.", Byline(("P.V",))),
        ("Theo Báo Ba Sông", Byline(("Báo Ba Sông",))),
        ("Tác giả: Lê Sóng", Byline(("Lê Sóng",))),
        ("Bài và ảnh: Lê Sóng", Byline(("Lê Sóng",), ("Lê Sóng",))),
        ("Tin, ảnh:Lê Sóng, Trần Gió", Byline(("Lê Sóng", "Trần Gió"), ("Lê Sóng", "Trần Gió"))),
        ("Bài: Lê Sóng - Ảnh: Trần Gió", Byline(("Lê Sóng",), ("Trần Gió",))),
        *(
            (line, None)
            for line in ("Lê Sóng.", "Cầu mới đã thông xe", "Một Hai Ba Bốn Năm Sáu Bảy", "Lê Sóng!", "Năm 2019", "")
        ),
        *((line, None) for line in ("Bài và ảnh: của bạn đọc", "Internet", "tin: " + "," * 9999)),
    ],
)
def test_a_byline_names_people_and_nothing_else(line: str, byline: Byline | None) -> None:
    assert VI.byline(line) == byline


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("Sáng 10/1, mưa.", (10, 1, None)),
        ("Sáng nay (10/1), mưa.", (10, 1, None)),
        ("Chiều ngày 10-1-2018, mưa.", (10, 1, 2018)),
        ("Tối 10.1.18 mưa.", (10, 1, 2018)),
        ("Đêm 09/02/2019 mưa.", (9, 2, 2019)),
        ("Mưa, ngày 10 tháng 1 năm 2018.", (10, 1, 2018)),
        ("Rạng sáng 10 tháng 1, mưa.", (10, 1, None)),
        ("Sáng thứ Ba, 10/1/2018, mưa.", (10, 1, 2018)),
        ("Sáng 10/1. 25 xã có mưa.", (10, 1, None)),
        ("Sáng 10/1 - 14 xã có mưa.", (10, 1, None)),
        ("Ngày 40/1, sáng 3/2 mưa.", (3, 2, None)),
        *(
            (lead, None)
            for lead in ("Mưa 10/1.", "Ngày 9-10/1 mưa.", "Sáng nay mưa.", "Nghị quyết số 25", "Ngày 10/13 mưa.", "")
        ),
        ("x" * 200 + " sáng 10/1", None),
    ],
)
def test_the_day_is_the_first_that_the_lead_writes_in_figures(
    lead: str, day: tuple[int, int, int | None] | None
) -> None:
    found = VI.day(lead)
    assert (found and (found.day, found.month, found.year)) == day
    assert found is None or found.words in lead


def test_the_words_of_the_day_are_kept() -> None:
    assert VI.day("Mưa to sáng 10/1 ở xã") == Day(10, 1, None, "sáng 10/1")


def test_one_spelling_stands_for_both_places_of_the_tone_mark_for_i_and_y_and_for_apostrophes() -> None:
    assert VI.canonical("hoà, quý, hoàn") == "hòa, quí, hoàn"
    assert VI.canonical("Mỹ Lý, bác sỹ, hay tay, Ea H’leo ‘hỏi’") == "Mĩ Lí, bác sĩ, hay tay, Ea H'leo ‘hỏi’"


@pytest.mark.parametrize(
    "text", ["hoà", "kỹ sư", "nghệ sĩ Mỹ Lý", "công ty thuý quý", "hy vọng quy hoạch kỳ sĩ lý", "Ea H'leo"]
)
def test_all_spellings_of_a_text_are_one(text: str) -> None:
    found = VI.spellings(text)
    assert text in found
    assert len(set(map(len, found))) == len(set(map(VI.canonical, found))) == 1


def test_a_language_that_nobody_knows_recognises_nothing() -> None:
    neutral = Neutral()
    assert neutral.dateline("(ABC) Rain.") == (None, "(ABC) Rain.")
    assert (neutral.credit("Photo: A"), neutral.byline("Ann Lee"), neutral.day("ngày 10/1")) == (None, None, None)
    assert neutral.standing(Scan("tỉnh Huế", "tỉnh Huế", ()), 5, 8) is Standing.BARE
    assert (neutral.date("10 Th1"), neutral.unaccented("a" * 99), neutral.everyday("huế")) == (None, False, True)
    assert (neutral.foreign("gặp John"), neutral.native("gặp John")) == ((), ())
    assert (neutral.canonical("hoà"), neutral.folded("hoà")) == ("hoà", "hoà")
    assert (neutral.lettered("ðồ"), neutral.spellings("hoà")) == ("ðồ", ("hoà",))


@pytest.mark.parametrize(
    ("between", "joins"),
    [(", ", True), (" and ", True), (", or ", True), (" & ", True), (" near ", False), (" ", False)],
)
def test_a_language_that_nobody_knows_enumerates_by_signs_or_in_english(between: str, joins: bool) -> None:
    assert Neutral().joins(between) is joins
