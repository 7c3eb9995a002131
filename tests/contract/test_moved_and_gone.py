"""Feeds that moved, are empty, or never were: items 21 and 22."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests.rules import check, read

from . import newspapers
from .publisher import EMPTY, ENDED, ENDING, FORMS, HEIR, RETIRED, SITE, Publisher, last_day
from .reading import links

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("above", ["", "topics/the-thao/"])
def test_21_a_retired_feed_is_for_good_at_its_heirs_in_one_step(publisher: Publisher, above: str, form: str) -> None:
    reply = publisher.ask(f"/feeds/{above}{RETIRED}.{form}?utm_source=x", User_Agent="x")
    there = f"/feeds/{above}{HEIR}.{form}"
    assert (reply.status, reply["Location"]) == (301, f"{SITE}{there}")
    assert publisher.ask(there).status == 200


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("topics/futsal", "topics/the-thao"),
        ("topics/futsal/regions/dong-thap", "topics/the-thao/regions/dong-thap"),
        ("topics/futsal/regions/go-cong", "topics/the-thao/regions/dong-thap"),
    ],
)
def test_21_a_topic_moves_likewise_and_with_its_place_at_once(publisher: Publisher, path: str, there: str) -> None:
    for start, end in (("/feeds/", ".rss"), ("/", "")):
        reply = publisher.ask(f"{start}{path}{end}")
        assert (reply.status, reply["Location"]) == (301, f"{SITE}{start}{there}{end}")
        assert publisher.ask(f"{start}{there}{end}").status == 200


def test_21_what_a_retired_topic_finds_is_in_its_heirs_feed(publisher: Publisher) -> None:
    ids = {one.title: one.id for one in read("atom", publisher.document("sources/dai-thu", "atom"))}
    assert ids[newspapers.OLD_TOPIC] in publisher.ids("topics/the-thao")


def test_21_head_is_moved_too_and_a_304_is_for_the_target_alone(publisher: Publisher) -> None:
    get, head = (publisher.ask(f"/feeds/{RETIRED}.atom", method) for method in ("GET", "HEAD"))
    assert (head.status, head.steady, head.body) == (301, get.steady, b"")
    there = get["Location"].removeprefix(SITE)
    tag = publisher.ask(there)["ETag"]
    assert publisher.ask(f"/feeds/{RETIRED}.atom", If_None_Match=tag).status == 301
    assert publisher.ask(there, If_None_Match=tag).status == 304


def test_21_the_page_moves_with_its_feeds(publisher: Publisher) -> None:
    reply = publisher.ask(f"/{RETIRED}")
    assert (reply.status, reply["Location"]) == (301, f"{SITE}/{HEIR}")


def test_21_articles_of_the_retired_place_are_in_its_heirs_feed_under_their_ids(publisher: Publisher) -> None:
    ids = {one.title: one.id for one in read("atom", publisher.document("sources/dai-thu", "atom"))}
    assert ids[newspapers.OLD_PLACE] in publisher.ids(HEIR)


def test_21_a_feed_that_is_kept_goes_on_and_names_its_heir(publisher: Publisher) -> None:
    assert links(publisher.root("regions/tien-giang", "atom"), "related") == [f"{SITE}/feeds/{HEIR}.atom"]


@pytest.mark.parametrize("form", FORMS)
def test_22_a_feed_without_articles_is_a_valid_feed(publisher: Publisher, form: str) -> None:
    body = publisher.document(EMPTY, form)
    assert check(form, body, now=datetime.now(UTC)) == []
    assert read(form, body) == []


@pytest.mark.parametrize(
    "path",
    ["/feeds/regions/nowhere.atom", "/feeds/all.xml", "/feeds/all", "/feeds/", "/feeds/sources/x.rss", "/nothing"],
)
def test_22_what_never_was_is_404_in_a_line_of_text(publisher: Publisher, path: str) -> None:
    reply = publisher.ask(path, Accept="text/html")
    assert (reply.status, reply.body) == (404, b"404 Not Found\n")
    assert reply["Content-Type"] == "text/plain; charset=utf-8"
    assert reply["Cache-Control"] == "no-store"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", ENDING)
def test_22_a_feed_that_is_given_up_says_so_in_its_newest_entry(publisher: Publisher, path: str, form: str) -> None:
    body = publisher.document(path, form)
    assert check(form, body, now=datetime.now(UTC)) == []
    last = read(form, body)[0]
    assert re.fullmatch(r"tag:example\.org,2026:f/[\w/-]+", last.id)
    assert path in last.id
    first_day = datetime.combine(last_day(publisher.began, 2), time(), ZoneInfo("Asia/Ho_Chi_Minh"))
    assert last.published == last.updated == first_day
    heir = "topics/the-thao" if path.startswith("topics") else HEIR
    assert f'"{SITE}/feeds/{heir}.' in last.content or f'"{SITE}/{heir}"' in last.content
    assert form != "json" or json.loads(body)["expired"] is True


@pytest.mark.parametrize("path", ENDED)
def test_22_and_is_gone_a_while_later(publisher: Publisher, path: str) -> None:
    for form in FORMS:
        reply = publisher.ask(f"/feeds/{path}.{form}", If_None_Match="*")
        head = publisher.ask(f"/feeds/{path}.{form}", "HEAD")
        assert (reply.status, head.status, head.body) == (410, 410, b"")
        assert reply["Content-Type"] == "text/plain; charset=utf-8"
        assert reply.body.startswith(b"410 Gone")
        assert reply.body.count(b"\n") == 1
        assert not any(reply.has(name) for name in ("ETag", "Last-Modified", "Link"))
    page = publisher.ask(f"/{path}")
    assert (page.status, page["Content-Type"]) == (410, "text/html; charset=utf-8")


def test_22_what_moved_takes_leave_or_is_gone_is_on_no_list(publisher: Publisher) -> None:
    for listing in ("/", "/opml"):
        body = publisher.ask(listing).body.decode()
        assert not [path for path in (*ENDING, *ENDED, "topics/futsal", RETIRED) if f"/{path}." in body], listing
