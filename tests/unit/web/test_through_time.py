"""What readers of a place that ended are given: its own feeds and page, or the way to those of its successor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.site import Site
from feedsvc.domain.taxonomy import PlaceType, Region, RegionRow, Taxonomy, Topic, WhenEnded
from feedsvc.web.contents import contents_of

from .room import NOON, SITE, Room, an_article
from .test_pages import page, values

DAY, BEFORE = date(2026, 3, 2), date(2025, 6, 30)
SITE_OF = Site(
    title="Tin",
    language="vi",
    zone="Asia/Ho_Chi_Minh",
    public_url=SITE,
    tag_authority="example.org,2026",
    entries=50,
    max_age=300,
)


def place(slug: str, title: str, *successors: str, parent: str | None = "mien-tay", sent: bool = False) -> Region:
    end = BEFORE if successors else None
    row = RegionRow(title={"vi": title}, type="tinh", parent=parent, end=end, successors=successors)
    return Region(id=slug, rows=(row,), when_ended=WhenEnded.REDIRECT if sent else WhenEnded.KEEP)


REGIONS = (
    place("mien-tay", "Miền Tây", parent=None),
    place("tien-giang", "Tiền Giang", "dong-thap"),
    place("go-cong", "Gò Công", "tien-giang", sent=True),
    place("ben-tre", "Bến Tre", "go-cong", "tra-vinh"),
    place("tra-vinh", "Trà Vinh"),
    Region(
        id="dong-thap",
        rows=(
            RegionRow(title={"vi": "Đồng Tháp cũ"}, type="tinh", parent="mien-bac", end=BEFORE),
            RegionRow(title={"vi": "Đồng Tháp"}, type="thanh-pho", parent="mien-tay", start=date(2025, 7, 1)),
        ),
    ),
)
TAXONOMY = Taxonomy(
    {"the-thao": Topic(id="the-thao", title={"vi": "Thể thao"})},
    {region.id: region for region in REGIONS},
    {
        "tinh": PlaceType(id="tinh", title={"vi": "Tỉnh"}),
        "thanh-pho": PlaceType(id="thanh-pho", title={"vi": "Thành phố", "en": "City"}),
        "xa": PlaceType(id="xa"),
    },
)


def room_of(taxonomy: Taxonomy = TAXONOMY, day: date = DAY) -> Room:
    room = Room(contents=contents_of(SITE_OF, taxonomy, (), day), taxonomy=taxonomy, today=day)
    room.shelf.open(*(FeedKey(region=slug) for slug in taxonomy.regions), at=NOON)
    room.put(an_article())
    return room


@pytest.fixture
def client() -> FlaskClient:
    return room_of().client()


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
@pytest.mark.parametrize("path", ["/feeds/regions/{}", "/feeds/topics/the-thao/regions/{}"])
def test_a_feed_that_is_not_kept_is_for_good_at_the_end_of_its_chain(client: FlaskClient, path: str, form: str) -> None:
    answer = client.get(f"{path.format('go-cong')}.{form}?x=1")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{SITE}{path.format('dong-thap')}.{form}"
    assert answer.headers["Cache-Control"].startswith("public, max-age=300")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" not in answer.headers
    assert answer.headers["Location"].encode() in answer.data


def test_one_step_leads_to_a_feed() -> None:
    client = room_of().client()
    there = client.get("/feeds/regions/go-cong.atom").headers["Location"].removeprefix(SITE)
    assert client.get(there).status_code == 200


def test_a_head_gets_the_way_without_a_body(client: FlaskClient) -> None:
    head, get = client.head("/feeds/regions/go-cong.atom"), client.get("/feeds/regions/go-cong.atom")
    assert (head.status_code, head.data) == (301, b"")
    assert head.headers["Content-Length"] == str(len(get.data))


def test_conditions_are_for_the_target_alone(client: FlaskClient) -> None:
    answer = client.get("/feeds/regions/go-cong.atom", headers={"If-None-Match": "*"})
    assert (answer.status_code, "ETag" in answer.headers) == (301, False)


@pytest.mark.parametrize(
    "path", ["/feeds/regions/go-cong.xml", "/feeds/topics/nope/regions/go-cong.atom", "/feeds/regions/.go-cong.atom"]
)
def test_what_is_no_feed_leads_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_way_needs_no_store() -> None:
    room = room_of()
    client = room.client()
    room.shelf.fail = True
    assert client.get("/feeds/regions/go-cong.atom").status_code == 301
    assert client.get("/regions/go-cong").status_code == 301


def test_the_page_leads_to_the_page_of_its_successor(client: FlaskClient) -> None:
    answer = client.get("/regions/go-cong")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"{SITE}/regions/dong-thap")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_until_it_has_ended_a_place_has_feeds_of_its_own() -> None:
    client = room_of(day=BEFORE).client()
    assert client.get("/feeds/regions/go-cong.atom").status_code == 200
    assert client.get("/regions/go-cong").status_code == 200


@pytest.mark.parametrize("path", ["/", "/opml", "/regions/mien-tay", "/regions/ben-tre", "/articles/abcdefgh22334455"])
def test_no_listing_and_no_autodiscovery_names_a_feed_that_is_not_kept(path: str) -> None:
    body = room_of().client().get(path).get_data(as_text=True)
    assert "dong-thap" in body
    assert "go-cong" not in body


def test_the_page_of_an_ended_place_says_what_took_it_over_and_since_when_and_leads_there(client: FlaskClient) -> None:
    tree = page(client, "/regions/tien-giang")
    assert "Từ 1/7/2025, Tiền Giang thuộc Đồng Tháp." in tree.text_content()
    assert values(tree, "//main/header//ul//a/@href") == ["/regions/dong-thap"]
    assert values(page(client, "/regions/ben-tre"), "//main/header//ul//a/@href") == [
        "/regions/dong-thap",
        "/regions/tra-vinh",
    ]


def test_the_page_of_a_place_that_goes_on_says_what_it_took_over(client: FlaskClient) -> None:
    tree = page(client, "/regions/dong-thap")
    assert "Từ 1/7/2025, Đồng Tháp gồm cả Tiền Giang." in tree.text_content()
    assert values(tree, "//h1/text()") == ["Đồng Tháp"]


def test_the_opml_says_what_ended_places_belong_to(client: FlaskClient) -> None:
    tree = ElementTree.fromstring(client.get("/opml").data)
    told = {one.get("text"): one.get("description") for one in tree.iter("outline") if one.get("description")}
    assert told == {"Tiền Giang": "nay thuộc Đồng Tháp", "Bến Tre": "nay thuộc Đồng Tháp và Trà Vinh"}


def test_names_and_areas_are_those_of_the_day() -> None:
    def titles(day: date) -> list[str]:
        return [one.title for one in contents_of(SITE_OF, TAXONOMY, (), day).every()]

    assert "Đồng Tháp" in titles(DAY)
    assert "Đồng Tháp cũ" in titles(BEFORE)
    parts = values(page(room_of().client(), "/regions/mien-tay"), "//section[@class='near'][1]//a/text()")
    assert parts == ["Trà Vinh", "Đồng Tháp"]


@pytest.mark.parametrize(("day", "rank"), [(BEFORE, "Tỉnh"), (DAY, "Thành phố")])
def test_a_page_says_what_a_place_is_on_the_day(day: date, rank: str) -> None:
    assert values(page(room_of(day=day).client(), "/regions/dong-thap"), "//main/header/p[1]/text()") == [rank]


class TestSchemes:
    def test_the_scheme_of_topics_lists_their_terms_and_titles(self) -> None:
        topics = {
            "a": Topic(id="a", title={"vi": "Một", "en": "One"}, medtop="15000000"),
            "b": Topic(id="b", title={"vi": "Hai"}, parent="a"),
        }
        answer = room_of(replace(TAXONOMY, topics=topics)).client().get("/scheme/topic")
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.get_json() == {
            "scheme": f"{SITE}/scheme/topic",
            "terms": [
                {
                    "term": "a",
                    "label": {"vi": "Một", "en": "One"},
                    "medtop": "15000000",
                    "feed": f"{SITE}/feeds/topics/a.atom",
                },
                {"term": "b", "label": {"vi": "Hai"}, "broader": "a", "feed": f"{SITE}/feeds/topics/b.atom"},
            ],
        }

    def test_the_scheme_of_regions_lists_their_rows_and_where_to_follow_them(self, client: FlaskClient) -> None:
        scheme = client.get("/scheme/region").get_json()
        terms = {one["term"]: one for one in scheme["terms"]}
        assert scheme["types"] == {"tinh": {"vi": "Tỉnh"}, "thanh-pho": {"vi": "Thành phố", "en": "City"}}
        assert list(terms) == [region.id for region in REGIONS]
        assert terms["go-cong"] == {
            "term": "go-cong",
            "rows": [
                {
                    "label": {"vi": "Gò Công"},
                    "type": "tinh",
                    "broader": "mien-tay",
                    "until": "2025-06-30",
                    "successors": ["tien-giang"],
                }
            ],
            "feed": f"{SITE}/feeds/regions/dong-thap.atom",
        }
        assert [row.get("from") for row in terms["dong-thap"]["rows"]] == [None, "2025-07-01"]

    def test_a_scheme_is_conditional_and_others_are_not_there(self, client: FlaskClient) -> None:
        etag = client.get("/scheme/region").headers["ETag"]
        assert client.get("/scheme/region", headers={"If-None-Match": etag}).status_code == 304
        assert client.get("/scheme/source").status_code == 404
