"""Addresses in HTML are absolute ones, or gone."""

from __future__ import annotations

import pytest

from feedsvc.domain.record import RawFigure
from feedsvc.markup.policy import http_address

from .reading import BASE, markup, read, shown


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("khac.html", "https://bao.example/tin/khac.html"),
        ("/a?b=c#d", "https://bao.example/a?b=c#d"),
        ("../a", "https://bao.example/a"),
        ("//e.example/a", "https://e.example/a"),
        ("?p=2", "https://bao.example/tin/bai.html?p=2"),
        (" http://e.example/ ", "http://e.example/"),
        ("HTTPS://e.example/", "https://e.example/"),
    ],
)
def test_a_relative_address_is_made_absolute(address: str, absolute: str) -> None:
    assert f'href="{absolute.replace("HTTPS", "https")}"' in markup(f"<p><a href='{address}'>x</a></p>", BASE).replace(
        "HTTPS", "https"
    )
    assert read(f"<img src='{address}'>", BASE) in (
        (RawFigure((absolute,), ""),),
        (RawFigure((absolute.lower(),), ""),),
    )


@pytest.mark.parametrize("reference", ["&#1;", "&#x1F;", "&#127;", "&#xFFFE;", "&#xFDD0;"])
def test_a_character_that_no_document_can_hold_is_left_out_of_an_address(reference: str) -> None:
    link, picture = f"{reference}http://e.example/a", f"{reference}b.jpg"
    html = f"<p><a href='{link}'>x</a></p><img src='{picture}'><img data-src='{picture}'>"
    figure = RawFigure(("https://bao.example/tin/b.jpg",), "")
    assert read(html, BASE)[1:] == (figure, figure)
    assert 'href="http://e.example/a"' in markup(html, BASE)


def test_without_a_base_a_relative_link_is_dropped_and_a_picture_keeps_its_name() -> None:
    assert shown("<p><a href=b.html>x</a></p><img src='b.jpg'>") == [
        '<p><a rel="nofollow noopener noreferrer">x</a></p>',
        "figure b.jpg |",
    ]


@pytest.mark.parametrize(
    "base", ["", "javascript:alert(1)//", "file:///etc/", "tin/bai.html", "http://[", "data:text/html,"]
)
def test_a_base_that_is_no_http_address_is_none(base: str) -> None:
    assert "href" not in markup("<p><a href=b>x</a></p>", base)
    assert read("<img src=b.jpg>", base) == (RawFigure(("b.jpg",), ""),)


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("http://e.example/a b", "http://e.example/a%20b"),
        ("http://e.example/a\nb", "http://e.example/ab"),
        ("http://e.example/<>{}|^`", "http://e.example/%3C%3E%7B%7D%7C%5E%60"),
        ("http://e.example/\\..\\", "http://e.example/%5C..%5C"),
        ("http://e.example/đường", "http://e.example/đường"),
    ],
)
def test_what_no_address_may_hold_is_encoded(address: str, written: str) -> None:
    html = address.replace("<", "&lt;").replace(">", "&gt;")
    # libxml2 encodes what is no ASCII when it writes an address down.
    assert written in markup(f'<p><a href="{html}">x</a></p>').replace("%C4%91%C6%B0%E1%BB%9Dng", "đường")


@pytest.mark.parametrize(
    "address", ["http://", "http:///a", "http://[::1", "http://e:99999/", "http:a", "ftp://e/", "mailto:a@e"]
)
def test_what_is_no_http_address_is_dropped(address: str) -> None:
    assert "href" not in markup(f"<p><a href='{address}'>x</a></p>")


def test_an_address_without_end_is_dropped() -> None:
    assert "href" not in markup(f"<p><a href='http://e.example/{'a' * 5000}'>x</a></p>")


def test_links_pass_nothing_on() -> None:
    assert 'rel="nofollow noopener noreferrer"' in markup("<p><a rel=me href=http://e.example/>x</a></p>")


def test_an_address_that_cannot_be_resolved_is_dropped() -> None:
    assert "href" not in markup("<p><a href='//[x'>x</a></p>", BASE)
    assert read("<img src='//[x'>một", BASE) == read("một", BASE)


@pytest.mark.parametrize(
    "address", ["", "http://[::1", "http://e.example:99999/", "http://e.example:0/", "http://\u2100/"]
)
def test_an_address_that_cannot_be_is_none(address: str) -> None:
    assert http_address(address) is None
