"""Feeds that moved, are empty, or never were: items 21 and 22."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rules import check

from . import newspapers
from .publisher import EMPTY, FORMS, HEIR, RETIRED, SITE, Publisher
from .reading import entries, links

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("above", ["", "topics/the-thao/"])
def test_21_a_retired_feed_is_for_good_at_its_heirs_in_one_step(publisher: Publisher, above: str, form: str) -> None:
    reply = publisher.ask(f"/feeds/{above}{RETIRED}.{form}?utm_source=x", User_Agent="x")
    there = f"/feeds/{above}{HEIR}.{form}"
    assert (reply.status, reply["Location"]) == (301, f"{SITE}{there}")
    assert publisher.ask(there).status == 200


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
    ids = {one.title: one.id for one in entries("atom", publisher.document("sources/dai-thu", "atom"))}
    assert ids[newspapers.OLD_PLACE] in publisher.ids(HEIR)


def test_21_a_feed_that_is_kept_goes_on_and_names_its_heir(publisher: Publisher) -> None:
    assert links(publisher.root("regions/tien-giang", "atom"), "related") == [f"{SITE}/feeds/{HEIR}.atom"]


@pytest.mark.parametrize("form", FORMS)
def test_22_a_feed_without_articles_is_a_valid_feed(publisher: Publisher, form: str) -> None:
    body = publisher.document(EMPTY, form)
    assert check(form, body, now=datetime.now(UTC)) == []
    assert entries(form, body) == []


@pytest.mark.parametrize(
    "path",
    ["/feeds/regions/nowhere.atom", "/feeds/all.xml", "/feeds/all", "/feeds/", "/feeds/sources/x.rss", "/nothing"],
)
def test_22_what_never_was_is_404_in_a_line_of_text(publisher: Publisher, path: str) -> None:
    reply = publisher.ask(path, Accept="text/html")
    assert (reply.status, reply.body) == (404, b"404 Not Found\n")
    assert reply["Content-Type"] == "text/plain; charset=utf-8"
    assert reply["Cache-Control"] == "no-store"
