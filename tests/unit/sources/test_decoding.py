"""Bytes as text: byte order marks, encodings, and what is no text."""

from __future__ import annotations

import unicodedata

import pytest

from feedsvc.domain.record import RawRecord

from .desk import read_document
from .reading import reason

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_says_what_the_text_is_and_is_no_part_of_it(encoding: str) -> None:
    found = read_document("a.txt", "Chợ Gạo\nLời.".encode(encoding))
    assert isinstance(found, RawRecord)
    assert found.title == "Chợ Gạo"


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_is_read_in_both_orders(mark: bytes, encoding: str) -> None:
    found = read_document("a.txt", mark + "Gò Đen".encode(encoding))
    assert isinstance(found, RawRecord)
    assert found.title == "Gò Đen"


def test_utf_16_without_a_mark_is_read_where_the_source_says_so() -> None:
    found = read_document("a.txt", "Gò Đen".encode("utf-16-le"), encoding="utf-16-le")
    assert isinstance(found, RawRecord)
    assert found.title == "Gò Đen"


def test_the_encoding_is_that_of_files_that_are_not_utf_8() -> None:
    body = b"Bi\xea\xecn \xf0\xf4ng"
    found = read_document("a.txt", body, encoding="cp1258")
    assert isinstance(found, RawRecord)
    assert unicodedata.normalize("NFC", str(found.title)) == "Biến đông"
    assert isinstance(read_document("a.txt", "Biến đông".encode(), encoding="cp1258"), RawRecord)


@pytest.mark.parametrize("name", ["tcvn3", "TCVN3"])
def test_tcvn3_is_an_encoding_of_files_too(name: str) -> None:
    found = read_document("a.txt", b"TI\xd2N GIANG: B\xb5 \xae\xada gh\xd0", encoding=name)
    assert isinstance(found, RawRecord)
    assert found.title == "TIỀN GIANG: Bà đưa ghé"


@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"%PDF-1.7\n\xe2\xe3",
        b"PK\x03\x04" * 50,
        b"a\0b",
        b"\xff",
        b"\xff\xfea",
        b"\xff\xfe\0\0a\0\0\0",
        b"\xed\xa0\x80",
        b"\x01\x02\x03 abc",
    ],
)
def test_what_is_not_text_is_rejected(body: bytes) -> None:
    for suffix in ("txt", "md", "html", "json"):
        assert reason(f"a.{suffix}", body).startswith("it is not text in UTF-8")


@pytest.mark.parametrize("body", [BOM, b" ", b"\n\r\n\t", b"\xc2\xa0\xe2\x80\xa8", BOM + b"\n"])
def test_what_holds_nothing_but_white_space_is_empty(body: bytes) -> None:
    for suffix in ("txt", "md", "html", "json"):
        assert reason(f"a.{suffix}", body) == "it is empty"
