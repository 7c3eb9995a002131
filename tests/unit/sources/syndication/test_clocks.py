"""A feed that was only built anew is the feed that it was."""

from __future__ import annotations

import pytest

from feedsvc.sources.syndication.clocks import without_clocks

from .desk import atom, parse, rss

ITEM = "<guid>a</guid><title>Tin</title><pubDate>Mon, 02 Mar 2026 08:00:00 +0700</pubDate>"
PREFIXED = (
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry xmlns="http://www.w3.org/2005/Atom"><id>a</id>'
    "<updated>2026-03-02T08:00:00+07:00</updated></a:entry></a:feed>"
)
DATED = "<pubDate>Mon, 02 Mar 2026</pubDate></item><item></item></rss>"
JSON = '{"items": [{"content_html": "write <pubDate>Mon, 02 Mar 2026</pubDate> in an <item> of yours"}]}'
ENTRY = "<id>a</id><title>Tin</title><updated>2026-03-02T08:00:00+07:00</updated>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            rss(ITEM, head="<lastBuildDate>Mon, 02 Mar 2026 01:00:00 GMT</lastBuildDate>"),
            rss(ITEM, head="<lastBuildDate>Mon, 02 Mar 2026 01:05:00 GMT</lastBuildDate>"),
        ),
        (rss(ITEM, head="<pubDate>now</pubDate>"), rss(ITEM, head="<pubDate>later</pubDate>")),
        (rss(ITEM, head="<dc:date>2026</dc:date>"), rss(ITEM, head="<dc:date>2027</dc:date>")),
        (atom(ENTRY, head="<updated>2026-03-02</updated>"), atom(ENTRY, head="<updated>2026-03-03</updated>")),
        (rss(ITEM) + "\n<!-- made in 12 ms -->", rss(ITEM) + "\n<!-- made in 5 ms -->\n<!-- from the cache -->"),
        (rss(ITEM) + "\n<!-- made in 12 ms -->", rss(ITEM)),
    ],
)
def test_clocks_and_remarks_of_the_feed_itself_make_no_other_feed(one: str, other: str) -> None:
    assert without_clocks(one.encode()) == without_clocks(other.encode())
    assert parse(one).records == parse(other).records == parse(without_clocks(one.encode())).records


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (rss(ITEM), rss(ITEM.replace("08:00", "08:05"))),
        (atom(ENTRY), atom(ENTRY.replace("08:00", "08:05"))),
        (PREFIXED, PREFIXED.replace("08:00", "08:05")),
        (JSON, JSON.replace("02 Mar", "03 Mar")),
        ("<rss><it\x01em>" + DATED, "<rss><it\x01em>" + DATED.replace("02 Mar", "03 Mar")),
        ("<rss><báo:item>" + DATED, "<rss><báo:item>" + DATED.replace("02 Mar", "03 Mar")),
        (rss(ITEM, head="<language>vi</language>"), rss(ITEM, head="<language>en</language>")),
        (rss(ITEM + "<description>x<!-- 1 --></description>"), rss(ITEM + "<description>x<!-- 2 --></description>")),
        (atom(ENTRY, head="<author><name>A</name></author>"), atom(ENTRY, head="<author><name>B</name></author>")),
    ],
)
def test_whatever_an_entry_may_take_from_it_makes_another_one(one: str, other: str) -> None:
    assert without_clocks(one.encode()) != without_clocks(other.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<updated>1</updated>",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        rss(ITEM, head="<pubDate>now</pubDate>").encode("utf-16"),
        rss().encode(),
        b"<rss><channel>" + b" " * 70_000 + b"<pubDate>1</pubDate><item>",
    ],
)
def test_what_is_no_xml_feed_with_entries_stays_as_it_is(body: bytes) -> None:
    assert without_clocks(body) == body


def test_a_feed_of_nothing_but_comments_costs_no_more_than_its_length() -> None:
    body = b"<rss><item>" + b"<!-- x -->" * 200_000 + b"<!-- -- " * 1000
    assert without_clocks(body) == body
