"""What the kind asks for, remembers, and calls unreadable."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from feedsvc.domain.fetched import Failure, FailureKind, Listing, Request, Validators
from feedsvc.domain.record import Parsed
from feedsvc.domain.source import Cursor
from feedsvc.sources.syndication import Syndication
from feedsvc.sources.syndication.kind import SyndicationOptions

from .desk import SOURCE, URL, atom, parse, rss

AT = datetime(2025, 7, 1, tzinfo=UTC)


def test_it_asks_with_the_validators_of_this_address_only() -> None:
    cursor = Cursor({"address": URL, "etag": '"a"', "last_modified": 1})
    (request,) = Syndication().ask(SOURCE, cursor, False)
    assert (request.address, request.cursor, request.validators) == (URL, cursor, Validators(etag='"a"'))
    (other,) = Syndication().ask(SOURCE, Cursor({"address": "https://old.example/", "etag": '"a"'}), False)
    assert other.validators == Validators()


def test_it_remembers_the_version_of_what_it_read() -> None:
    assert parse(rss(), etag='"a"').cursor == {"address": URL, "etag": '"a"', "last_modified": None}
    assert parse("<html></html>", etag='"a"').cursor == {}


def test_addresses_are_relative_to_where_it_was_found() -> None:
    found = parse(rss("<title>T</title><link>1</link>"), address="https://moved.example/a/b").records[0]
    assert found.link == "https://moved.example/a/1"


def test_nothing_follows_a_failure_or_a_refusal() -> None:
    failure = Failure(request=Request(address=URL), at=AT, kind=FailureKind.MISSING, why="gone")
    assert Syndication().absent(SOURCE, failure) == Parsed()
    assert Syndication().remember(Cursor(), "a", "why") == {}


def test_a_folder_is_no_feed() -> None:
    assert Syndication().parse(SOURCE, Listing(request=Request(address=URL), at=AT, files=())).unreadable


@pytest.mark.parametrize("url", ["", "ftp://a.example/", "/a", "https://", "https://a b/", "http://[", "http://a:0/"])
def test_an_address_is_http(url: str) -> None:
    with pytest.raises(ValidationError, match="http"):
        SyndicationOptions(url=url)


def test_an_address_holds_no_password() -> None:
    with pytest.raises(ValidationError, match="must not hold a name and a password"):
        SyndicationOptions(url="https://me:secret@a.example/rss")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("<!DOCTYPE html><html><item>x</item></html>", "it is an HTML page and no feed"),
        ("<opml version='2.0'><body/></opml>", "OPML"),
        ("<urlset/>", "sitemap"),
        ("<a><b/></a>", "neither RSS nor Atom"),
        ("plain words", "neither XML nor JSON"),
        ("<?xml version='1.0'", "breaks off"),
        ("<!-- <rss>", "breaks off"),
    ],
)
def test_what_is_no_feed(body: str, why: str) -> None:
    assert why in (parse(body).unreadable or "")


@pytest.mark.parametrize("whole", [rss("<title>T</title>", "<title>U</title>"), atom("<id>a</id>", "<id>b</id>")])
def test_a_feed_that_breaks_off_is_not_read(whole: str) -> None:
    for end in range(whole.index("<title>News"), len(whole) - len("</channel></rss>")):
        assert "breaks off before its end (no </" in (parse(whole[:end]).unreadable or "")
    assert parse(whole + "\n<!-- made <b>in</b> 3 ms -->\n").held == 2


def test_a_feed_may_be_empty() -> None:
    assert parse('<feed xmlns="http://www.w3.org/2005/Atom"/>').unreadable is None
    assert parse(rss()).held == 0


def test_feedparser_is_loaded_only_to_read() -> None:
    code = "import sys, feedsvc.sources.syndication; sys.exit('feedparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PAGE = "<!doctype html><html><head>{}</head><body>a</body></html>"


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("<link rel='alternate' type='application/rss+xml' href='/rss'>", "https://news.example/rss"),
        (
            '<LINK HREF="a?b&amp;c" TYPE="application/atom+xml; charset=utf-8" REL="x Alternate">',
            "https://news.example/x/a?b&c",
        ),
        ("<link rel=alternate type=application/feed+json href=//cdn.example/f.json>", "https://cdn.example/f.json"),
        ("<link rel=alternate type=text/html href=/en>", None),
        ("<link rel=stylesheet type=application/rss+xml href=/a>", None),
        ("<link rel=alternate type=application/rss+xml href='javascript:a'>", None),
        ("<link rel=alternate type=application/rss+xml>", None),
        ("<link " * 50_000, None),
    ],
)
def test_a_page_in_the_place_of_a_feed_is_told_with_the_feed_that_it_names(link: str, named: str | None) -> None:
    told = "it is an HTML page and no feed"
    expected = told if named is None else f"{told}; it names one, though: {named}"
    assert parse(PAGE.format(link), address="https://news.example/x/").unreadable == expected


def asking(tmp_path: Path, token: str, **options: str) -> Request:
    (tmp_path / "token").write_text(token)
    made = SyndicationOptions.model_validate({"url": URL, "token_file": str(tmp_path / "token"), **options})
    (request,) = Syndication().ask(replace(SOURCE, options=made), Cursor(), False)
    assert token not in repr(request)
    assert token not in repr(made)
    return request


def test_a_token_is_a_bearers_unless_it_says_otherwise(tmp_path: Path) -> None:
    assert asking(tmp_path, "abc").secrets == {"Authorization": "Bearer abc"}
    assert asking(tmp_path, "Basic YWJj").secrets == {"Authorization": "Basic YWJj"}
    assert asking(tmp_path, "abc", token_header="X-Api-Key").secrets == {"X-Api-Key": "abc"}


@pytest.mark.parametrize("header", ["Host", "user-agent", "A B", "A:", "", "A\r\nB"])
def test_a_token_does_not_take_the_place_of_another_header(tmp_path: Path, header: str) -> None:
    with pytest.raises(ValueError, match="the name of a header"):
        asking(tmp_path, "abc", token_header=header)


@pytest.mark.parametrize("token", ["", "a\nb", "\x07", "a" * 5000, "bí mật"])
def test_what_is_no_token_is_told_without_it(tmp_path: Path, token: str) -> None:
    with pytest.raises(ValueError, match=r"one line|not ASCII") as caught:
        asking(tmp_path, token)
    assert token == "" or token not in str(caught.value)


def test_a_file_of_a_token_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nowhere cannot be read: No such file"):
        SyndicationOptions.model_validate({"url": URL, "token_file": str(tmp_path / "nowhere")})
