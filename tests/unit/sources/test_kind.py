"""The kind's own promises, its options, and plain text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from feedsvc.domain.fetched import Fetched
from feedsvc.domain.record import Line, PlainText, RawRecord
from feedsvc.domain.source import Cursor, Json, Source
from feedsvc.plugins import SOURCES, plugins
from feedsvc.sources.documents import Documents
from feedsvc.sources.documents.kind import DocumentsOptions

from .desk import FOLDER, START, read_document, source_of, stored
from .reading import record


def test_every_line_but_the_first_is_a_paragraph() -> None:
    assert record("a.txt", "T\r\n a \r\rb\u2028c\n").content == PlainText((Line("a"), Line("b"), Line("c")))


def test_one_line_is_a_title_without_a_text() -> None:
    assert record("a.txt", "Tựa").content == PlainText(())


def test_html_in_a_plain_text_is_text() -> None:
    assert record("a.txt", "T\n<script>x</script>").content == PlainText((Line("<script>x</script>"),))


def test_the_kind_is_found_as_a_plug_in() -> None:
    assert plugins(SOURCES)["documents"] is Documents


def test_a_pass_begins_with_the_listing_of_the_folder() -> None:
    cursor = Cursor({"file/a": {"key": "a"}})
    (request,) = Documents().ask(source_of(), cursor, True)
    assert (request.address, request.cursor, request.accept_deletions) == (f"folder:{FOLDER}", cursor, True)


def test_one_file_by_itself_needs_no_listing() -> None:
    request = Documents().single(Path("/tmp/Chợ.txt"))
    answer = Fetched(request=request, at=START, body=b"T\nIMG_2018\nx", modified=START)
    (found,) = Documents().parse(source_of(), answer).records
    assert (found.key, found.modified, found.wants) == ("Chợ.txt", START, ())


def test_a_record_tells_when_its_file_last_changed() -> None:
    found = read_document("a.txt", b"T")
    assert isinstance(found, RawRecord)
    assert found.modified == START - timedelta(hours=1)


def test_a_file_of_an_unknown_age_is_read() -> None:
    request = Documents().single(Path("/tmp/a.txt"))
    answer = Fetched(request=request, at=datetime(2025, 1, 1, tzinfo=UTC), body=b"T", modified=None)
    assert Documents().parse(source_of(), answer).records[0].modified is None


def test_the_cursor_survives_the_store() -> None:
    request = Documents().single(Path("/tmp/a.json"))
    answer = Fetched(request=request, at=START, body=b'{"content_html": "<img src=\'\\ud800.jpg\'>x"}')
    cursor = Documents().parse(source_of(), answer).cursor
    assert stored(cursor).state == cursor


def test_options_of_another_kind_are_a_mistake_of_the_program() -> None:
    source = Source(id="a", kind="b", title="", outlet="", language="vi", zone="UTC", every=timedelta(1), options=None)
    with pytest.raises(TypeError):
        Documents().ask(source, Cursor(), False)


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "cp1258", "windows-1258", "utf-16", "latin-1", "utf-7"])
def test_an_encoding_of_texts_is_taken(name: str) -> None:
    assert DocumentsOptions(path=Path("/a"), encoding=name).encoding


@pytest.mark.parametrize("name", ["", "viscii-2", "hex", "rot13", "zlib", "idna", "unicode_escape", "undefined", "a\0"])
def test_any_other_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        DocumentsOptions(path=Path("/a"), encoding=name)


def test_a_relative_path_lies_below_the_data() -> None:
    made = DocumentsOptions.model_validate({"path": "inbox/a"}, context={"data_dir": Path("/var/data")})
    assert made.path == Path("/var/data/inbox/a")


def test_an_absolute_path_stays() -> None:
    made = DocumentsOptions.model_validate({"path": "/srv/a"}, context={"data_dir": Path("/var/data")})
    assert made.path == Path("/srv/a")


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        DocumentsOptions.model_validate({"path": "/a", "colour": "red"})


@pytest.mark.parametrize("path", ["", "."])
def test_no_path_is_no_folder(path: str) -> None:
    with pytest.raises(ValidationError):
        DocumentsOptions.model_validate({"path": path})


def test_what_is_remembered_of_a_refused_record_stands_and_of_an_incomplete_one_is_read_again() -> None:
    state: Json = {"key": "a.html", "sig": [1, 2, 3], "names": ["x.jpg"], "pictures": {"x.jpg": [1, 1, 1]}}
    cursor = Cursor({"file/a.html": state})
    refused = Documents().remember(cursor, "a.html", "it says nothing")
    assert refused == {"file/a.html": {"key": "a.html", "sig": [1, 2, 3], "rejected": "it says nothing"}}
    incomplete = Documents().remember(cursor, "a.html", None)
    again = {"key": "a.html", "sig": [1, 2, 3], "names": ["x.jpg"], "pictures": {}}
    assert incomplete == {"file/a.html": again}
