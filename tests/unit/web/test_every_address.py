"""What holds for feeds over HTTP holds for all that is published: pages, the file of every feed, terms (T50, T51)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import brotli
import pytest
from flask.testing import FlaskClient

from .room import BR, GZIP, SITE

PUBLISHED = (
    "/feeds/all.atom",
    "/",
    "/articles/abcdefgh22334455",
    "/topics/the-thao",
    "/regions/dong-thap",
    "/opml",
    "/scheme/topic",
    "/static/style.css",
    "/robots.txt",
)
EVIL = {
    "Host": "evil.example",
    "Forwarded": "host=evil.example;proto=evil",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "evil",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "666",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
}

pytestmark = pytest.mark.parametrize("path", PUBLISHED)


@pytest.mark.parametrize("asked", [{}, GZIP, BR])
def test_02_head_has_the_fields_of_get(client: FlaskClient, path: str, asked: dict[str, str]) -> None:
    got, head = client.get(path, headers=asked), client.head(path, headers=asked)
    assert (head.status_code, list(head.headers), head.data) == (200, list(got.headers), b"")
    assert int(head.headers["Content-Length"]) == len(got.data) > 0


@pytest.mark.parametrize("asked", [{}, GZIP, BR])
def test_09_a_known_tag_gives_a_304_with_what_a_cache_needs(
    client: FlaskClient, path: str, asked: dict[str, str]
) -> None:
    whole = client.get(path, headers=asked)
    for again in (client.get, client.head):
        answer = again(path, headers={**asked, "If-None-Match": whole.headers["ETag"]})
        assert (answer.status_code, answer.data) == (304, b"")
        for name in ("ETag", "Vary", "Cache-Control"):
            assert answer.headers.getlist(name) == whole.headers.getlist(name)
        assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(answer.headers.keys())


def test_04_it_varies_by_the_coding_alone(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers.getlist("Vary") == ["Accept-Encoding"]


def test_05_nothing_that_a_request_says_of_itself_is_in_the_answer(client: FlaskClient, path: str) -> None:
    plain, told = client.get(path), client.get(path, headers=EVIL)
    assert (told.status_code, told.data, list(told.headers)) == (200, plain.data, list(plain.headers))


def test_12_caches_are_told_how_long_and_may_keep_it_over_an_outage(client: FlaskClient, path: str) -> None:
    found = client.get(path).headers["Cache-Control"]
    assert re.fullmatch(r"public, max-age=[1-9][0-9]+, stale-while-revalidate=60, stale-if-error=86400", found)


def test_13_it_needs_no_cookie(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Cookie": "session=x"})
    assert not {"Set-Cookie", "WWW-Authenticate"} & set(answer.headers.keys())


def test_15_unknown_queries_give_the_same_document(client: FlaskClient, path: str) -> None:
    plain = client.get(path)
    for query in ("utm_source=x", "null", "raw=1"):
        answer = client.get(f"{path}?{query}")
        assert (answer.data, list(answer.headers)) == (plain.data, list(plain.headers))


def test_25_browsers_are_told_not_to_guess(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_26_other_methods_are_told_which_are_allowed(client: FlaskClient, path: str, method: str) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert len(answer.data) < 60


def test_16_what_programs_read_names_itself_and_is_open_to_every_origin(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if path in ("/feeds/all.atom", "/opml", "/scheme/topic"):
        assert answer.headers["Link"] == f'<{SITE}{path}>; rel="self"'
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    else:
        assert "Link" not in answer.headers


@pytest.mark.parametrize(("coding", "unpacked"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_03_a_coding_goes_to_those_who_ask_and_holds_the_same_document(
    client: FlaskClient, path: str, coding: str, unpacked: Callable[[bytes], bytes]
) -> None:
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": coding})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == coding
    assert packed.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-{coding}"'
    assert unpacked(packed.data) == plain.data
