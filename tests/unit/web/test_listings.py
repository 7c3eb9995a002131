"""The pages of feeds, and the file of every feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from feedsvc.domain.article import Carrier
from feedsvc.domain.feed import FeedKey
from feedsvc.web.newsroom import Section

from .room import ALL, CONTENTS, NOON, SITE, SPORT_IN_DELTA, Room, an_article
from .test_pages import ARTICLE, page, values

TOPIC, REGION, SOURCE = "/topics/the-thao", "/regions/dong-thap", "/sources/bao-song"
CROSSING = TOPIC + REGION


@pytest.mark.parametrize(("path", "title"), [(TOPIC, "Thể thao"), (REGION, "Đồng Tháp"), (SOURCE, "Báo Sông")])
def test_a_page_shows_the_newest_articles_and_where_to_follow_them(client: FlaskClient, path: str, title: str) -> None:
    tree = page(client, path)
    assert values(tree, "//h1/text()") == [title]
    assert values(tree, "//ol//h2/a/@href") == [SITE + ARTICLE]
    assert values(tree, "//ol//time/@datetime") == ["2026-03-02T04:00:00+00:00"]
    assert "Hàng nghìn người đến xem." in tree.text_content()
    feeds = [f"{SITE}/feeds{path}.{form}" for form in ("atom", "rss", "json")]
    assert values(tree, "//link[@rel='alternate']/@href") == feeds
    assert values(tree, "//main//dl//a/@href") == feeds
    assert values(tree, "//main//dl//code/text()") == feeds, "to be copied"
    assert values(tree, "//link[@rel='canonical']/@href") == [SITE + path]


@pytest.mark.parametrize("path", [TOPIC, REGION, SOURCE])
def test_07_10_a_page_is_dated_as_its_feed_is_and_a_date_alone_spares_it(client: FlaskClient, path: str) -> None:
    since = client.get(path).headers["Last-Modified"]
    assert since == client.get(f"/feeds{path}.atom").headers["Last-Modified"]
    answer = client.get(path, headers={"If-Modified-Since": since})
    assert (answer.status_code, answer.headers["Last-Modified"]) == (304, since)


def test_07_a_page_is_never_of_the_future(room: Room) -> None:
    room.put(an_article("other"), at=NOON + timedelta(hours=3))
    assert room.client().get(TOPIC).headers["Last-Modified"] == "Mon, 02 Mar 2026 05:00:00 GMT"


def test_an_article_links_to_the_pages_of_its_other_labels(client: FlaskClient) -> None:
    assert values(page(client, TOPIC), "//ol//ul//a/@href") == [REGION]
    assert values(page(client, REGION), "//ol//ul//a/@href") == [TOPIC]
    assert values(page(client, ARTICLE), "//article/header//ul//a/@href") == [TOPIC]
    assert values(page(client, ARTICLE), "//footer//ul//a/@href") == [
        "/",
        TOPIC,
        REGION,
        SOURCE,
    ]


def test_an_article_is_in_the_feeds_of_all_that_bring_it(room: Room) -> None:
    sections = (*CONTENTS.sections, Section("Khác", (replace(CONTENTS.main, title="B", key=FeedKey(source="b")),)))
    room.contents = replace(CONTENTS, sections=sections)
    room.put(replace(an_article("other"), others=(Carrier("b"),)))
    assert "/sources/b" in values(page(room.client(), "/articles/other"), "//footer//a/@href")


def test_a_region_leads_to_its_parts_and_to_what_it_is_a_part_of(client: FlaskClient) -> None:
    assert "/regions/mien-tay" in values(page(client, REGION), "//main/header//a/@href")
    assert REGION in values(page(client, "/regions/mien-tay"), "//section//a/@href")


def test_a_region_leads_to_each_topic_in_it(client: FlaskClient) -> None:
    assert CROSSING in values(page(client, REGION), "//section//a/@href")
    assert CROSSING not in values(page(client, CROSSING), "//section//a/@href")


def test_a_topic_in_a_region_has_a_page_that_leads_to_both(room: Room) -> None:
    room.shelf.put(an_article(), SPORT_IN_DELTA, at=NOON)
    tree = page(room.client(), CROSSING)
    assert values(tree, "//h1/text()") == ["Thể thao, Đồng Tháp"]
    assert values(tree, "//main/header//ul/li/a/@href") == [TOPIC, REGION]
    assert values(tree, "//ol//h2/a/@href") == [SITE + ARTICLE]
    assert values(tree, "//ol//ul//a/@href") == [], "both are named already"
    feeds = [f"{SITE}/feeds{CROSSING}.{form}" for form in ("atom", "rss", "json")]
    assert values(tree, "//link[@rel='alternate']/@href") == values(tree, "//main//dl//code/text()") == feeds
    assert values(tree, "//link[@rel='canonical']/@href") == [SITE + CROSSING]


def test_the_index_leads_to_every_page(client: FlaskClient) -> None:
    found = values(page(client, "/"), "//main//li//a/@href")
    for listed in CONTENTS.every():
        if listed.key != ALL:
            assert f"/{listed.key.path}" in found


def test_a_feed_without_articles_has_a_page_that_says_so(client: FlaskClient) -> None:
    tree = page(client, "/regions/lai-chau")
    assert "Chưa có bài nào" in tree.text_content()
    assert values(tree, "//link[@rel='alternate']/@href")


@pytest.mark.parametrize(
    "path",
    [
        "/topics/nope",
        "/regions/the-thao",
        "/topics/a%00b",
        "/topics/" + "a" * 5000,
        "/sources/nope",
        "/sources/the-thao",
        "/topics/the-thao/regions/nope",
    ],
)
def test_what_is_not_configured_is_not_found(client: FlaskClient, path: str) -> None:
    answer, head = client.get(path), client.head(path)
    assert answer.status_code == head.status_code == 404
    assert "Không có trang này" in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_topic_that_the_store_does_not_know_yet_is_not_found() -> None:
    contents = replace(CONTENTS, sections=(Section("A", (replace(CONTENTS.main, key=FeedKey(topic="new")),)),))
    assert Room(contents=contents).client().get("/topics/new").status_code == 404


def test_a_page_is_made_once_a_change(room: Room) -> None:
    client = room.client()
    first = client.get(REGION)
    assert client.get(REGION, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    made = room.shelf.lists
    assert client.get(REGION).headers["ETag"] == first.headers["ETag"]
    assert room.shelf.lists == made
    room.put(an_article("other", title="Bài mới"), at=NOON + timedelta(seconds=1))
    again = client.get(REGION, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Bài mới" in again.get_data(as_text=True)


def test_a_page_stays_when_the_store_is_away(room: Room) -> None:
    client = room.client()
    first = client.get(REGION).data
    room.shelf.fail = True
    assert client.get(REGION).data == first
    assert client.get("/regions/lai-chau").status_code == 503


def test_markup_and_addresses_of_articles_are_harmless(room: Room) -> None:
    hostile = "\"><script>alert(1)</script><img src=x onerror='alert(1)'>"
    room.put(an_article("other", title=hostile, author=hostile, link="javascript:alert(1)"))
    tree = page(room.client(), REGION)
    assert hostile in values(tree, "//h2//text()")
    assert not tree.xpath("//script | //img | //@onerror")
    assert not [link for link in values(tree, "//@href") if link.lower().startswith("javascript")]


@pytest.mark.parametrize("path", [TOPIC, REGION, CROSSING, SOURCE, "/regions/lai-chau"])
def test_pages_are_protected_and_need_no_script(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert not page(client, path).xpath("//script | //style | //@style | //form")


def outlines(tree: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in tree.iter("outline") if one.get("type")]


def test_the_opml_holds_every_feed_once_in_folders(client: FlaskClient) -> None:
    answer = client.get("/opml")
    assert answer.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    tree = ElementTree.fromstring(answer.data)
    assert (tree.tag, tree.get("version"), tree.findtext("head/title")) == ("opml", "2.0", "Tin Ba Sông")
    feeds = outlines(tree)
    assert [one.get("xmlUrl") for one in feeds] == [f"{SITE}/feeds/{one.key.path}.atom" for one in CONTENTS.every()]
    assert {one.get("type") for one in feeds} == {"rss"}
    assert all(one.get("text") for one in tree.iter("outline"))
    assert [one.get("text") for one in tree.findall("body/outline[@text='Tỉnh']/outline/outline")] == [
        "Đồng Tháp",
        "Lai Châu",
    ]
    by_title = {one.get("text"): one for one in feeds}
    assert by_title["Đồng Tháp"].get("htmlUrl") == SITE + REGION
    assert by_title["Báo Sông"].get("htmlUrl") == SITE + SOURCE
    assert by_title["Báo Sông"].get("description") == "thử"


def test_every_feed_of_the_opml_is_there(client: FlaskClient) -> None:
    for one in outlines(ElementTree.fromstring(client.get("/opml").data)):
        for name in ("xmlUrl", "htmlUrl"):
            assert client.get((one.get(name) or "").removeprefix(SITE)).status_code == 200


def test_the_opml_is_conditional_and_offered_by_the_index(client: FlaskClient) -> None:
    answer = client.get("/opml")
    assert client.get("/opml", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert answer.headers["Content-Disposition"] == 'attachment; filename="feeds.opml"'
    tree = page(client, "/")
    assert values(tree, "//link[@rel='outline']/@href") == ["/opml"]
    assert "/opml" in values(tree, "//main//a/@href")


def test_the_opml_escapes_what_is_configured() -> None:
    hostile = '<b a="1">&amp;\'\n'
    contents = replace(CONTENTS, title=hostile, sections=(Section(hostile, CONTENTS.sections[0].feeds),))
    tree = ElementTree.fromstring(Room(contents=contents).client().get("/opml").data)
    assert tree.findtext("head/title") == hostile
    assert tree.find("body/outline[2]").get("text") == hostile  # type: ignore[union-attr]
