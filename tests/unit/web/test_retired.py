"""What readers of an ended topic, or of a place given up, are given: the way, a farewell, or that it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.retirement import Retirement
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, Topic, WhenEnded
from feedsvc.web.contents import contents_of

from .room import NOON, SITE, Room, an_article
from .test_pages import page, values
from .test_through_time import SITE_OF

KEEP, REDIRECT, GONE = WhenEnded
LAST = date(2026, 1, 31)
FIRST = date(2026, 2, 1)
OVER = FIRST + timedelta(days=30)
DAY = timedelta(days=1)


def topic(slug: str, title: str, successor: str | None = None, when: WhenEnded | None = None) -> Topic:
    end = None if when is None else LAST
    return Topic(id=slug, title={"vi": title}, end=end, successor=successor, when_ended=when or KEEP)


def place(slug: str, title: str, *successors: str, when: WhenEnded | None = None) -> Region:
    row = RegionRow(
        title={"vi": title}, type="tinh", end=None if when is None else LAST, successors=successors, parent=None
    )
    return Region(id=slug, rows=(row,), when_ended=when or KEEP)


TOPICS = (
    topic("the-thao", "Thể thao"),
    topic("bong-da", "Bóng đá", "the-thao", REDIRECT),
    topic("bong-chuyen", "Bóng chuyền", "the-thao", KEEP),
    topic("co-tuong", "Cờ tướng", "the-thao", GONE),
    topic("da-cau", "Đá cầu", when=GONE),
    topic("vat", "Vật", "da-cau", REDIRECT),
)
REGIONS = (
    place("dong-thap", "Đồng Tháp"),
    place("go-cong", "Gò Công", "dong-thap", when=REDIRECT),
    place("cu-lao", "Cù Lao", "dong-thap", when=GONE),
)
TAXONOMY = Taxonomy({one.id: one for one in TOPICS}, {one.id: one for one in REGIONS})
HIDDEN = ("bong-da", "co-tuong", "da-cau", "vat", "go-cong", "cu-lao")


def room_of(day: date) -> Room:
    room = Room(contents=contents_of(SITE_OF, TAXONOMY, (), day), taxonomy=TAXONOMY, today=day)
    topics, regions = (FeedKey(topic=slug) for slug in TAXONOMY.topics), (FeedKey(region=r) for r in TAXONOMY.regions)
    both = (FeedKey(topic=slug, region=region) for slug in TAXONOMY.topics for region in TAXONOMY.regions)
    room.shelf.open(*topics, *regions, *both, at=NOON)
    room.put(an_article())
    return room


def client_of(day: date) -> FlaskClient:
    return room_of(day).client()


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("topics/bong-da", "topics/the-thao"),
        ("topics/bong-da/regions/dong-thap", "topics/the-thao/regions/dong-thap"),
        ("topics/the-thao/regions/go-cong", "topics/the-thao/regions/dong-thap"),
        ("topics/bong-da/regions/go-cong", "topics/the-thao/regions/dong-thap"),
    ],
)
def test_a_topic_that_moved_and_a_place_that_moved_are_both_replaced_in_one_step(
    path: str, there: str, form: str
) -> None:
    client = client_of(FIRST)
    answer = client.get(f"/feeds/{path}.{form}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{SITE}/feeds/{there}.{form}")
    assert client.get(f"/feeds/{there}.{form}").status_code == 200
    assert client_of(LAST).get(f"/feeds/{path}.{form}").status_code == 200


def test_the_page_of_a_topic_that_moved_leads_to_that_of_its_successor() -> None:
    answer = client_of(FIRST).get("/topics/bong-da")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{SITE}/topics/the-thao")


def test_the_farewell_of_what_is_given_up_later_than_it_ended_counts_from_then() -> None:
    places = (*REGIONS, replace(place("thu-thiem", "Thủ Thiêm", "dong-thap", when=GONE), given_up=OVER))
    taxonomy = Taxonomy(TAXONOMY.topics, {one.id: one for one in places})
    key = FeedKey(region="thu-thiem")
    for day, ended, gone in (
        (FIRST, None, False),
        (OVER, None, False),
        (OVER + DAY, OVER + DAY, False),
        (OVER + 31 * DAY, OVER + DAY, True),
    ):
        retirement = Retirement(taxonomy, day)
        assert (retirement.ended(key), retirement.is_gone(key)) == (ended, gone)
        assert (FIRST in taxonomy.turning_days, OVER + DAY in taxonomy.turning_days) == (True, True)


def test_30_a_browser_that_opens_a_feed_that_moved_or_is_gone_is_told_so() -> None:
    opened = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate"}
    answer = client_of(FIRST).get("/feeds/topics/bong-da.rss", headers=opened)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{SITE}/feeds/topics/the-thao.rss")
    client = client_of(OVER)
    answer = client.get("/feeds/topics/co-tuong.rss", headers=opened)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{SITE}/topics/co-tuong")
    assert client.get("/topics/co-tuong").status_code == 410


@pytest.mark.parametrize("path", ["topics/co-tuong", "topics/the-thao/regions/cu-lao", "regions/cu-lao"])
def test_30_what_takes_leave_has_its_page_until_it_is_gone(path: str) -> None:
    assert client_of(FIRST).get(f"/{path}").status_code == 200
    assert client_of(OVER).get(f"/{path}").status_code == 410


@pytest.mark.parametrize("path", ["topics/co-tuong", "topics/the-thao/regions/cu-lao", "regions/cu-lao"])
def test_a_feed_that_takes_leave_is_served_until_it_is_gone(path: str) -> None:
    for day, status in ((LAST, 200), (FIRST, 200), (OVER - timedelta(days=1), 200), (OVER, 410)):
        assert client_of(day).get(f"/feeds/{path}.atom").status_code == status


@pytest.mark.parametrize(
    ("path", "instead"),
    [
        ("topics/co-tuong", "topics/the-thao"),
        ("topics/da-cau", "all"),
        ("topics/vat", "all"),
        ("topics/co-tuong/regions/go-cong", "topics/the-thao/regions/dong-thap"),
        ("topics/the-thao/regions/cu-lao", "topics/the-thao/regions/dong-thap"),
    ],
)
def test_what_is_gone_says_so_shortly_and_what_to_follow(path: str, instead: str) -> None:
    answer = client_of(OVER).get(f"/feeds/{path}.json?x=1", headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert answer.get_data(as_text=True) == f"410 Gone: this feed has ended; follow {SITE}/feeds/{instead}.json\n"
    assert answer.headers["Cache-Control"].startswith("public, max-age=300")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not {"ETag", "Link", "Location"} & set(answer.headers.keys())


def test_a_head_of_what_is_gone_has_no_body() -> None:
    client = client_of(OVER)
    head, get = client.head("/feeds/topics/co-tuong.atom"), client.get("/feeds/topics/co-tuong.atom")
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (410, b"", str(len(get.data)))


def test_what_is_gone_needs_no_store() -> None:
    room = room_of(OVER)
    client = room.client()
    room.shelf.fail = True
    assert client.get("/feeds/topics/co-tuong.atom").status_code == 410
    assert client.get("/topics/co-tuong").status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/topics/nope.atom",
        "/feeds/topics/co-tuong.xml",
        "/feeds/topics/nope/regions/cu-lao.atom",
        "/feeds/topics/co-tuong/regions/nope.atom",
        "/topics/nope",
    ],
)
def test_what_was_never_there_is_not_gone(path: str) -> None:
    assert client_of(OVER).get(path).status_code == 404


def test_an_empty_feed_is_there() -> None:
    client = client_of(OVER)
    for path in ("topics/bong-chuyen", "topics/bong-chuyen/regions/dong-thap", "regions/dong-thap"):
        assert client.get(f"/feeds/{path}.atom").status_code == 200


def test_the_page_of_what_is_gone_says_so_and_leads_to_what_there_is_instead() -> None:
    client = client_of(OVER)
    tree = page(client, "/topics/co-tuong")
    assert values(tree, "//h1/text()") == ["Nguồn tin này đã kết thúc"]
    assert values(tree, "//main//ul//a/@href") == ["/topics/the-thao"]
    answer = client.get("/topics/co-tuong")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "no-store")
    assert values(page(client, "/topics/da-cau"), "//main//ul//a/@href") == ["/"]


def test_the_page_of_what_takes_leave_says_so() -> None:
    tree = page(client_of(FIRST), "/regions/cu-lao")
    assert values(tree, "//h1/text()") == ["Cù Lao"]
    said = "Từ 1/2/2026, Cù Lao thuộc Đồng Tháp. Nguồn tin này không có tin mới nữa."
    assert values(tree, "//main/header/p[@class='intro']/text()") == [said]
    assert values(tree, "//main/header//ul//a/@href") == ["/regions/dong-thap"]


def test_the_page_of_a_topic_that_is_kept_says_what_it_was_merged_into() -> None:
    tree = page(client_of(FIRST), "/topics/bong-chuyen")
    assert "Từ 1/2/2026, chủ đề Bóng chuyền được gộp vào Thể thao." in tree.text_content()
    assert values(tree, "//main/header//ul//a/@href") == ["/topics/the-thao"]


@pytest.mark.parametrize("path", ["/", "/opml", "/topics/the-thao", "/regions/dong-thap", "/articles/abcdefgh22334455"])
def test_nothing_lists_what_moved_or_takes_leave_or_is_gone(path: str) -> None:
    for day in (FIRST, OVER):
        body = client_of(day).get(path).get_data(as_text=True)
        assert [slug for slug in HIDDEN if f"/{slug}" in body] == []


@pytest.mark.parametrize("path", ["/", "/opml"])
def test_what_is_kept_is_listed_with_what_it_is_now(path: str) -> None:
    body = client_of(FIRST).get(path).get_data(as_text=True)
    assert "topics/bong-chuyen" in body
    assert "nay thuộc Thể thao" in body
    assert "nay thuộc" not in client_of(LAST).get(path).get_data(as_text=True)


def test_the_scheme_of_topics_says_until_when_and_what_followed_and_where_to_follow_it() -> None:
    terms = {one["term"]: one for one in client_of(OVER).get("/scheme/topic").get_json()["terms"]}
    assert terms["the-thao"] == {
        "term": "the-thao",
        "label": {"vi": "Thể thao"},
        "feed": f"{SITE}/feeds/topics/the-thao.atom",
    }
    assert terms["bong-da"] == {
        "term": "bong-da",
        "label": {"vi": "Bóng đá"},
        "until": "2026-01-31",
        "successors": ["the-thao"],
        "feed": f"{SITE}/feeds/topics/the-thao.atom",
    }
    assert "feed" not in terms["co-tuong"]
    assert client_of(FIRST).get("/scheme/topic").get_json()["terms"][3]["feed"] == f"{SITE}/feeds/topics/co-tuong.atom"


def test_how_long_a_farewell_is_the_operator_says() -> None:
    contents = contents_of(replace(SITE_OF, farewell=timedelta(days=1)), TAXONOMY, (), FIRST + timedelta(days=1))
    assert contents.leaving == ()
    kept = contents_of(SITE_OF, TAXONOMY, (), FIRST + timedelta(days=1)).leaving
    assert [one.key.path for one in kept] == ["topics/co-tuong", "topics/da-cau", "regions/cu-lao"]
