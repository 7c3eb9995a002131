"""What people get who open a feed's address in a browser: item 30."""

from __future__ import annotations

import lxml.html
import pytest

from . import newspapers
from .publisher import FEEDS, FORMS, RETIRED, SITE, TYPES, Publisher

pytestmark = pytest.mark.slow

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
BROWSER = {"Sec-Fetch-Dest": "document", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "none", "Accept": HTML}


def page_of(path: str) -> str:
    """The page of a feed."""
    return "/" if path == "all" else f"/{path}"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_30_a_browser_that_opens_a_feed_is_sent_to_its_page_for_this_once(
    publisher: Publisher, form: str, method: str
) -> None:
    for path in FEEDS:
        for query in ("", "?utm_source=x"):
            reply = publisher.ask(f"/feeds/{path}.{form}{query}", method, **BROWSER)
            assert (reply.status, reply["Location"]) == (302, f"{SITE}{page_of(path)}")
            assert reply["Cache-Control"] == "no-store"
            assert not reply.has("ETag")
            assert method == "GET" or reply.body == b""


def test_30_a_person_who_wants_the_source_gets_the_feed_itself(publisher: Publisher) -> None:
    for form in FORMS:
        plain, raw = publisher.ask(f"/feeds/all.{form}"), publisher.ask(f"/feeds/all.{form}?raw=1", **BROWSER)
        assert (raw.status, raw.body, raw.steady) == (200, plain.body, plain.steady)


def test_30_the_feeds_answers_do_not_vary_on_it(publisher: Publisher) -> None:
    for told in ({"Sec-Fetch-Dest": "empty"}, {"Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Mode": "navigate"}):
        reply = publisher.ask("/feeds/all.atom", **told)
        assert (reply.status, reply["Vary"]) == (200, "Accept-Encoding")


def test_30_what_moved_or_never_was_is_so_for_browsers_too(publisher: Publisher) -> None:
    assert publisher.ask(f"/feeds/{RETIRED}.atom", **BROWSER).status == 301
    assert publisher.ask("/feeds/regions/nowhere.atom", **BROWSER).status == 404


def test_30_the_page_shows_the_addresses_of_the_feed_and_its_newest_articles(publisher: Publisher) -> None:
    for path in FEEDS[1:]:
        page = lxml.html.fromstring(publisher.ask(page_of(path)).body)
        addresses = [f"{SITE}/feeds/{path}.{form}" for form in FORMS]
        assert [str(link.get("href")) for link in page.findall("head/link[@rel='alternate']")] == addresses
        shown = str(page.xpath("string()"))
        assert all(address in shown for address in addresses)
        assert "raw=" not in lxml.html.tostring(page).decode()
        assert page.find(".//script") is None
    assert newspapers.COMPARED in str(lxml.html.fromstring(publisher.ask("/sources/bao-mau").body).xpath("string()"))


def test_30_a_feed_and_its_page_name_each_other(publisher: Publisher) -> None:
    for path in FEEDS:
        home = publisher.root(path, "rss").findtext("channel/link")
        assert home == f"{SITE}{page_of(path)}"


def test_30_a_feed_carries_no_stylesheet_and_no_script(publisher: Publisher) -> None:
    for path in FEEDS:
        for form in ("atom", "rss"):
            body = publisher.document(path, form)
            assert body.count(b"<?") == 1
            assert b"<script" not in body
            assert b"xml-stylesheet" not in body


@pytest.mark.parametrize("form", FORMS)
def test_30_what_a_client_accepts_makes_it_no_browser(publisher: Publisher, form: str) -> None:
    for path in FEEDS:
        reply = publisher.ask(f"/feeds/{path}.{form}", Accept=HTML, User_Agent="Mozilla/5.0 (X11; Linux x86_64)")
        assert (reply.status, reply["Content-Type"]) == (200, TYPES[form])
