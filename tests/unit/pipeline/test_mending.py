"""A record that was read in the wrong encoding is mended whole, told of, or refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from feedsvc.domain.record import Hypertext, RawFigure, RawRecord
from feedsvc.errors import RecordRefused
from feedsvc.pipeline.fingerprint import fingerprint
from feedsvc.storage.codec import decode, encode
from tests.unit.text.writing import tcvn_3, twice, utf8

from .newsroom import VIETNAMESE
from .records import draft_of, record, texts

TITLE = "Tiền Giang dọn sạch kênh Bà Bèo"
LEAD = (
    "Chiều thứ bảy, người dân đã cùng nhau dọn sạch đoạn kênh dài gần hai cây số chảy qua chợ, "
    "trồng thêm hàng dừa nước giữ bờ và mời các trường học cùng tham gia vào mỗi cuối tháng."
)


def whole() -> RawRecord:
    return RawRecord(
        key="kenh",
        title=TITLE,
        content=Hypertext(f"<p>{LEAD}</p>"),
        summary="Kênh đã sạch",
        authors=("Trần Thị Mười",),
        categories=("Đời sống",),
        figures=(RawFigure(("https://anh.example/kenh.jpg",), "Dòng kênh sạch", "Kênh và cầu"),),
    )


def broken(raw: RawRecord, written: Callable[[str], str]) -> RawRecord:
    assert isinstance(raw.content, Hypertext)
    assert isinstance(raw.title, str)
    [figure] = raw.figures
    return replace(
        raw,
        title=written(raw.title),
        content=Hypertext(written(raw.content.html)),
        summary=written(raw.summary or ""),
        authors=tuple(map(written, raw.authors)),
        categories=tuple(map(written, raw.categories)),
        figures=(RawFigure(figure.addresses, written(figure.caption), written(figure.alternative)),),
    )


@pytest.mark.parametrize(("written", "encoding"), [(utf8, "UTF-8"), (twice, "UTF-8"), (tcvn_3, "TCVN3")])
def test_every_text_of_a_record_comes_right_and_the_draft_says_what_was_wrong(
    written: Callable[[str], str], encoding: str
) -> None:
    honest, draft = draft_of(whole()), draft_of(broken(whole(), written))
    assert draft == replace(honest, mended=encoding)
    assert honest.mended == ""


def test_that_it_was_mended_is_no_part_of_what_a_reader_sees() -> None:
    seen = [fingerprint(draft_of(one), VIETNAMESE) for one in (broken(whole(), utf8), whole())]
    assert seen[0] == seen[1]


def test_that_it_was_mended_is_stored_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        draft = draft_of(broken(whole(), utf8))
    assert decode(encode(draft)).mended == "UTF-8"
    assert [one.getMessage() for one in caplog.records] == ["a text that was read in the wrong encoding was mended"]


def test_a_title_that_was_read_well_stays_beside_a_text_that_was_not() -> None:
    draft = draft_of(replace(broken(whole(), utf8), title=TITLE))
    assert (draft.title, draft.summary) == (TITLE, "Kênh đã sạch")


def test_a_broken_title_above_an_honest_text_comes_right() -> None:
    draft = draft_of(replace(whole(), title=utf8(TITLE)))
    assert (draft.title, texts(draft)[-1]) == (TITLE, LEAD)


def test_lines_of_a_plain_text_are_mended_one_by_one() -> None:
    draft = draft_of(record(utf8(LEAD), utf8("Kênh đã sạch."), title=utf8(TITLE)))
    assert (draft.title, texts(draft)) == (TITLE, [LEAD, "Kênh đã sạch."])


def test_a_title_that_is_html_and_a_summary_without_a_text_are_mended() -> None:
    raw = RawRecord(key="k", title=Hypertext(utf8(f"<b>{TITLE}</b>")), content=Hypertext(""), summary=utf8(LEAD))
    draft = draft_of(raw)
    assert (draft.title, draft.summary) == (TITLE, LEAD)


def test_what_is_recognised_and_cannot_be_mended_is_refused_by_the_name_of_its_encoding() -> None:
    lost = LEAD.encode().decode("cp1252", "replace")
    with pytest.raises(RecordRefused, match="written in UTF-8 and read as another encoding"):
        draft_of(record(lost, title="Kênh"))
