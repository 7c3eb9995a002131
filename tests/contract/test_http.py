"""Types, HEAD, content codings, and what never stands in a reader's way: items 1 to 4, 8, 11, 13 and 14."""

from __future__ import annotations

import pytest

from .publisher import CODINGS, FEEDS, FORMS, PAGES, TYPES, Publisher

pytestmark = pytest.mark.slow

FEED = "/feeds/all.atom"
EVERYTHING = (*(f"/feeds/{path}.{form}" for path in FEEDS for form in FORMS), *PAGES, "/opml", "/robots.txt")
"""A feed of each kind in each format, a page for each, the list of all feeds, and what robots may read."""


@pytest.mark.parametrize("form", FORMS)
def test_01_every_feed_has_its_exact_type(publisher: Publisher, form: str) -> None:
    for path in FEEDS:
        reply = publisher.ask(f"/feeds/{path}.{form}")
        assert (reply.status, reply["Content-Type"]) == (200, TYPES[form]), path


def test_01_pages_and_the_list_of_feeds_have_theirs(publisher: Publisher) -> None:
    assert {publisher.ask(page)["Content-Type"] for page in PAGES} == {"text/html; charset=utf-8"}
    assert publisher.ask("/opml")["Content-Type"] == "text/x-opml; charset=utf-8"


def test_01_documents_say_utf_8_are_it_and_have_no_mark(publisher: Publisher) -> None:
    for path in FEEDS:
        for form in FORMS:
            body = publisher.document(path, form)
            assert "﻿" not in body.decode("utf-8")[:1]
            assert form == "json" or body.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")


@pytest.mark.parametrize("coding", CODINGS)
def test_02_head_has_the_fields_of_get_and_no_body(publisher: Publisher, coding: str) -> None:
    for target in EVERYTHING:
        got, head = (publisher.ask(target, method, Accept_Encoding=coding) for method in ("GET", "HEAD"))
        assert head.steady == got.steady, target
        assert int(head["Content-Length"]) == len(got.body) > 0
        assert head.body == b""


def test_02_a_conditional_head_gives_304(publisher: Publisher) -> None:
    for target in EVERYTHING:
        tag = publisher.ask(target, "HEAD")["ETag"]
        again = publisher.ask(target, "HEAD", If_None_Match=tag)
        assert (again.status, again.body) == (304, b""), target


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, deflate", "gzip"), ("gzip, deflate, br, zstd", "br")])
def test_03_the_best_coding_goes_to_those_who_ask_and_is_the_same_document(
    publisher: Publisher, accepted: str, coding: str
) -> None:
    for target in EVERYTHING:
        plain, packed = publisher.ask(target), publisher.ask(target, Accept_Encoding=accepted)
        assert not plain.has("Content-Encoding")
        assert packed["Content-Encoding"] == coding
        assert packed.document == plain.body, target
        assert int(packed["Content-Length"]) == len(packed.body)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("x-gzip", "gzip"),
        ("gzip;q=0.2, identity;q=0.1", "gzip"),
        ("gzip;q=0.2, identity;q=0.7", None),
        ("GZIP ; Q=1", "gzip"),
        ("deflate, gzip;q=0.001", "gzip"),
        ("br,gzip", "br"),
        ("gzip;q=0.9, br;q=0.8", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("*", "br"),
        ("*;q=0.5, gzip;q=0.6", "gzip"),
    ],
)
def test_03_weights_decide(publisher: Publisher, accepted: str, coding: str | None) -> None:
    assert publisher.ask(FEED, Accept_Encoding=accepted).every("Content-Encoding") == ([coding] if coding else [])


@pytest.mark.parametrize("accepted", ["", "gzip;q=0, br;q=0", "identity;q=0", "*;q=0", "deflate", "zstd", "x;q=x, ;;,"])
def test_03_identity_is_the_answer_to_all_others_and_never_406(publisher: Publisher, accepted: str) -> None:
    reply = publisher.ask(FEED, Accept_Encoding=accepted)
    assert (reply.status, reply.has("Content-Encoding")) == (200, False)


def test_04_vary_is_the_coding_alone_on_200_and_304(publisher: Publisher) -> None:
    for target in EVERYTHING:
        first = publisher.ask(target, Cookie="a=b", User_Agent="x", Accept="text/html")
        again = publisher.ask(target, If_None_Match=first["ETag"])
        assert (first.status, again.status) == (200, 304)
        assert first.every("Vary") == again.every("Vary") == ["Accept-Encoding"], target


def test_08_each_coding_has_its_own_strong_tag(publisher: Publisher) -> None:
    for target in EVERYTHING:
        plain = publisher.ask(target)["ETag"]
        packed = [publisher.ask(target, Accept_Encoding=coding)["ETag"] for coding in ("gzip", "br")]
        # those asked for often, as by the tests before this one, are packed anew
        packed = [tag.replace(".dense", "") for tag in packed]
        assert packed == [f'{plain[:-1]}-gzip"', f'{plain[:-1]}-br"'], target


def test_11_ranges_are_not_offered(publisher: Publisher) -> None:
    whole = publisher.ask(FEED)
    part = publisher.ask(FEED, Range="bytes=0-3", If_Range=whole["ETag"])
    assert (part.status, part.body, part.steady) == (200, whole.body, whole.steady)
    assert not whole.has("Accept-Ranges")


def test_13_no_cookie_and_no_challenge(publisher: Publisher) -> None:
    for target in (*EVERYTHING, "/feeds/nothing.atom"):
        reply = publisher.ask(target, Cookie="session=x", Authorization="Basic eDp5")
        assert not reply.has("Set-Cookie")
        assert not reply.has("WWW-Authenticate")


@pytest.mark.parametrize(
    "agent", [None, "", "sfeed", "feedparser/6.0.10", "Mozilla/5.0 (X11; Linux x86_64)", "x" * 500]
)
@pytest.mark.parametrize("accept", [None, "", "*/*", "image/png", "application/rss+xml"])
def test_14_anyone_is_served(publisher: Publisher, agent: str | None, accept: str | None) -> None:
    told = {name: value for name, value in {"User-Agent": agent, "Accept": accept}.items() if value is not None}
    reply, plain = publisher.ask(FEED, **told), publisher.ask(FEED)
    assert (reply.status, reply.body, reply.steady) == (200, plain.body, plain.steady)
