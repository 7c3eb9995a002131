"""The bytes of a feed are read as what they are, whatever is said of them."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.fetched import Fetched, Request
from feedsvc.sources.syndication import Syndication
from feedsvc.sources.syndication.decoding import as_utf8
from feedsvc.sources.syndication.kind import SyndicationOptions
from tests.unit.text.writing import tcvn_3, windows_1258

from .desk import SOURCE, URL, atom, parse, rss

NOW = datetime(2026, 11, 1, tzinfo=UTC)
TITLE = "Kênh xanh ở Gò Đen"
LONG = TITLE + ": sáng nay nước lại trong, ghe về đầy bến, trẻ con đi học bằng đò"


def feed(title: str, encoding: str | None = None) -> str:
    declaration = "" if encoding is None else f'<?xml version="1.0" encoding="{encoding}"?>\n'
    return declaration + rss(f"<title>{title}</title><guid>1</guid>")


def title(body: bytes, media_type: str | None = None, encoding: str | None = None) -> str:
    source = replace(SOURCE, options=SyndicationOptions(url=URL, encoding=encoding))
    found = Syndication().parse(source, Fetched(request=Request(address=URL), at=NOW, body=body, media_type=media_type))
    assert found.unreadable is None
    [record] = found.records
    assert isinstance(record.title, str)
    return unicodedata.normalize("NFC", record.title)


@pytest.mark.parametrize(
    "label", [None, "utf-8", "UTF8", "iso-8859-1", "windows-1258", "utf-16", "gb2312", "x-own", ""]
)
@pytest.mark.parametrize("charset", [None, "utf-8", "ISO-8859-1", "windows-1251", "nonsense"])
def test_utf_8_is_utf_8_whatever_it_is_called(label: str | None, charset: str | None) -> None:
    media_type = None if charset is None else f"text/xml; charset={charset}"
    for mark in (b"", codecs.BOM_UTF8, b"\r\n "):
        assert title(mark + feed(TITLE, label).encode(), media_type) == TITLE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("label", [None, "utf-8", "utf-16", "iso-8859-1"])
def test_utf_16_and_utf_32_show_themselves_with_a_mark_and_without(encoding: str, label: str | None) -> None:
    assert title(feed(TITLE, label).encode(encoding), "application/xml; charset=utf-8") == TITLE


@pytest.mark.parametrize(
    ("encoding", "label", "words"),
    [
        ("cp1252", "iso-8859-1", "“Été” – 5 €"),
        ("cp1252", "US-ASCII", "“Été” – 5 €"),
        ("cp1252", None, "“Été” – 5 €"),
        ("cp1252", "utf-8", "“Été” – 5 €"),
        ("cp1252", "x-own", "“Été” – 5 €"),
        ("cp1251", "windows-1251", "Мост снова открыт"),
        ("koi8-r", "KOI8-R", "Мост снова открыт"),
        ("gb18030", "gb2312", "新桥今天通车镕"),
        ("cp932", "Shift_JIS", "橋が開いた①"),
        ("iso2022_jp", "iso-2022-jp", "橋が開いた"),
        ("cp1254", "iso-8859-9", "“İstanbul”"),
        ("cp1258", "windows-1258", "Đồng hồ"),
    ],
)
def test_what_is_no_utf_8_is_what_it_is_said_to_be(encoding: str, label: str | None, words: str) -> None:
    written = unicodedata.normalize("NFD", words) if encoding == "cp1258" else words
    body = (
        windows_1258(feed(words, label)).encode("cp1252")
        if encoding == "cp1258"
        else feed(written, label).encode(encoding)
    )
    assert title(body) == words
    if label is not None:
        body = body.replace(f' encoding="{label}"'.encode(), b"", 1)
        assert title(body, f'application/rss+xml; charset="{label}"') == words


def test_a_server_that_calls_everything_latin_1_is_believed_last() -> None:
    body = feed("Мост снова открыт", "windows-1251").encode("cp1251")
    assert title(body, "text/xml; charset=ISO-8859-1") == "Мост снова открыт"
    assert title(body, "text/xml; charset=koi8-r") != "Мост снова открыт"


@pytest.mark.parametrize("label", [None, "utf-8", "iso-8859-1"])
def test_the_source_says_what_a_feed_is_that_says_something_else(label: str | None) -> None:
    body = windows_1258(feed(TITLE, label)).encode("latin-1")
    assert title(body) != TITLE
    assert title(body, encoding="cp1258") == TITLE
    body = tcvn_3(feed(LONG, label)).encode("cp1252")
    assert title(body, encoding="TCVN3") == LONG
    assert title(feed(TITLE, label).encode(), encoding="tcvn3") == TITLE


def test_bytes_of_windows_1252_within_utf_8_are_those() -> None:
    body = feed(f"{LONG} – đẹp", "utf-8").encode().replace("–".encode(), b"\x96")
    assert title(body) == f"{LONG} – đẹp"
    assert title(body, "text/xml; charset=iso-8859-1") == f"{LONG} – đẹp"


def test_a_character_that_was_cut_is_no_other_one() -> None:
    cut = LONG.encode() + "ế".encode()[:2]
    assert title(feed("T", "utf-8").encode().replace(b">T<", b">" + cut + b"<")) == f"{LONG}\ufffd"
    half = LONG.encode() + b"\xed\xa0\x80 x"
    assert title(feed("T", "utf-8").encode().replace(b">T<", b">" + half + b"<")) == f"{LONG} x"


def test_what_is_given_on_says_utf_8_and_nothing_else() -> None:
    assert as_utf8(b"<?xml version='1.0' encoding='latin-1' standalone='yes'?><a>\xe9</a>") == (
        "<?xml version='1.0' encoding=\"utf-8\" standalone='yes'?><a>é</a>".encode()
    )
    assert as_utf8(codecs.BOM_UTF8 + b"<a/>") == b"<a/>"
    assert as_utf8('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("utf-16")) == (
        '<?xml version="1.0" encoding="utf-8"?><a>é</a>'.encode()
    )


def test_the_mainframes_of_old_are_read_too() -> None:
    for page, label in (("cp037", "ebcdic-cp-us"), ("cp500", "cp500")):
        assert title(feed("Été [1]", label).encode(page)) == "Été [1]"


def test_json_is_read_in_the_encoding_of_the_source() -> None:
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1", "title": "{TITLE}"}}]}}'
    assert title(windows_1258(body).encode("latin-1"), encoding="windows-1258") == TITLE
    assert title(codecs.BOM_UTF8 + body.encode()) == TITLE
    assert title(body.encode("utf-16")) == TITLE


@pytest.mark.parametrize("name", ["tcvn4", "rot13", "unicode-escape", "base64"])
def test_an_encoding_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="encoding"):
        SyndicationOptions(url=URL, encoding=name)


@given(st.binary(max_size=400), st.sampled_from([None, "text/xml; charset=gbk", "text/xml; charset=\xff"]))
def test_any_bytes_are_some_text(body: bytes, media_type: str | None) -> None:
    for encoding in (None, "cp1258", "tcvn3", "utf-16", "iso2022_jp"):
        as_utf8(body, media_type, encoding).decode()
    assert parse(body, media_type).records == ()


@given(st.text())
def test_well_formed_utf_8_stays_as_it_is(text: str) -> None:
    body = atom(f"<id>1</id><title>{text}</title>").encode("utf-8", "replace")
    assert as_utf8(body, "text/xml; charset=koi8-r", "cp1258") == body
