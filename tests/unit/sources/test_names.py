"""Names of files, from every system that people have."""

from __future__ import annotations

import unicodedata

import pytest

from feedsvc.domain.fetched import FileKind
from feedsvc.sources.documents.names import PicturesBeside, is_passing, record_key, stamp_of

from .desk import Desk

COMPOSED = unicodedata.normalize("NFC", "Lễ hội Đình Yên.txt")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def beside(*names: str) -> PicturesBeside:
    return PicturesBeside(PicturesBeside.index(names))


def test_a_decomposed_name_has_the_key_of_the_composed_one() -> None:
    assert record_key(DECOMPOSED) == record_key(COMPOSED) == COMPOSED


def test_a_file_whose_name_comes_back_decomposed_is_the_same_file() -> None:
    desk = Desk()
    desk.put(COMPOSED)
    desk.look()
    file = desk.files.pop(COMPOSED)
    desk.put(DECOMPOSED)
    assert desk.files[DECOMPOSED].modified_ns == file.modified_ns
    seen = desk.look(120)
    assert (seen.read, seen.gone) == ((), ())


def test_of_two_files_of_one_name_one_is_read_and_the_other_rejected() -> None:
    desk = Desk()
    desk.put(COMPOSED, body=b"Composed\nText")
    desk.put(DECOMPOSED, body=b"Decomposed\nText")
    seen = desk.look()
    assert (seen.read, seen.records[COMPOSED].title) == ((COMPOSED,), "Composed")
    assert seen.reasons == {COMPOSED: "another file here has the same name"}
    assert desk.look(30).read == ()


def test_of_two_files_of_one_name_the_one_that_can_be_read_is() -> None:
    desk = Desk()
    desk.put(COMPOSED, kind=FileKind.LINK)
    desk.put(DECOMPOSED)
    assert desk.look().read == (DECOMPOSED,)


def test_a_name_that_is_no_text_has_a_key_that_is() -> None:
    name = b"b\xe0i-vi\xea\x80t.txt".decode("utf-8", "surrogateescape")
    desk = Desk()
    desk.put(name)
    (key,) = desk.look().records
    assert key.encode() == rb"b\xe0i-vi\xea\x80t.txt"
    assert desk.look(30).read == ()


@pytest.mark.parametrize("name", ["\ud800.txt", "\udfff", "a\udcffb\ud800", ""])
def test_no_name_is_too_odd_for_a_key(name: str) -> None:
    assert record_key(name).encode() is not None


@pytest.mark.parametrize(
    "name",
    [".a.txt", "~$a.txt", "a.txt~", "a.txt.tmp", "a.part", "a.PARTIAL", "a.crdownload", ".a.txt.swp", "a.bak", ".txt"],
)
def test_hidden_and_unfinished_files_are_not_there(name: str) -> None:
    assert is_passing(name)
    desk = Desk()
    desk.put(name)
    seen = desk.look()
    assert (seen.held, seen.rejections) == (0, ())


@pytest.mark.parametrize("name", ["a.txt", "tmp.txt", "a.b.txt", "part", "a~b.txt", "a.party"])
def test_other_files_are_there(name: str) -> None:
    assert not is_passing(name)


def test_a_folder_within_the_folder_is_not_entered_and_no_rejection() -> None:
    desk = Desk()
    desk.put("a.txt", kind=FileKind.FOLDER)
    seen = desk.look()
    assert (seen.held, seen.rejections) == (0, ())


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("vlcsnap-2018-01-10-14h42m09s668", True),
        ("IMG_20180110_144209", True),
        ("DSC01234(2)", True),
        ("a.jpg", True),
        ("Chợ quê.PNG", True),
        ("2018", False),
        ("abc", False),
        ("Covid", False),
        ("a/b2018-01-10.jpg", False),
        ("", False),
        ("x" * 300 + "2018.jpg", False),
        ("Một câu rất dài kể chuyện người ta đã lưu tấm hình ấy vào tệp anh.jpg", False),
    ],
)
def test_a_line_names_a_picture_when_it_can_be_nothing_else(line: str, named: bool) -> None:
    assert beside().is_named(line) is named


def test_any_line_names_a_picture_that_is_there() -> None:
    assert beside("chợ quê.webp").is_named("  Chợ quê ")


@pytest.mark.parametrize("ending", [".jpg", ".jpeg", ".png", ".webp", ".gif", ".JPG"])
def test_a_picture_is_found_with_and_without_its_ending(ending: str) -> None:
    assert beside(f"a{ending}").file("a") == beside(f"a{ending}").file(f"A{ending}") == f"a{ending}"


def test_a_picture_is_found_in_any_normal_form_and_case() -> None:
    file = unicodedata.normalize("NFD", "Cầu Ông Bố.jpg")
    assert beside(file).file("CẦU ông bố") == file


@pytest.mark.parametrize(
    ("name", "stamp"),
    [
        ("vlcsnap-2018-01-10-14h42m09s668", "2018-01-10T14:42:09"),
        ("IMG_20180110_144209.jpg", "2018-01-10T14:42:09"),
        ("20180110144209123", "2018-01-10T14:42:09"),
        ("Screenshot 2018-01-10 14.42.09", "2018-01-10T14:42:09"),
        ("IMG_20181310_144209", None),
        ("IMG_20180230_144209", None),
        ("a-2018-01-10-29h42m09", None),
        ("９２０１８０１１０１４４２０９", None),
        ("IMG_1234", None),
        ("", None),
    ],
)
def test_a_stamp_is_read_where_it_is_a_time(name: str, stamp: str | None) -> None:
    found = stamp_of(name)
    assert (found and found.isoformat()) == stamp
