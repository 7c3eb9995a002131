"""What no socket shows of the publisher's contract: other days, two versions of one second, and any field at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .room import GZIP, NOON, Room, an_article

FEED = "/feeds/all.atom"


def test_05_the_same_content_gives_the_same_bytes_and_validators_everywhere(room: Room) -> None:
    one, two = room.client().get(FEED, headers=GZIP), room.client().get(FEED, headers={**GZIP, "Host": "evil.example"})
    assert one.data == two.data
    assert dict(one.headers) == dict(two.headers)
    room.now += timedelta(days=1)
    assert dict(room.client().get(FEED, headers=GZIP).headers) == dict(one.headers)


def test_07_last_modified_is_the_feeds_last_change(room: Room) -> None:
    client = room.client()
    assert client.get(FEED).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:00:00 GMT"
    room.shelf.withdraw(an_article().id, at=NOON + timedelta(minutes=5))
    room.now += timedelta(hours=1)
    assert client.get(FEED).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:05:00 GMT"


def test_07_last_modified_is_never_in_the_future(room: Room) -> None:
    room.put(an_article("other"), at=NOON + timedelta(hours=3))
    assert room.client().get(FEED).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:00:00 GMT"


def test_10_a_date_that_two_versions_share_tells_nothing(room: Room) -> None:
    client = room.client()
    since = client.get(FEED).headers["Last-Modified"]
    room.put(an_article("other", "Chợ nổi"))
    answer = client.get(FEED, headers={"If-Modified-Since": since})
    assert (answer.status_code, answer.headers["Last-Modified"]) == (200, since)
    assert client.get(FEED, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


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


# What an HTTP server lets through: visible latin-1, tabs and spaces.
_VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f") | st.just("\t"))
_NAMES = (
    *("Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "If-Range", "Host", "Accept", "User-Agent"),
    *("X-Forwarded-For", "Sec-Fetch-Dest", "Sec-Fetch-Mode"),
)


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
