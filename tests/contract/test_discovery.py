"""How a feed is found, and how it names itself: items 15 to 18."""

from __future__ import annotations

import json

import lxml.html
import pytest
from lxml import etree

from tests.rules.xml import ATOM

from .publisher import FEEDS, FORMS, PAGES, SITE, TYPES, Publisher
from .reading import links

pytestmark = pytest.mark.slow


def alternates(publisher: Publisher, page: str) -> list[tuple[str, str, str]]:
    """Type, title and address of each feed that a page names in its head."""
    found = lxml.html.fromstring(publisher.ask(page).body).findall("head/link[@rel='alternate']")
    return [tuple(str(link.get(name)) for name in ("type", "title", "href")) for link in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    "query", ["utm_source=x&utm_medium=rss", "null", "token=secret", "", "%00", "raw=1", "a=%C3%A9"]
)
def test_15_unknown_queries_give_the_same_document(publisher: Publisher, query: str) -> None:
    for form in FORMS:
        plain, asked = (publisher.ask(f"/feeds/all.{form}{end}") for end in ("", f"?{query}"))
        assert (asked.status, asked.body, asked.steady) == (200, plain.body, plain.steady)


@pytest.mark.parametrize("form", FORMS)
def test_16_a_feed_names_itself_alike_in_header_and_body(publisher: Publisher, form: str) -> None:
    for path in FEEDS:
        address = f"{SITE}/feeds/{path}.{form}"
        reply = publisher.ask(f"/feeds/{path}.{form}?utm_source=x")
        assert reply["Link"] == f'<{address}>; rel="self"'
        if form == "json":
            assert json.loads(reply.body)["feed_url"] == address
        else:
            root = etree.fromstring(reply.body)
            assert links(root if form == "atom" else root[0], "self") == [address]


def test_16_the_list_of_all_feeds_names_itself_too(publisher: Publisher) -> None:
    assert publisher.ask("/opml")["Link"] == f'<{SITE}/opml>; rel="self"'


@pytest.mark.parametrize("page", PAGES)
def test_17_a_page_names_its_feed_in_each_format_the_main_one_first(publisher: Publisher, page: str) -> None:
    path = "all" if page == "/" else page.removeprefix("/")
    expected = [(TYPES[form].partition(";")[0], f"{SITE}/feeds/{path}.{form}") for form in FORMS]
    found = alternates(publisher, page)
    assert [(kind, address) for kind, _, address in found][:3] == expected
    assert all(title for _, title, _ in found)
    assert len({address for _, _, address in found}) == len(found)


def test_17_every_feed_that_the_index_names_is_served_as_the_type_it_says(publisher: Publisher) -> None:
    named = alternates(publisher, "/")
    assert {
        f"{SITE}/feeds/{path}.atom" for path in ("all", "topics/dan-van", "regions/lai-chau", "sources/bao-mau")
    } <= {address for _, _, address in named}
    for kind, _, address in named:
        reply = publisher.ask(address.removeprefix(SITE), "HEAD")
        assert (reply.status, reply["Content-Type"].partition(";")[0]) == (200, kind), address


def test_17_the_index_leads_to_a_list_of_all_feeds_for_readers(publisher: Publisher) -> None:
    index = lxml.html.fromstring(publisher.ask("/").body)
    assert "/opml" in [link.get("href") for link in index.iter("a")]
    opml = etree.fromstring(publisher.ask("/opml").body)
    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    outlines = opml.findall(".//outline[@xmlUrl]")
    for outline in outlines:
        assert outline.get("type") == "rss"
        assert outline.get("text") == outline.get("title")
        page = str(outline.get("htmlUrl")).removeprefix(SITE)
        assert publisher.ask(page, "HEAD").status == 200, page
    listed = {str(outline.get("xmlUrl")) for outline in outlines}
    assert listed == {address for kind, _, address in alternates(publisher, "/") if "atom" in kind}


@pytest.mark.parametrize(
    "accept", ["application/rss+xml", "application/json", "text/html", "image/png", "*/*;q=0", "?"]
)
def test_18_the_format_is_that_of_the_address_and_never_406(publisher: Publisher, accept: str) -> None:
    for form in FORMS:
        reply = publisher.ask(f"/feeds/all.{form}", Accept=accept)
        assert (reply.status, reply["Content-Type"]) == (200, TYPES[form])
        assert reply.body == publisher.document("all", form)


def test_18_other_formats_are_those_of_the_feeds_links(publisher: Publisher) -> None:
    for path in FEEDS:
        root = publisher.root(path, "atom")
        others = {str(one.get("type")): str(one.get("href")) for one in root.iterfind(f"{ATOM}link[@rel='alternate']")}
        assert others["application/rss+xml"] == f"{SITE}/feeds/{path}.rss"
        assert others["application/feed+json"] == f"{SITE}/feeds/{path}.json"
