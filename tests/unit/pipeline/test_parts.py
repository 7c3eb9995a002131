"""A newsroom's text told apart: lead, captions, figures, byline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from feedsvc.domain.article import Figure, Paragraph, Role
from feedsvc.domain.record import PictureNames
from feedsvc.markup.reader import HtmlReader
from feedsvc.pipeline.normalise import normalise
from feedsvc.text.neutral import Neutral

from .newsroom import NOW, SOURCE
from .records import draft_of, kinds, page, picture, pictures_of, read, record, texts

TITLE = "Họp mặt trực tuyến về công tác dân vận trên toàn quốc"
LEAD = "(ĐBS) Sáng 12/3, ban tổ chức họp mặt trực tuyến với các xã cù lao.  Gần trăm người dự."
FIRST = "Quang cảnh buổi họp mặt. Ảnh: Trần Gió"
BODY = "Ban tổ chức khen các tổ tự quản đã giữ xóm làng sạch đẹp."
SECOND = "Bà con theo dõi tại điểm cầu Tiền Giang. Ảnh: Trần Gió"
END = "Năm tới, phong trào sẽ đến từng ấp."
TEXT = f"""{TITLE}

{LEAD}

vlcsnap-2019-03-12-08h10m05s100

{FIRST}

{BODY}

vlcsnap-2019-03-12-08h20m06s200

vlcsnap-2019-03-12-08h30m07s300

{SECOND}

{END}

Lê Sóng Nước"""


class TestATextOfTheNewsroomsShape:
    def test_without_its_pictures_the_captions_stay_as_paragraphs(self) -> None:
        draft = read("tin.txt", TEXT)
        assert draft.title == TITLE
        assert draft.content == (
            Paragraph(LEAD.replace("  ", " "), Role.LEAD),
            Paragraph(FIRST, Role.CAPTION),
            Paragraph(BODY),
            Paragraph(SECOND, Role.CAPTION),
            Paragraph(END),
        )

    def test_with_its_pictures_it_has_figures_in_its_order(self) -> None:
        names = [f"vlcsnap-2019-03-12-{time}.jpg" for time in ("08h10m05s100", "08h20m06s200", "08h30m07s300")]
        draft = read("tin.txt", TEXT, *names)
        assert kinds(draft) == ["Paragraph", "Figure", "Paragraph", "Figure", "Paragraph"]
        assert draft.content[1] == Figure((picture(names[0]),), FIRST, ("Trần Gió",))
        assert draft.content[3] == Figure((picture(names[1]), picture(names[2])), SECOND, ("Trần Gió",))
        assert [medium.address for medium in pictures_of(draft)] == [f"/media/0/{name}" for name in names]

    def test_one_picture_of_two_makes_the_figure(self) -> None:
        draft = read("tin.txt", TEXT, "vlcsnap-2019-03-12-08h30m07s300.PNG")
        assert kinds(draft) == ["Paragraph", "Paragraph", "Paragraph", "Figure", "Paragraph"]

    def test_it_is_dated_by_the_day_of_its_lead_and_the_stamps_of_its_pictures(self) -> None:
        draft = read("tin.txt", TEXT)
        assert draft.published == datetime(2019, 3, 12, 1, 30, 7, tzinfo=UTC)
        assert "Sáng 12/3" in draft.dated_by
        assert draft.updated is None

    def test_its_summary_is_the_lead_without_the_dateline_which_is_kept(self) -> None:
        draft = read("tin.txt", TEXT)
        assert draft.summary == LEAD.replace("  ", " ").removeprefix("(ĐBS) ")
        assert draft.dateline == "ĐBS"

    def test_its_people_are_those_of_the_last_line_and_of_the_credits(self) -> None:
        draft = read("tin.txt", TEXT)
        assert (draft.authors, draft.contributors) == (("Lê Sóng Nước",), ("Trần Gió",))

    def test_it_is_in_the_language_of_its_source_and_has_no_address_of_its_own(self) -> None:
        draft = read("tin.txt", TEXT)
        assert (draft.key, draft.language, draft.link) == ("tin.txt", "vi", None)


class TestCaptions:
    def test_a_line_after_pictures_without_a_credit_is_a_paragraph(self) -> None:
        draft = draft_of(record("Lời đầu.", PictureNames(("a",)), "Một câu thường.", media={"a": picture("a")}))
        assert draft.content == (
            Paragraph("Lời đầu.", Role.LEAD),
            Figure((picture("a"),)),
            Paragraph("Một câu thường."),
        )

    def test_a_line_with_a_credit_that_follows_no_picture_is_a_paragraph(self) -> None:
        draft = draft_of(record("Lời đầu.", "Toàn cảnh. Ảnh: Bá An"))
        assert draft.content[1] == Paragraph("Toàn cảnh. Ảnh: Bá An")
        assert draft.contributors == ()

    def test_pictures_at_the_end_and_two_figures_in_a_row_keep_their_places(self) -> None:
        media = {name: picture(name) for name in "abc"}
        lines = (
            PictureNames(("a",)),
            "Cầu mới. Ảnh: Bá An",
            PictureNames(("b",)),
            "Chợ nổi. Ảnh: Lan",
            PictureNames(("c",)),
        )
        draft = draft_of(record("Lời đầu.", *lines, media=media))
        assert texts(draft) == ["Lời đầu.", "Cầu mới. Ảnh: Bá An", "Chợ nổi. Ảnh: Lan", ""]
        assert draft.contributors == ("Bá An", "Lan")

    def test_a_line_that_only_seems_to_be_there_parts_no_pictures_from_their_caption(self) -> None:
        lines = (PictureNames(("a",)), "\u200b", PictureNames(("b",)), "\ufeff ", "Cầu mới. Ảnh: Bá An")
        draft = draft_of(record("Lời đầu.", *lines, media={"a": picture("a"), "b": picture("b")}))
        assert draft.content[1] == Figure((picture("a"), picture("b")), "Cầu mới. Ảnh: Bá An", ("Bá An",))

    def test_a_caption_before_the_lead_does_not_become_the_lead(self) -> None:
        draft = draft_of(record(PictureNames(("a",)), "Cầu mới. Ảnh: Bá An", "Lời đầu.", "Lời cuối."))
        assert draft.summary == "Lời đầu."
        assert draft.fields()[1:] == (("caption", "Cầu mới. Ảnh: Bá An"), ("lead", "Lời đầu."), ("body", "Lời cuối."))

    def test_pictures_of_html_keep_the_words_that_stand_for_them_unless_they_have_a_caption(self) -> None:
        html = '<p>Lời đầu.</p><img src="a" alt="Chợ quê"><img src="b" alt=" Bến  đò "><p>Lời kết đã nói hết.</p>'
        media = {name: picture(name) for name in "ab"}
        draft = draft_of(page(html, media))
        assert draft.content[1:3] == (
            Figure((picture("a"),), alternative="Chợ quê"),
            Figure((picture("b"),), alternative="Bến đò"),
        )
        captioned = draft_of(page(html.replace("Lời kết đã nói hết.", "Chợ nổi. Ảnh: Lan"), media))
        assert captioned.content[1] == Figure((picture("a"), picture("b")), "Chợ nổi. Ảnh: Lan", ("Lan",))

    def test_a_picture_named_twice_in_a_figure_stands_in_it_once(self) -> None:
        draft = draft_of(
            record("Lời đầu.", PictureNames(("a", "a.jpg")), media=dict.fromkeys(("a", "a.jpg"), picture("a")))
        )
        assert draft.content[1] == Figure((picture("a"),))


class TestBylines:
    @pytest.mark.parametrize("line", ["Lời kết đã nói hết.", "Hẹn Gặp Lại.", "Lời kết không có dấu chấm"])
    def test_a_last_line_that_is_a_sentence_stays(self, line: str) -> None:
        draft = draft_of(record("Lời đầu.", line))
        assert draft.authors == ()
        assert texts(draft) == ["Lời đầu.", line]

    def test_who_wrote_and_took_the_pictures_is_both(self) -> None:
        draft = draft_of(record("Lời đầu.", "Bài và ảnh: Lê Sóng"))
        assert (draft.authors, draft.contributors) == (("Lê Sóng",), ("Lê Sóng",))

    def test_the_only_line_is_no_byline(self) -> None:
        draft = draft_of(record("Lê Sóng"))
        assert (draft.authors, texts(draft)) == ((), ["Lê Sóng"])

    def test_invisible_lines_after_the_byline_do_not_hide_it(self) -> None:
        assert draft_of(record("Lời đầu.", "Lê Sóng", "\u200b", " ")).authors == ("Lê Sóng",)

    def test_authors_that_the_record_names_count_before_the_byline_which_goes_all_the_same(self) -> None:
        draft = draft_of(replace(record("Lời đầu.", "Lê Sóng"), authors=("  Trần \n Gió ", "", "Trần Gió")))
        assert (draft.authors, texts(draft)) == (("Trần Gió",), ["Lời đầu."])

    def test_a_language_that_nobody_knows_has_no_bylines_and_no_captions(self) -> None:
        raw = record("(ABC) First.", PictureNames(("a",)), "A view. Photo: Ann", "Ann Lee", media={"a": picture("a")})
        draft = normalise(SOURCE, Neutral(), HtmlReader(), raw, NOW)
        assert (draft.authors, draft.contributors, draft.dateline) == ((), (), None)
        assert (draft.summary, draft.published) == ("(ABC) First.", NOW)


def test_media_may_be_any_mapping() -> None:
    raw = record("Lời đầu.", PictureNames(("a",)), media=MappingProxyType({"a": picture("a")}))
    assert pictures_of(draft_of(raw)) == (picture("a"),)
