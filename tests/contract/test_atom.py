"""Atom as readers like it best: items 38 to 40."""

from __future__ import annotations

from html import unescape

import pytest
from lxml import etree

from tests.rules.xml import ATOM, MEDIA

from . import newspapers
from .publisher import FEEDS, ICON, LOGO, POINT, RIGHTS, SITE, Publisher
from .reading import links, plain_title, text

pytestmark = pytest.mark.slow

GEORSS = "{http://www.georss.org/georss}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entry(publisher: Publisher, source: str, title: str) -> etree._Element:
    """The entry of an article."""
    (found,) = (
        one for one in publisher.root(f"sources/{source}", "atom").iterfind(f"{ATOM}entry") if plain_title(one) == title
    )
    return found


@pytest.mark.parametrize("path", FEEDS)
def test_38_a_feed_says_what_it_is_whose_and_where(publisher: Publisher, path: str) -> None:
    feed = publisher.root(path, "atom")
    assert text(feed, f"{ATOM}id") == f"tag:example.org,2026:f/{path}"
    assert text(feed, f"{ATOM}title")
    assert text(feed, f"{ATOM}updated")
    assert text(feed, f"{ATOM}generator") == "feedsvc"
    assert len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1
    assert feed.get(LANG) == "vi"
    assert links(feed, "self") == [f"{SITE}/feeds/{path}.atom"]
    first = feed.find(f"{ATOM}link")
    assert first is not None
    assert (first.get("rel"), first.get("type")) == ("alternate", "text/html")


def test_38_an_entry_has_its_summary_its_text_its_categories_and_its_rights(publisher: Publisher) -> None:
    found = entry(publisher, "bao-mau", newspapers.COMPARED)
    assert unescape(text(found, f"{ATOM}summary")) == "Nông dân Tháp Mười bán lúa: 3 < 5 & hết."
    assert text(found, f"{ATOM}content")
    assert text(found, f"{ATOM}rights") == "© Báo <Mẫu> & bạn"
    assert links(found, "license") == [newspapers.LICENCE]
    terms = [tuple(one.get(name) for name in ("scheme", "term", "label")) for one in found.iterfind(f"{ATOM}category")]
    assert terms == [
        (f"{SITE}/scheme/topic", "the-thao", "Thể thao"),
        ("http://cv.iptc.org/newscodes/mediatopic/", "15000000", "Thể thao"),
    ]


def test_38_an_entry_names_the_source_that_it_comes_from(publisher: Publisher) -> None:
    for path in FEEDS:
        for one in publisher.root(path, "atom").iterfind(f"{ATOM}entry"):
            source = one.find(f"{ATOM}source")
            assert source is not None
            assert all(text(source, f"{ATOM}{name}") for name in ("id", "title", "updated"))
            assert len(links(source, "self")) == 1


def test_35_titles_are_escaped_html_and_read_as_they_were_meant(publisher: Publisher) -> None:
    body = publisher.document("sources/bao-mau", "atom").decode()
    assert '<title type="html">Giá lúa &amp;lt;5.000 đ &amp;amp; gạo &gt; 9.000 đ, theo “Báo Mẫu” 🌾</title>' in body
    for path in FEEDS:
        feed = publisher.root(path, "atom")
        for title in (*feed.iterfind(f"{ATOM}title"), *feed.iterfind(f"{ATOM}entry/{ATOM}title")):
            assert title.get("type") == "html"


@pytest.mark.parametrize("path", FEEDS)
def test_38_a_feed_has_its_rights_its_logo_and_its_icon(publisher: Publisher, path: str) -> None:
    feed = publisher.root(path, "atom")
    assert text(feed, f"{ATOM}rights")
    for name, size in (("logo", LOGO), ("icon", ICON)):
        address = text(feed, f"{ATOM}{name}")
        reply = publisher.ask(address.removeprefix(SITE))
        assert (reply.status, reply["Content-Type"], reply.body) == (200, "image/png", newspapers.png(*size))
    if path == "all":
        assert text(feed, f"{ATOM}rights") == RIGHTS


def test_38_a_source_is_told_whole(publisher: Publisher) -> None:
    for path in FEEDS:
        for source in publisher.root(path, "atom").iterfind(f"{ATOM}entry/{ATOM}source"):
            addresses = [*links(source, "self"), *links(source, "alternate")]
            assert len(addresses) >= 2
            for address in addresses:
                assert address.startswith(("https://", "http://"))
                assert not address.startswith(SITE) or publisher.ask(address.removeprefix(SITE)).status == 200


@pytest.mark.parametrize(("title", "source"), [(newspapers.COMPARED, "bao-mau"), (newspapers.FORWARDED, "tap-chi")])
def test_38_what_came_by_the_feed_of_another_says_by_which(publisher: Publisher, title: str, source: str) -> None:
    (via,) = links(entry(publisher, source, title), "via")
    assert via.startswith(("https://", "http://"))


def test_38_one_picture_is_the_enclosure_and_a_thumbnail_stands_beside_it(publisher: Publisher) -> None:
    shown = []
    for path in FEEDS:
        for one in publisher.root(path, "atom").iterfind(f"{ATOM}entry"):
            pictured = one.find(f"{MEDIA}content") is not None
            assert len(links(one, "enclosure")) == int(pictured)
            shown += [str(small.get("url")) for small in one.iter(f"{MEDIA}thumbnail") if pictured]
    assert shown
    assert all(address.startswith(("https://", "http://")) for address in shown)


def test_38_pictures_of_our_own_have_their_type_length_and_size(publisher: Publisher) -> None:
    found = entry(publisher, "dai-thu", newspapers.PICTURED)
    enclosure = next(one for one in found.iterfind(f"{ATOM}link") if one.get("rel") == "enclosure")
    reply = publisher.ask(str(enclosure.get("href")).removeprefix(SITE))
    assert (enclosure.get("type"), enclosure.get("length")) == ("image/png", str(len(reply.body)))
    assert (reply.status, reply["Content-Type"]) == (200, "image/png")
    media = [
        [one.get(name) for name in ("medium", "type", "width", "height")] for one in found.iterfind(f"{MEDIA}content")
    ]
    assert media == [["image", "image/png", "4", "3"], ["image", "image/png", "2", "2"]]
    assert found.findtext(f"{MEDIA}content/{MEDIA}description") == "Các cầu thủ ăn mừng. Ảnh: Mai Thử"
    assert found.findtext(f"{MEDIA}content/{MEDIA}credit") == "Mai Thử"


def test_38_a_picture_whose_length_nobody_knows_has_the_length_0(publisher: Publisher) -> None:
    (enclosure,) = (
        one
        for one in entry(publisher, "bao-mau", newspapers.COMPARED).iterfind(f"{ATOM}link")
        if one.get("rel") == "enclosure"
    )
    assert (enclosure.get("type"), enclosure.get("length")) == ("image/jpeg", "0")


def test_39_each_author_is_an_element_of_its_own(publisher: Publisher) -> None:
    for title, source, names in (
        (newspapers.COMPARED, "bao-mau", list(newspapers.AUTHORS)),
        (newspapers.FORWARDED, "tap-chi", ["Phạm Một", "Phạm Hai"]),
        (newspapers.PICTURED, "dai-thu", ["Lê Thử"]),
    ):
        found = entry(publisher, source, title)
        assert [one.text for one in found.iterfind(f"{ATOM}author/{ATOM}name")] == names


def test_40_only_prefixes_in_use_are_declared_and_all_of_them_at_the_head(publisher: Publisher) -> None:
    for path in FEEDS:
        for form in ("atom", "rss"):
            root = publisher.root(path, form)
            assert {one.prefix for one in root.iter()} == {*root.nsmap, *([None] if form == "rss" else [])}, (
                path,
                form,
            )
            assert all(one.nsmap == root.nsmap for one in root.iter())


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_40_an_article_says_where_the_place_is_that_it_is_about(publisher: Publisher, form: str) -> None:
    tag = f"{ATOM}entry" if form == "atom" else "item"
    told = [
        one.findtext(f"{GEORSS}point")
        for one in publisher.root("sources/dai-thu", form).iter(tag)
        if newspapers.PICTURED in (one.findtext("title"), one.findtext(f"{ATOM}title"))
    ]
    assert told == [POINT]
    assert newspapers.POINT.encode() not in publisher.document("all", form)


def test_40_a_feed_says_nothing_of_comments_places_or_rhythms_that_it_knows_nothing_of(publisher: Publisher) -> None:
    for form in ("atom", "rss"):
        assert not {"thr", "georss", "sy", "slash"} & set(publisher.root("sources/tap-chi", form).nsmap)
