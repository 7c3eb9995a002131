"""The rules find what is wrong: golden documents, each spoilt in one place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from tests.rules import check

from .samples import GOLDEN, NOW

BODIES = {written.name: written.render(GOLDEN["full"]).body.decode() for written in (Atom(), Rss(), JsonFeed())}
EXAMPLE = "https://example.org"

SPOILT = [
    ("atom", "<feed ", "<feed", "not well-formed"),
    ("atom", " encoding='UTF-8'", "", "does not begin"),
    ("atom", '<title type="html">Tin Ba Sông: Dân vận, Tiền Giang</title>', "", "0 title"),
    ("atom", "<name>Tin Ba Sông</name>", "<name> </name>", "empty name"),
    ("atom", "<author><name>Tin Ba Sông</name></author>", "", "no author"),
    ("atom", 'rel="self"', 'rel="via"', "0 self links"),
    ("atom", 'type="application/rss+xml"', 'type="text/html"', "2 alternates"),
    ("atom", "T05:30:00+00:00", "T05:30:00+07:00", "no date in UTC"),
    ("atom", "T05:30:00+00:00", "T05:30:61+00:00", "no date in UTC"),
    ("atom", "2017-01-10T05:30", "2018-01-10T05:30", "in the future"),
    ("atom", "2017-01-09T23:00", "2017-01-10T23:00", "which is older"),
    ("atom", "a/ponmlkjihgfedcba</id>", "a/abcdefghijklmnop</id>", "stands 2 times"),
    ("atom", "tag:example.org,2026:a/ponmlkjihgfedcba</id>", "1</id>", "no absolute IRI"),
    ("atom", f'href="{EXAMPLE}/articles/abc', 'href="/articles/abc', "no absolute http(s)"),
    ("atom", f'url="{EXAMPLE}/media/3', 'url="http:///', "no absolute http(s)"),
    ("atom", "&lt;p&gt;Sáng", "&lt;script&gt;Sáng", "<script>"),
    ("atom", "&lt;p&gt;Sáng", '&lt;p onclick="x"&gt;Sáng', "onclick of <p> is active"),
    ("atom", f'src="{EXAMPLE}/media', 'src="media', "src of <img>"),
    ("atom", f'a href="{EXAMPLE}/articles/p', 'a href="javascript:/articles/p', "href of <a>"),
    ("atom", '<content type="html">', '<content type="CDATA">', "type CDATA"),
    ("atom", "Sáng 10/1", "Sáng\x81 10/1", "U+0081"),
    ("atom", "<feed ", '<feed xmlns:dc="urn:x" ', "dc is declared and not used"),
    ("atom", '<category term="dan-van"', '<category term=""', "no term"),
    ("atom", "<feed ", "<!DOCTYPE feed><feed ", "document type"),
    ("atom", "feed", "food", "the root is"),
    ("atom", 'rel="alternate" type="text/html"', 'rel="via"', "no alternate link"),
    (
        "atom",
        "<rights>©",
        '<link href="https://example.org/" rel="via"/><rights xmlns:a="urn:x">©',
        "prefix of its own",
    ),
    ("atom", "<author><name>Tin", '<link href="https://example.org/" rel="via"/><author><name>Tin', "is no alternate"),
    ("atom", ' xml:lang="vi"><id>tag:example.org,2026:f', "><id>tag:example.org,2026:f", "no language"),
    ("atom", "<generator", "<icon>icon.png</icon><generator", "icon is no absolute"),
    ("atom", '<summary type="html">', '<summary type="xhtml">', "type xhtml"),
    ("atom", "&lt;p&gt;Sáng", "&lt;!-- x --&gt;Sáng", "a comment"),
    ("atom", 'src="https', 'srcset="a.jpg 2x" src="https', "srcset of <img>"),
    ("atom", ' type="html">Dân', ">Dân", "is of type text"),
    ("atom", '<title type="html">Một', '<title type="html">&lt;b&gt;Một', "holds markup"),
    ("atom", "</published><rights>", "</published><subtitle>x</subtitle><rights>", "subtitle stands in entry"),
    ("atom", "<name>Hữu Nghị</name>", "<name>Hữu Nghị</name><title>x</title>", "title stands in author"),
    ("atom", "<name>Hữu Nghị</name>", "x<name>Hữu Nghị</name>", "text between its elements"),
    ("atom", '<category term="dan-van"', '<category domain="x" term="dan-van"', "has the attribute domain"),
    ("atom", 'length="48213"', 'length="None"', "has the length None"),
    ("atom", 'type="image/jpeg" length', 'type="jpeg" length', "has the type jpeg"),
    ("atom", '<entry xml:lang="vi"', '<entry xml:lang="tiếng Việt"', "is in no language"),
    ("atom", "</feed>", "<rights>x</rights></feed>", "entries stand before"),
    ("atom", 'rel="license"', 'rel="enclosure"', "more than one enclosure"),
    (
        "atom",
        'rel="alternate" type="text/html" href="https://example.org/sources',
        'rel="self" href="',
        "does not lead",
    ),
    ("atom", "<georss:point>10.36", "<georss:point>100.36", "is nowhere"),
    ("atom", "georss:point>", "georss:box>", "is nowhere"),
    ("atom", "</georss:point>", "</georss:point><georss:point>1 1</georss:point>", "in more than one place"),
    ("atom", "11.03 104.44 8.38 104.44<", "11.03 104.44<", "is nowhere"),
    ("atom", 'medium="image"', 'medium="photo"', "says no medium"),
    ("atom", 'fileSize="48213"', 'fileSize="0"', "fileSize of content"),
    ("atom", "<media:thumbnail", "<media:text", "has 0 thumbnails"),
    ("atom", ">Minh Trí</media:credit>", "></media:credit>", "media:credit is empty"),
    ("rss", "<rss ", "<RSS ", "not well-formed"),
    ("rss", "trang=1&#x26;", "trang=1&amp;", "a link has named references"),
    ("rss", "<width>144", "<width>145", "the image is of 145 by 72"),
    ("rss", "<image><url>https", "<image><url>ftp", "the image is no absolute"),
    ("rss", "png</url><title>", "png</url><title>x", "the title of the image"),
    ("rss", "<ttl>", "<cloud/><ttl>", "channel has cloud"),
    ("rss", "<source ", "<comments>https://example.org/</comments><source ", "has comments"),
    ("rss", "rssboard.org/rss-spec", "rssboard.org/rss-2-0-spec", "another specification"),
    ("rss", 'version="2.0"', 'version="0.91"', "RSS 2.0"),
    ("rss", "&#x26;", "&amp;", "named references"),
    ("rss", "10 Jan 2017 02", "32 Jan 2017 02", "no date in UTC"),
    ("rss", "https://creativecommons.org", "https://[x", "no absolute http(s)"),
    ("rss", "<language>vi</language>", "", "0 language"),
    ("rss", 'rel="self"', 'rel="via"', "self link"),
    ("rss", "</channel>", "<ttl>5</ttl></channel>", "items stand before"),
    ("rss", 'isPermaLink="false"', 'isPermaLink="true"', "passes for an address"),
    ("rss", "<pubDate>Tue, 10", "<pubDate>Wed, 10", "no date in UTC"),
    ("rss", "02:00:00 +0000", "02:00:00 +0700", "no date in UTC"),
    ("rss", "Hữu Nghị, Lê Ngân</dc:creator>", "</dc:creator><author>a@b (C)</author>", "two kinds of author"),
    ("rss", "<dc:rights>", "<dc:date>2017</dc:date><dc:rights>", "has dc:date"),
    ("rss", 'length="48213"', 'length="None"', "lacks its length"),
    ("rss", f"<link>{EXAMPLE}/articles/a", f"<link>{EXAMPLE}/bài/a", "characters that no address"),
    ("rss", "content:encoded>", "description>", "more than one description"),
    ("rss", "<guid", "<content:encoded/><guid", "more than one {http://purl.org/rss/1.0/modules/content/}encoded"),
    ("rss", "<description>Chỉ có tóm tắt.</description>", "<content:encoded/>", "without a description"),
    ("json", '{"version"', '{"expired":1,"version"', "expired is neither"),
    ("json", '"icon":"https', '"icon":"file', "icon is no absolute"),
    ("json", '"size_in_bytes":48213', '"size_in_bytes":"48213"', "of no size"),
    ("json", '"license":"https://creativecommons.org/licenses/by/4.0/"', '"license":null', "says nothing"),
    ("json", '{"version"', '{"version":1,"version"', "a key stands twice"),
    ("json", '"items"', '"entries"', "no object with items"),
    ("json", "version/1.1", "version/1", "the version is"),
    ("json", '"title":"Một', '"heading":"Một', "has no title"),
    ("json", '"content_html"', '"_html"', "has no content"),
    ("json", '"authors":[{"name":"Hữu', '"authors":[{"nom":"Hữu', "no authors with names"),
    ("json", '"Dân vận","Tiền', '7,"Tiền', "a tag that is no text"),
    ("json", '"mime_type"', '"type"', "no mime_type"),
    ("json", "Chỉ có", "Chỉ\\u0000 có", "U+0000"),
    ("json", "T02:00:00+00:00", "T02:00:00.5+00:00", "no date in UTC"),
]


@pytest.mark.parametrize(("name", "good", "bad", "words"), SPOILT)
def test_a_spoilt_document_is_found_out(name: str, good: str, bad: str, words: str) -> None:
    assert good in BODIES[name]
    found = check(name, BODIES[name].replace(good, bad).encode(), now=NOW)
    assert any(words in violation for violation in found), found


def test_a_document_from_the_future_is_found_out() -> None:
    assert all(check(name, body.encode(), now=datetime(2016, 1, 1, tzinfo=UTC)) for name, body in BODIES.items())
