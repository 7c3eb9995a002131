"""Pages: what they link to, what they escape, and how they keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from lxml import html

from feedsvc.domain.feed import FeedKey
from feedsvc.domain.site import Site
from feedsvc.domain.source import Source
from feedsvc.domain.taxonomy import Region, RegionRow, Taxonomy, Topic
from feedsvc.web.contents import contents_of
from feedsvc.web.newsroom import Section
from feedsvc.web.words import words_for

from .room import CONTENTS, NOON, SITE, Room, an_article

ARTICLE = "/articles/abcdefgh22334455"


def page(client: FlaskClient, path: str) -> html.HtmlElement:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    return html.document_fromstring(answer.get_data(as_text=True))


def values(tree: html.HtmlElement, path: str) -> list[str]:
    """What an XPath finds, as text."""
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [str(value) for value in found]


def test_17_the_index_names_the_main_feed_first_in_each_format(client: FlaskClient) -> None:
    tree = page(client, "/")
    found = list(zip(values(tree, "//link[@rel='alternate']/@type"), values(tree, "//link[@rel='alternate']/@href")))
    assert found[:3] == [
        ("application/atom+xml", f"{SITE}/feeds/all.atom"),
        ("application/rss+xml", f"{SITE}/feeds/all.rss"),
        ("application/feed+json", f"{SITE}/feeds/all.json"),
    ]
    assert ("application/atom+xml", f"{SITE}/feeds/regions/dong-thap.atom") in found
    assert all(values(tree, "//link[@rel='alternate']/@title"))


def test_17_an_article_names_the_feeds_that_hold_it(client: FlaskClient) -> None:
    found = values(page(client, ARTICLE), "//link[@rel='alternate']/@href")
    paths = ("all", "topics/the-thao", "regions/dong-thap", "sources/bao-song")
    assert found == [f"{SITE}/feeds/{path}.{form}" for path in paths for form in ("atom", "rss", "json")]


def test_the_index_lists_every_feed_in_every_format(client: FlaskClient) -> None:
    links = values(page(client, "/"), "//main//a/@href")
    for listed in CONTENTS.every():
        for form in ("atom", "rss", "json"):
            assert f"{SITE}/feeds/{listed.key.path}.{form}" in links


def test_every_link_leads_somewhere(client: FlaskClient) -> None:
    for path in ("/", ARTICLE, "/topics/the-thao", "/regions/dong-thap", "/regions/mien-tay"):
        tree = page(client, path)
        for link in values(tree, "//@href") + values(tree, "//@src"):
            ours = link.removeprefix(SITE)
            assert link.startswith(("https://", "/", "#")), link
            if ours.startswith("/"):
                assert client.get(ours).status_code == 200, link
            elif link.startswith("#"):
                assert tree.get_element_by_id(link[1:]) is not None


def test_pages_speak_the_language_of_the_site(client: FlaskClient) -> None:
    assert values(page(client, "/"), "/html/@lang") == ["vi"]
    english = Room(contents=replace(CONTENTS, language="en-GB")).client()
    tree = page(english, "/")
    assert values(tree, "/html/@lang") == ["en"]
    assert "feed reader" in tree.text_content()


def test_an_article_shows_what_is_known_of_it(client: FlaskClient) -> None:
    tree = page(client, ARTICLE)
    text = " ".join(tree.text_content().split())
    for words in ("Đua ghe ngo", "Lê Vân", "Trần Hà", "Báo Sông", "Thứ Hai, 2/3/2026, 11:00 (GMT+7)", "Thể thao"):
        assert words in text
    assert values(tree, "//article/@lang") == ["vi"]
    assert values(tree, "//time/@datetime") == ["2026-03-02T04:00:00+00:00"]
    assert values(tree, "//link[@rel='canonical']/@href") == [SITE + ARTICLE]
    assert values(tree, "//a[@rel='license']/@href") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_an_article_with_an_address_elsewhere_says_so(room: Room) -> None:
    room.put(an_article("other", link="https://www.bao.example/bai-1"))
    tree = page(room.client(), "/articles/other")
    assert values(tree, "//link[@rel='canonical']/@href") == ["https://www.bao.example/bai-1"]
    assert "Đọc bài gốc tại bao.example" in tree.text_content()


def test_a_correction_is_dated(room: Room) -> None:
    room.put(replace(an_article("other"), updated=NOON))
    assert "Cập nhật: Thứ Hai, 2/3/2026, 12:00 (GMT+7)" in page(room.client(), "/articles/other").text_content()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "http://[x"])
def test_an_address_that_is_none_of_the_web_is_no_link(room: Room, address: str) -> None:
    room.put(an_article("other", link=address))
    tree = page(room.client(), "/articles/other")
    assert not [link for link in values(tree, "//@href") if link.lower().startswith(("javascript", "data"))]


def test_markup_in_titles_and_names_is_text(room: Room) -> None:
    hostile = """"><script>alert(1)</script><img src=x onerror='alert(1)'>"""
    room.put(an_article("other", title=hostile, author=hostile))
    tree = page(room.client(), "/articles/other")
    assert values(tree, "//h1/text()") == [hostile]
    assert not tree.xpath("//script | //img | //@onerror")


def test_markup_in_the_configuration_is_text() -> None:
    hostile = "<b onclick=x>Tin</b>"
    contents = replace(CONTENTS, title=hostile, sections=(Section(hostile, CONTENTS.sections[0].feeds),))
    tree = page(Room(contents=contents).client(), "/")
    assert values(tree, "//h1/text()") == [hostile]
    assert not tree.xpath("//b")


def test_a_withdrawn_article_is_gone_and_an_unknown_one_not_found(room: Room) -> None:
    room.shelf.withdraw("abcdefgh22334455", at=NOON)
    client = room.client()
    for path, status, words in ((ARTICLE, 410, "đã được gỡ"), ("/articles/x", 404, "Không có bài này")):
        answer, head = client.get(path), client.head(path)
        assert answer.status_code == head.status_code == status
        assert words in answer.get_data(as_text=True)
        assert "Đua ghe" not in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert (head.data, list(head.headers)) == (b"", list(answer.headers))
    assert client.get("/articles/a%00b").status_code == 404


@pytest.mark.parametrize("path", ["/", ARTICLE])
def test_pages_are_conditional_and_protected(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400"
    assert answer.headers["Content-Encoding"] == "gzip"
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "style-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors"):
        assert part in policy
    assert "script" not in policy
    assert answer.headers["Referrer-Policy"]
    assert "Set-Cookie" not in answer.headers
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_pages_need_no_script_and_no_style_of_their_own(client: FlaskClient) -> None:
    for path in ("/", ARTICLE):
        assert not page(client, path).xpath("//script | //style | //@style | //form")


def test_a_site_below_a_path_links_within_it() -> None:
    tree = page(Room(public_url="https://example.org/tin/").client(), "/")
    assert values(tree, "//link[@rel='stylesheet']/@href") == ["/tin/static/style.css"]
    assert values(tree, "//link[@rel='canonical']/@href") == ["https://example.org/tin/"]


def test_moments_are_told_as_papers_write_them() -> None:
    instant = datetime(2025, 7, 6, 20, 5, tzinfo=UTC)
    assert words_for("vi-VN").when(instant, ZoneInfo("Asia/Ho_Chi_Minh")) == "Thứ Hai, 7/7/2025, 03:05 (GMT+7)"
    assert words_for("fr").when(instant, ZoneInfo("Asia/Kolkata")) == "Monday, 7 July 2025, 01:35 (GMT+5:30)"
    assert words_for("en").when(instant, ZoneInfo("America/New_York")).endswith("16:05 (GMT-4)")


def site(language: str) -> Site:
    return Site(
        title="Tin",
        language=language,
        zone="Asia/Ho_Chi_Minh",
        public_url=SITE,
        tag_authority="example.org,2026",
        entries=50,
        max_age=300,
    )


def _region(slug: str, title: str, parent: str | None = None, end: date | None = None, to: str = "") -> Region:
    row = RegionRow(title={"vi": title}, type="tinh", parent=parent, end=end, successors=(to,) if to else ())
    return Region(id=slug, rows=(row,))


def test_the_index_follows_from_the_taxonomy() -> None:
    scope = Region(id="quoc-te", rows=(RegionRow(title={"vi": "Quốc tế"}, type="scope"),), scope=True)
    regions = (
        _region("viet-nam", "Việt Nam"),
        _region("mien-tay", "Miền Tây", "viet-nam"),
        scope,
        _region("dong-thap", "Đồng Tháp", "mien-tay"),
        _region("tien-giang", "Tiền Giang", "mien-tay", date(2025, 6, 30), "dong-thap"),
    )
    topics = {"the-thao": Topic(id="the-thao", title={"en": "Sport", "vi": "Thể thao"})}
    taxonomy = Taxonomy(topics, {region.id: region for region in regions})
    source = Source(
        id="bao",
        kind="documents",
        title="Báo",
        outlet="bao",
        language="vi",
        zone="UTC",
        every=timedelta(minutes=1),
    )
    contents = contents_of(site("vi"), taxonomy, (source,), date(2026, 1, 1))
    shown = [(section.heading, [feed.title for feed in section.every()]) for section in contents.sections]
    assert shown == [
        ("Chủ đề", ["Thể thao"]),
        ("Cả nước và các vùng", ["Việt Nam", "Miền Tây", "Quốc tế"]),
        ("Tỉnh, thành phố", ["Đồng Tháp"]),
        ("Tỉnh, thành phố trước sáp nhập", ["Tiền Giang"]),
        ("Cơ quan báo chí", ["Báo"]),
    ]
    assert contents.sections[3].feeds[0].note == "nay thuộc Đồng Tháp"
    assert contents.sections[3].folded
    assert contents.every()[0].key == FeedKey()
    assert [part.heading for part in contents.sections[2].parts] == ["Miền Tây"]


def test_the_index_of_a_bare_newsroom_has_the_main_feed_alone() -> None:
    contents = contents_of(site("en"), Taxonomy({}, {}), (), date(2026, 1, 1))
    assert contents.sections == ()
    assert "All news" in page(Room(contents=contents).client(), "/").text_content()
