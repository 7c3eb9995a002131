"""The contract of a feed publisher over HTTP, item by item, as any server in front would see it."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .room import GZIP, NOON, SITE, Room, an_article

FEED = "/feeds/all.atom"
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
PATHS = ("all", "topics/the-thao", "regions/dong-thap", "regions/lai-chau", "sources/bao-song")


@pytest.mark.parametrize("form", TYPES)
@pytest.mark.parametrize("path", PATHS)
def test_01_every_feed_has_its_exact_type(client: FlaskClient, path: str, form: str) -> None:
    answer = client.get(f"/feeds/{path}.{form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[form]
    assert not answer.data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("asked", [{}, GZIP])
def test_02_head_has_the_fields_of_get_and_no_body(client: FlaskClient, asked: dict[str, str]) -> None:
    got, head = client.get(FEED, headers=asked), client.head(FEED, headers=asked)
    assert list(head.headers) == list(got.headers)
    assert int(head.headers["Content-Length"]) == len(got.data) > 0
    assert head.data == b""


def test_02_a_conditional_head_gives_304(client: FlaskClient) -> None:
    tag = client.head(FEED).headers["ETag"]
    assert client.head(FEED, headers={"If-None-Match": tag}).status_code == 304


def test_03_gzip_goes_to_those_who_ask_and_is_the_same_document(client: FlaskClient) -> None:
    plain, packed = client.get(FEED), client.get(FEED, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data)


@pytest.mark.parametrize("accepted", ["gzip;q=0", "identity;q=0", "*;q=0", "br", "nonsense"])
def test_03_identity_is_the_answer_to_all_others_and_never_406(client: FlaskClient, accepted: str) -> None:
    answer = client.get(FEED, headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers


def test_04_vary_is_the_coding_alone_on_200_and_304(client: FlaskClient) -> None:
    first = client.get(FEED)
    again = client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first.headers.getlist("Vary") == again.headers.getlist("Vary") == ["Accept-Encoding"]


def test_05_the_same_content_gives_the_same_bytes_and_validators_everywhere(room: Room) -> None:
    one, two = room.client().get(FEED, headers=GZIP), room.client().get(FEED, headers={**GZIP, "Host": "evil.example"})
    assert one.data == two.data
    assert dict(one.headers) == dict(two.headers)
    room.now += timedelta(days=1)
    assert dict(room.client().get(FEED, headers=GZIP).headers) == dict(one.headers)


def test_06_the_tag_is_strong_quoted_and_short(client: FlaskClient) -> None:
    tag = client.get(FEED, headers=GZIP).headers["ETag"]
    assert tag.startswith('"')
    assert tag.endswith('"')
    assert len(tag) <= 64


def test_06_the_tag_moves_with_the_content_alone(room: Room) -> None:
    client = room.client()
    first = client.get(FEED).headers["ETag"]
    room.put(an_article("other", "Chợ nổi"))
    assert client.get(FEED).headers["ETag"] != first


def test_07_last_modified_is_the_feeds_last_change(room: Room) -> None:
    client = room.client()
    assert client.get(FEED).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:00:00 GMT"
    room.shelf.withdraw(an_article().id, at=NOON + timedelta(minutes=5))
    room.now += timedelta(hours=1)
    assert client.get(FEED).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:05:00 GMT"


def test_07_last_modified_is_never_in_the_future(room: Room) -> None:
    room.put(an_article("other"), at=NOON + timedelta(hours=3))
    assert room.client().get(FEED).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:00:00 GMT"


def test_08_each_coding_has_its_own_strong_tag(client: FlaskClient) -> None:
    plain, packed = client.get(FEED).headers["ETag"], client.get(FEED, headers=GZIP).headers["ETag"]
    assert packed == f'{plain[:-1]}-gzip"'


@pytest.mark.parametrize("pattern", ["{}", "W/{}", '"a", {}, "b"', "*"])
@pytest.mark.parametrize("asked", [{}, GZIP])
def test_09_a_known_tag_gives_304(client: FlaskClient, pattern: str, asked: dict[str, str]) -> None:
    tag = client.get(FEED, headers=asked).headers["ETag"]
    answer = client.get(FEED, headers={**asked, "If-None-Match": pattern.format(tag)})
    assert answer.status_code == 304
    assert answer.headers["ETag"] == tag


@pytest.mark.parametrize("suffix", ["-gzip", "-br", "-zstd", ";gzip", "-gzip-gzip"])
def test_09_suffixes_that_proxies_add_are_seen_through(client: FlaskClient, suffix: str) -> None:
    tag = client.get(FEED).headers["ETag"]
    assert client.get(FEED, headers={"If-None-Match": f'{tag[:-1]}{suffix}"'}).status_code == 304


def test_09_a_304_has_what_a_cache_needs_and_no_body(client: FlaskClient) -> None:
    whole = client.get(FEED)
    answer = client.get(FEED, headers={"If-None-Match": whole.headers["ETag"]})
    for name in ("ETag", "Last-Modified", "Vary", "Cache-Control", "Link"):
        assert answer.headers[name] == whole.headers[name]
    assert not {"Content-Type", "Content-Length", "Content-Encoding"} & set(answer.headers.keys())
    assert answer.data == b""


def test_10_if_none_match_wins_and_a_date_works_alone(client: FlaskClient) -> None:
    since = client.get(FEED).headers["Last-Modified"]
    assert client.get(FEED, headers={"If-Modified-Since": since}).status_code == 304
    assert client.get(FEED, headers={"If-Modified-Since": since, "If-None-Match": '"old"'}).status_code == 200


def test_10_a_date_that_two_versions_share_tells_nothing(room: Room) -> None:
    client = room.client()
    since = client.get(FEED).headers["Last-Modified"]
    room.put(an_article("other", "Chợ nổi"))
    answer = client.get(FEED, headers={"If-Modified-Since": since})
    assert (answer.status_code, answer.headers["Last-Modified"]) == (200, since)
    assert client.get(FEED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("since", ["", "yesterday", "-1", "Mon, 32 Feb 2026 25:61:61 GMT", "\x80"])
def test_10_a_date_that_cannot_be_read_is_ignored(client: FlaskClient, since: str) -> None:
    assert client.get(FEED, headers={"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize(("after", "status"), [(-3600, 304), (-30, 200), (0, 200), (30, 200), (3600, 304)])
def test_10_around_a_change_of_the_configuration_a_date_alone_tells_nothing(
    room: Room, after: int, status: int
) -> None:
    """The application before it may have served the same state of the feed in another form."""
    room.since = NOON + timedelta(seconds=after)
    client = room.client()
    first = client.get(FEED).headers
    asked = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(FEED, headers=asked).status_code == status
    assert client.get(FEED, headers={**asked, "If-None-Match": first["ETag"]}).status_code == 304


def test_11_ranges_are_not_offered(client: FlaskClient) -> None:
    answer = client.get(FEED, headers={"Range": "bytes=0-3"})
    assert answer.status_code == 200
    assert "Accept-Ranges" not in answer.headers


def test_12_caches_are_told_how_long(client: FlaskClient) -> None:
    answer = client.get(FEED)
    assert answer.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400"
    assert "Expires" not in answer.headers


def test_13_no_cookie_and_no_challenge(client: FlaskClient) -> None:
    answer = client.get(FEED, headers={"Cookie": "session=x"})
    assert not {"Set-Cookie", "WWW-Authenticate"} & set(answer.headers.keys())


@pytest.mark.parametrize("asked", [{}, {"User-Agent": ""}, {"User-Agent": "sfeed"}, {"Accept": "image/png"}])
def test_14_anyone_is_served(client: FlaskClient, asked: dict[str, str]) -> None:
    assert client.get(FEED, headers=asked).status_code == 200


def test_15_unknown_queries_give_the_same_document(client: FlaskClient) -> None:
    plain = client.get(FEED)
    for query in ("utm_source=x", "null", "token=secret"):
        answer = client.get(f"{FEED}?{query}")
        assert (answer.data, dict(answer.headers)) == (plain.data, dict(plain.headers))


@pytest.mark.parametrize("path", PATHS)
def test_16_the_feed_names_itself_by_the_configured_address(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/feeds/{path}.rss", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert answer.headers["Link"] == f'<{SITE}/feeds/{path}.rss>; rel="self"'


def test_18_the_format_is_that_of_the_address(client: FlaskClient) -> None:
    answer = client.get(FEED, headers={"Accept": "application/rss+xml"})
    assert answer.headers["Content-Type"] == TYPES["atom"]


def test_22_a_known_feed_without_articles_is_a_feed(client: FlaskClient) -> None:
    assert client.get("/feeds/regions/lai-chau.json").status_code == 200


def test_24_every_origin_may_read(client: FlaskClient) -> None:
    answer = client.get(FEED)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "ETag, Link"


def test_25_browsers_are_told_to_do_nothing_with_it(client: FlaskClient) -> None:
    answer = client.get(FEED)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_26_other_methods_are_told_which_are_allowed(client: FlaskClient, method: str) -> None:
    answer = client.open(FEED, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["Cache-Control"] == "no-store"


# What an HTTP server lets through: visible latin-1, tabs and spaces.
_VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f") | st.just("\t"))
_NAMES = ("Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "If-Range", "Host", "Accept", "User-Agent")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(asked=st.dictionaries(st.sampled_from(_NAMES), _VALUE), path=st.sampled_from((FEED, "/", "/articles/x", "/x")))
def test_no_field_that_a_client_can_send_breaks_anything(client: FlaskClient, asked: dict[str, str], path: str) -> None:
    assert client.get(path, headers=asked).status_code in {200, 304, 400, 404}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(path=st.text(st.characters(codec="utf-8")))
def test_no_path_that_a_client_can_send_breaks_anything(client: FlaskClient, path: str) -> None:
    for start in ("/feeds/", "/articles/", "/media/0123456789abcdef/", "/"):
        answer = client.get("/", environ_overrides={"PATH_INFO": f"{start}{path}".encode().decode("latin-1")})
        assert answer.status_code in {200, 404}
