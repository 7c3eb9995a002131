"""Pictures beside the texts that name them."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from urllib.parse import unquote

import pytest

from feedsvc.domain.fetched import FileKind
from feedsvc.domain.record import Hypertext, Line, PictureNames, PlainText, RawFigure, RawRecord
from feedsvc.markup.reader import HtmlReader

from .desk import FOLDER, START, Desk, read_document

JPEG = b"\xff\xd8\xff"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def record(name: str, body: str, *beside: str) -> RawRecord:
    found = read_document(name, body.encode(), beside)
    assert isinstance(found, RawRecord)
    return found


def wants(found: RawRecord) -> dict[str, tuple[str, ...]]:
    return {want.name: want.called for want in found.wants}


def as_read(found: RawRecord) -> tuple[str, ...]:
    """What the markup's reader calls the pictures of a page, as it is looked up afterwards."""
    assert isinstance(found.content, Hypertext)
    figures = (block for block in HtmlReader().read(found.content.html, None) if isinstance(block, RawFigure))
    return tuple(unquote(address).removeprefix("./") for figure in figures for address in figure.addresses)


def test_a_picture_that_stands_beside_its_text_is_wanted_by_its_address(desk: Desk) -> None:
    desk.put("a.txt", body="Tựa\nIMG_2018.jpg\nLời.".encode())
    desk.put("IMG_2018.jpg", body=JPEG)
    (want,) = desk.look().records["a.txt"].wants
    assert want.request.address == f"file:{FOLDER}/IMG_2018.jpg"


def test_several_names_before_one_caption_are_one_figure() -> None:
    found = record("a.txt", "Tựa\nIMG_2018.jpg\n\nIMG_2019.jpg\nHai bờ sông. Ảnh: An\nLời.\nIMG_2020.jpg")
    assert found.content == PlainText(
        (
            PictureNames(("IMG_2018.jpg", "IMG_2019.jpg")),
            Line("Hai bờ sông. Ảnh: An"),
            Line("Lời."),
            PictureNames(("IMG_2020.jpg",)),
        )
    )


def test_a_picture_that_is_missing_is_not_wanted_and_its_name_is_no_line() -> None:
    found = record("a.txt", "Tựa\nIMG_2018\nLời.")
    assert (wants(found), found.content) == ({}, PlainText((PictureNames(("IMG_2018",)), Line("Lời."))))


def test_the_first_line_is_the_title_even_where_a_picture_has_its_name() -> None:
    assert record("a.txt", "Cầu mới\nLời.", "Cầu mới.jpg").title == "Cầu mới"


def test_a_picture_that_arrives_later_brings_its_text_again(desk: Desk) -> None:
    desk.put("a.txt", body="Tựa\nIMG_2018.jpg\nLời.".encode())
    desk.put("b.txt")
    assert wants(desk.look().records["a.txt"]) == {}
    desk.put("IMG_2018.jpg", body=JPEG, at=START)
    seen = desk.look(30)
    assert (seen.read, wants(seen.records["a.txt"])) == (("a.txt",), {"IMG_2018.jpg": ("IMG_2018.jpg",)})
    assert desk.look(60).read == ()


def test_a_picture_named_by_a_plain_line_may_arrive_later_too(desk: Desk) -> None:
    desk.put("a.txt", body="Tựa\nBến đò chiều\nLời kể của người lái đò.".encode())
    assert wants(desk.look().records["a.txt"]) == {}
    desk.put("bến đò chiều.jpg", body=JPEG)
    assert wants(desk.look(30).records["a.txt"]) == {"bến đò chiều.jpg": ("Bến đò chiều",)}
    assert desk.look(60).read == ()


def test_a_picture_still_being_written_is_waited_for(desk: Desk) -> None:
    desk.put("a.txt", body="Tựa\nIMG_2018.jpg".encode())
    desk.look()
    desk.put("IMG_2018.jpg", body=JPEG, at=START + timedelta(seconds=29))
    assert desk.look(30).read == ()
    assert desk.look(60).read == ("a.txt",)


def test_a_picture_that_is_replaced_is_not_lost_while_it_is_written(desk: Desk) -> None:
    desk.put("a.txt", body="Tựa\nIMG_2018.jpg".encode())
    desk.put("IMG_2018.jpg", body=JPEG)
    desk.look()
    desk.put("IMG_2018.jpg", body=JPEG * 2, at=START + timedelta(seconds=29))
    assert desk.look(30).read == ()
    assert wants(desk.look(60).records["a.txt"]) == {"IMG_2018.jpg": ("IMG_2018.jpg",)}


def test_a_picture_that_goes_takes_its_figure_along(desk: Desk) -> None:
    desk.put("a.txt", body="Tựa\nIMG_2018.jpg\nLời.".encode())
    desk.put("IMG_2018.jpg", body=JPEG)
    desk.look()
    desk.take("IMG_2018.jpg")
    assert wants(desk.look(30).records["a.txt"]) == {}


def test_a_picture_that_nobody_names_changes_nothing(desk: Desk) -> None:
    desk.put("a.txt")
    desk.look()
    desk.put("khac.jpg", body=JPEG)
    assert desk.look(30).read == ()


@pytest.mark.parametrize("kind", [FileKind.LINK, FileKind.DEVICE, FileKind.FOLDER])
def test_only_a_regular_file_is_a_picture(desk: Desk, kind: FileKind) -> None:
    desk.put("a.txt", body="Tựa\nIMG_2018.jpg\nLời.".encode())
    desk.put("IMG_2018.jpg", body=JPEG, kind=kind)
    seen = desk.look()
    assert (wants(seen.records["a.txt"]), seen.rejections) == ({}, ())


def test_pictures_by_themselves_are_no_documents(desk: Desk) -> None:
    desk.put("a.jpg", "b.webp", body=JPEG)
    seen = desk.look()
    assert (seen.held, seen.rejections) == (0, ())


@pytest.mark.parametrize(
    "source",
    [
        "cho que.jpg",
        "cho%20que.jpg",
        "./cho que.jpg",
        " cho que.jpg ",
        "cho que",
        "cho&#32;que.jpg",
        "CHO QUE.JPG",
    ],
)
def test_html_names_a_picture_beside_it_in_any_spelling(source: str) -> None:
    found = record("a.html", f"<h1>Tựa</h1><p>Lời<img alt='x > y' src='{source}'></p>", "cho que.jpg")
    assert wants(found) == {"cho que.jpg": as_read(found)}


def test_html_in_decomposed_letters_finds_its_picture_as_its_blocks_will_call_it() -> None:
    source = unicodedata.normalize("NFD", "Chợ.jpg")
    found = record("a.html", f"<h1>Tựa</h1><img src='{source}'>", source)
    assert wants(found) == {source: as_read(found)}


@pytest.mark.parametrize(
    "source", ["https://e.example/a.jpg", "data:a.jpg", "b/a.jpg", "/a.jpg", "//a.jpg", "", "a" * 300]
)
def test_html_that_names_a_picture_elsewhere_wants_none(source: str) -> None:
    assert wants(record("a.html", f"<h1>Tựa</h1><img src='{source}'>", "a.jpg")) == {}


def test_a_picture_that_html_loads_late_is_found() -> None:
    assert wants(record("a.html", "<h1>Tựa</h1><img data-src=a.jpg src=data:,>", "a.jpg")) == {"a.jpg": ("a.jpg",)}


def test_a_picture_called_by_many_names_is_wanted_once() -> None:
    found = record("a.md", "# Tựa\n\n![](a.jpg) ![](A.jpg) ![](a)", "a.jpg")
    assert wants(found) == {"a.jpg": ("a.jpg", "A.jpg", "a")}


def test_five_hundred_names_of_pictures_are_enough(desk: Desk) -> None:
    desk.put("a.txt", body=("Tựa\n" + "".join(f"IMG_{number}\n" for number in range(10_000, 14_000))).encode())
    desk.look()
    assert len(str(desk.cursor.state)) < 20_000
