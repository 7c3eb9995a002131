"""An article stays itself, in its place, in every feed and format: items 31 to 33 and 42."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from tests.e2e.service import eventually
from tests.e2e.upstream import Item
from tests.rules import check, read
from tests.rules.xml import MODIFIED

from . import newspapers
from .publisher import FEEDS, FORMS, WINDOW, Publisher, dated, steady
from .reading import called

pytestmark = pytest.mark.slow


def test_31_an_id_is_a_tag_and_never_an_address(publisher: Publisher) -> None:
    for path in FEEDS:
        for one in read("atom", publisher.document(path, "atom")):
            assert re.fullmatch(r"tag:example\.org,2026:a/[a-z2-7]{16}", one.id)
        for guid in publisher.root(path, "rss").iterfind("channel/item/guid"):
            assert guid.get("isPermaLink") == "false"


def test_31_an_article_has_one_id_in_all_its_feeds(publisher: Publisher) -> None:
    found = {
        called("atom", publisher.document(path, "atom"), newspapers.PICTURED).id
        for path in ("sources/dai-thu", "topics/the-thao", "regions/dong-thap", "topics/the-thao/regions/dong-thap")
    }
    assert len(found) == 1


def test_31_32_a_corrected_article_keeps_its_id_and_its_date_and_tells_of_the_correction(publisher: Publisher) -> None:
    published = publisher.began - timedelta(minutes=31)
    publisher.says(Item("doi-31", "Tin ba mốt", "Lời cũ.", date=dated(published)), steady(publisher.began))
    before = called("rss", publisher.document("sources/bao-doi", "rss"), "Tin ba mốt")
    publisher.says(
        Item("doi-31", "Tin ba mươi mốt", "Lời mới.", link="khac", date=dated(published + timedelta(minutes=5))),
        steady(publisher.began),
    )
    for form in FORMS:
        after = called(form, publisher.document("sources/bao-doi", form), "Tin ba mươi mốt")
        assert (after.id, after.published) == (before.id, before.published)
        assert after.link.endswith("/khac.html")
        assert after.updated > before.updated
    items = publisher.root("sources/bao-doi", "rss").findall("channel/item")
    modified = {item.findtext("title"): item.find(MODIFIED) is not None for item in items}
    assert (modified["Tin ba mươi mốt"], modified["Tin đầu tiên"]) == (True, False)


def test_32_what_is_only_told_again_changes_nothing(publisher: Publisher) -> None:
    items = (Item("doi-32", "Tin ba hai", date=dated(publisher.began - timedelta(minutes=32))), steady(publisher.began))
    publisher.says(*items)
    before = publisher.ask("/feeds/sources/bao-doi.atom")
    told = publisher.changing.reply
    publisher.changing.reply = replace(
        told, body=told.body.replace(b"<channel>", b"<channel>\n<ttl>5</ttl>"), etag='"x"'
    )
    seen = len(publisher.changing.asked)
    assert eventually(lambda: len(publisher.changing.asked) >= seen + 2)
    assert '"x"' in publisher.changing.asked
    assert publisher.ask("/feeds/sources/bao-doi.atom", If_None_Match=before["ETag"]).status == 304


def test_33_entries_stand_newest_first_in_whole_seconds_of_utc_and_none_is_of_tomorrow(publisher: Publisher) -> None:
    for path in FEEDS:
        for form in FORMS:
            found = read(form, publisher.document(path, form))
            order = [(one.published, one.id) for one in found]
            assert order == sorted(order, reverse=True), (path, form)
            for one in found:
                assert one.published <= datetime.now(UTC)
                assert one.published.microsecond == one.updated.microsecond == 0
                assert one.published.utcoffset() == timedelta(0)


@pytest.mark.parametrize("title", [newspapers.UNDATED, newspapers.FUTURE])
def test_33_an_article_without_a_date_or_of_tomorrow_is_dated_in_the_past_for_good(
    publisher: Publisher, title: str
) -> None:
    found = {called(form, publisher.document("sources/bao-mau", form), title).published for form in FORMS}
    (published,) = found
    assert publisher.began - timedelta(days=1, seconds=2) < published <= datetime.now(UTC)


def test_33_an_old_article_that_comes_late_is_shown_all_the_same_in_its_place(publisher: Publisher) -> None:
    recent = [
        Item(f"doi-33-{number}", f"Tin mới {number}", date=dated(publisher.began - timedelta(minutes=number)))
        for number in range(1, WINDOW + 1)
    ]
    publisher.says(*recent)
    late = Item("doi-33", "Tin đến muộn", date=dated(publisher.began - timedelta(days=40)))
    publisher.says(late, *recent)
    for path in ("sources/bao-doi", "all"):
        for form in FORMS:
            found = read(form, publisher.document(path, form))
            assert late.title in [one.title for one in found]
            assert [one.published for one in found] == sorted((one.published for one in found), reverse=True)
            assert WINDOW < len(found) <= 2 * WINDOW


def test_42_the_three_formats_say_the_same_in_the_same_order(publisher: Publisher) -> None:
    for path in FEEDS:
        atom, rss, json = (read(form, publisher.document(path, form)) for form in FORMS)
        assert atom == rss == json, path


def test_42_every_document_is_valid(publisher: Publisher) -> None:
    now = datetime.now(UTC)
    for path in FEEDS:
        for form in FORMS:
            assert check(form, publisher.document(path, form), now=now) == [], (path, form)


def test_42_a_feed_is_more_than_its_head(publisher: Publisher) -> None:
    assert len(etree.fromstring(publisher.document("all", "atom")).findall("{*}entry")) >= 10
