"""The documents in tests/data/formats, byte for byte."""

from __future__ import annotations

import locale
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from feedsvc.ports import Format
from tests.rules import check, ids_of

from .samples import FULL, GOLDEN, NOW, PLAIN

DATA = Path(__file__).parents[2] / "data" / "formats"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_feed_becomes_its_golden_document(each: Format, name: str) -> None:
    assert each.render(GOLDEN[name]).body == (DATA / f"{name}.{each.name}").read_bytes()


@pytest.mark.parametrize("name", GOLDEN)
def test_the_golden_documents_keep_the_rules(each: Format, name: str) -> None:
    assert check(each.name, (DATA / f"{name}.{each.name}").read_bytes(), now=NOW) == []


def test_entries_stand_in_the_order_of_the_feed(each: Format) -> None:
    assert ids_of(each.name, each.render(GOLDEN["full"]).body) == [FULL.id, PLAIN.id]


def test_a_document_tells_its_type_and_its_date(each: Format) -> None:
    document = each.render(GOLDEN["full"])
    types = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
    assert (document.format, document.media_type) == (each.name, f"{types[each.name]}; charset=utf-8")
    assert document.updated == GOLDEN["full"].updated


def test_the_formats_are_found_as_plug_ins(each: Format) -> None:
    (point,) = entry_points(group="feedsvc.formats", name=each.name)
    assert isinstance(point.load()(), type(each))


def test_no_format_touches_the_locale(each: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the locale belongs to the whole process")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert each.render(GOLDEN["full"]).body
