"""What the fast path takes, and what it leaves to feedparser."""

from __future__ import annotations

import subprocess
import sys

import pytest

from feedsvc.domain.record import Hypertext, RawFigure, RawRecord
from feedsvc.sources.syndication.strict.feed import read_strictly
from feedsvc.sources.syndication.strict.names import INERT, MEANT, Names
from feedsvc.sources.syndication.xmlfeed import cleaned, read_loosely

from .desk import URL, atom, rss

FULL = rss(
    "<title>Cầu mới</title><link>https://n.example/1?a=1&amp;b=2</link><guid isPermaLink='false'>n-1</guid>"
    "<description>Ngắn</description><content:encoded><![CDATA[<p>Dài hơn nhiều</p>]]></content:encoded>"
    "<dc:creator>An Bình</dc:creator><pubDate>Sun, 01 Jun 2025 08:00:00 +0700</pubDate>"
    "<category domain='d'>Giao thông</category><media:content url='/a.jpg' medium='image'>"
    "<media:description>Chú thích</media:description></media:content>",
    head="<language>vi-VN</language>",
)
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://n.example/"><title>N</title><items><rdf:Seq><rdf:li resource="a"/></rdf:Seq></items>
</channel><item rdf:about="https://n.example/1"><title>Cầu mới</title></item></rdf:RDF>"""
ITEM = "<title>T</title><link>https://n.example/1</link>"


def strictly(body: str | bytes, media_type: str | None = None) -> tuple[RawRecord, ...] | None:
    """The records of the fast path, which must be those of feedparser; None where it takes nothing."""
    whole = cleaned(body.encode() if isinstance(body, str) else body)
    entries = read_strictly(whole, URL, media_type)
    assert entries is None or entries == read_loosely(whole, URL, media_type)
    return None if entries is None else entries.records


def only(body: str) -> RawRecord:
    records = strictly(body)
    assert records is not None
    (record,) = records
    return record


def test_an_item_of_rss() -> None:
    record = only(FULL)
    assert (record.key, record.title, record.link) == ("n-1", "Cầu mới", "https://n.example/1?a=1&b=2")
    assert (record.content, record.summary) == (Hypertext("<p>Dài hơn nhiều</p>", URL), "Ngắn")
    assert (record.authors, record.categories, record.language) == (("An Bình",), ("Giao thông",), "vi-VN")
    assert (record.published, record.updated) == ("Sun, 01 Jun 2025 08:00:00 +0700", None)
    assert record.figures == (RawFigure(("https://news.example/a.jpg",), "Chú thích"),)


def test_an_item_of_rss_1() -> None:
    record = only(RDF)
    assert (record.key, record.title) == ("https://n.example/1", "Cầu mới")


def test_an_entry_of_atom() -> None:
    record = only(
        atom(
            "<id>tag:n,1</id><title type='html'>A &lt;b&gt;b&lt;/b&gt;</title><link href='1'/>"
            "<link rel='enclosure' type='image/png' href='/a.png'/><content type='text'>1 &lt; 2</content>"
            "<updated>2025-06-01T00:00:00Z</updated><category term='gt' label='Giao thông'/>",
            head="<author><name>An</name><email>an@b.vn</email></author>",
        )
    )
    assert (record.title, record.content) == (Hypertext("A <b>b</b>"), Hypertext("<p>1 &lt; 2</p>", URL))
    assert (record.link, record.figures[0].addresses) == (
        "https://news.example/feeds/1",
        ("https://news.example/a.png",),
    )
    assert (record.authors, record.categories, record.language) == (("An",), ("gt", "Giao thông"), "vi")


def test_a_base_is_kept_for_what_follows_as_feedparser_keeps_it() -> None:
    based = "<content type='html' xml:base='https://b.example/{}/'>&lt;img src='a'&gt;</content>"
    records = strictly(atom(ITEM_OF_ATOM + based.format(1), ITEM_OF_ATOM + based.format(2), ITEM_OF_ATOM))
    assert records is not None
    assert [one.content.base for one in records[:2] if isinstance(one.content, Hypertext)] == [
        "https://b.example/1/",
        "https://b.example/2/",
    ]


ITEM_OF_ATOM = "<id>tag:n,1</id><title>T</title><link href='https://n.example/1'/>"


@pytest.mark.parametrize(
    "item",
    [
        "<title>Ng&amp;ocirc;i &amp;amp; nhà</title>",
        "<title>A <![CDATA[& B]]></title>",
        "<title>&lt;b&gt;đậm&lt;/b&gt;</title>",
        "<title/><media:title>Ảnh</media:title>",
        "<media:title>Ảnh</media:title><title>T</title>",
        "<title>T</title><source url='https://a.example/'>A</source><media:title>Ảnh</media:title>",
        "<title>T</title><guid>https://n.example/1</guid>",
        "<guid>https://n.example/1</guid><title>T</title><link/>",
        "<link>https://n.example/1</link><link>https://n.example/2</link>",
        "<link>https://n.example/?a=1&amp;amp;copy;=2</link>",
        "<description>Một</description><description>Hai dài hơn</description>",
        "<content:encoded>&lt;p&gt;Một&lt;/p&gt;</content:encoded><description>Hai</description>",
        "<category domain='d'/><category>Hai</category><category>Hai</category>",
        "<author>a@b.example (An Bình)</author>",
        "<author>a@b.vn</author>",
        "<dc:creator>An</dc:creator><dc:creator>Bình</dc:creator><dc:creator>An</dc:creator>",
        "<dc:date>2025-06-01</dc:date><title>T</title>",
        "<enclosure url='/a.jpg' type='image/jpeg' length='1'/>",
        "<enclosure url='/a.mp3' type='audio/mpeg'/><media:thumbnail url='/b'/>",
        "<media:group><media:content url='/a.JPG'><media:title>A</media:title></media:content></media:group>",
        "<media:description type='plain'>Chú thích</media:description><media:thumbnail url='/b'/>",
        "<title>T</title><x xmlns='urn:post'>1</x>",
        "<image>https://n.example/a.png</image><title>T</title>",
        "<title>T</title><media:credit role='photographer'>An</media:credit><comments>https://n.example/c</comments>",
    ],
)
def test_what_newspapers_write_is_taken(item: str) -> None:
    assert strictly(rss(item)) is not None


@pytest.mark.parametrize(
    "item",
    [
        "<title>T</title><pubDate>hôm qua</pubDate>",
        "<title>&#195;&#169;</title>",
        "<title>&#150;</title>",
        "<title>A <b>b</b></title>",
        "<title>a &lt;/nhà&gt;</title>",
        "<title type='xhtml'>T</title>",
        "<description mode='escaped'>D</description>",
        "<description lang='de'>D</description>",
        "<x xml:base='https://b.example/'/>",
        "<link url='https://n.example/1'/>",
        "<guid>https:///n.example/1</guid>",
        "<author>An a@b.vn</author>",
        "<author>a@b.vn (An)</author><dc:creator>Bình</dc:creator>",
        "<dc:creator>Chi</dc:creator><author><name>An</name></author>",
        "<date>2025</date>",
        "<links>1</links>",
        "<tags>a,b</tags>",
        "<dc_title>T</dc_title>",
        "<foo><title>T</title></foo>",
        "<image><url>/a.png</url></image>",
        "<svg/>",
        "<?php echo 1 ?>",
        "<source><title>T</title></source>",
        "<media:thumbnail>https://n.example/a.png</media:thumbnail>",
        "<m:title xmlns:m='http://search.yahoo.com/mrss/'>T</m:title>",
        "<m:x xmlns:m='http://www.w3.org/1999/xlink'/>",
        "<author><email>a@b.vn</email><name>An</name></author>",
        "<author>An<name>Bình</name></author>",
        '<media:group xml:base="https://base.example/"><media:content url="/a.jpg"/></media:group><title>T</title>',
        '<media:group xml:lang="en"><media:title>T</media:title></media:group>',
        '<media:content url="https://n.example/a.jpg" xml:lang="en"><media:title>T</media:title></media:content>',
    ],
)
def test_what_feedparser_reads_in_its_own_way_is_left_to_it(item: str) -> None:
    assert strictly(rss(item)) is None
    assert strictly(rss("<title>T</title>")) is not None


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE rss><rss version='2.0'><channel/></rss>",
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss("<title>&a;</title>"),
        "<!-- <a --><!DOCTYPE rss [<!ENTITY a 'b'>]>" + rss("<title>&a;</title>"),
        rss("<title>&nbsp;</title>"),
        rss("<title>T</titel>"),
        rss("<y:title>T</y:title>"),
        rss("<title y:a='1'>T</title>"),
        rss(ITEM) + "<rss/>",
        " <?xml version='1.0'?>" + rss(ITEM),
        "<?xml version='1.1'?>" + rss(ITEM),
        "<?xml version='1.0' encoding='iso-8859-1'?>" + rss("<title>é</title>"),
        "<?xml version='1.0' encoding='shift_jis'?>" + rss(ITEM),
        rss(ITEM).encode("utf-16"),
        rss("<title>é</title>").encode("latin-1"),
        rss("<title>\x85</title>"),
        "<RSS version='2.0'><channel/></RSS>",
        "<rss version='2.0' xmlns='http://backend.userland.com/rss2'><channel/></rss>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry/></feed>",
        "<rss version='2.0'><channel/><channel/></rss>",
        "<rss version='2.0'><item/></rss>",
        "<rss version='2.0'><channel><itunes:summary xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>S"
        "</itunes:summary><description>D</description><item/></channel></rss>",
        "<html><body/></html>",
        "<a>" * 300 + "</a>" * 300,
    ],
)
def test_what_is_not_plainly_a_feed_is_left_to_feedparser(body: str | bytes) -> None:
    assert strictly(body) is None


@pytest.mark.parametrize("within", ["<language>de</language>", "<dc:language>de</dc:language>"])
def test_a_language_within_what_means_nothing_is_left_to_feedparser(within: str) -> None:
    assert strictly(rss(ITEM, head=f"<x>{within}</x>")) is None
    assert strictly(rss(ITEM, head=within)) is not None
    assert strictly(rss(ITEM + within)) is not None


@pytest.mark.parametrize(
    ("media_type", "taken"),
    [
        (None, True),
        ("text/xml", True),
        ("application/rss+xml; charset=UTF-8", True),
        ('text/xml;charset="utf-8"', True),
        ("text/xml; charset=windows-1258", False),
        ("text/xml; version=1; charset=utf-8", False),
    ],
)
def test_only_utf_8_may_be_promised(media_type: str | None, taken: bool) -> None:
    assert (strictly(FULL, media_type) is not None) is taken


@pytest.mark.parametrize(
    "start",
    [
        "",
        "\ufeff",
        "\n",
        '<?xml version="1.0"?>',
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n",
        '<?xml version="1.0" encoding="us-ascii"?>',
        '<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet href="a.xsl"?><!-- lời bình -->',
    ],
)
def test_what_may_stand_before_a_feed(start: str) -> None:
    assert strictly(start + FULL) is not None


def test_a_text_may_hold_what_would_be_in_doubt_as_markup() -> None:
    page = "<![CDATA[<!DOCTYPE html><base href='/'>&nbsp;&#150;<svg xmlns='http://www.w3.org/2000/svg'/>]]>"
    assert strictly(rss(f"<description>{page}</description>")) is not None


@pytest.mark.parametrize(
    "inner",
    [
        "<media:group>" * 240 + "<media:title>T</media:title>" + "</media:group>" * 240,
        "<a>" * 240 + "</a>" * 240,
        "".join(f"<category domain='d{n}'>t</category>" for n in range(5000)),
        "".join(f"<x{n}:a xmlns:x{n}='urn:{n}'/>" for n in range(5000)),
        "<a " + " ".join(f"x{n}='1'" for n in range(5000)) + "/>",
        "<title>" + "&amp;a" * 50_000 + "</title>",
    ],
    ids=["nested media", "nested", "categories", "namespaces", "attributes", "references"],
)
def test_much_of_anything_is_taken_alike(inner: str) -> None:
    assert strictly(rss(inner)) is not None


def test_every_name_that_feedparser_acts_upon_is_known() -> None:
    from feedparser.mixin import _FeedParserMixin as Mixin

    acted_upon = {name.partition("_start_")[2] or name.partition("_end_")[2] for name in dir(Mixin)}
    unclaimed = {"gml", "cc", "psc", "creativeCommons"}
    names = {name for name in acted_upon if name.islower() and name.partition("_")[0] not in unclaimed}
    assert names - MEANT == set()
    assert len(names) > 90


def test_an_element_out_of_the_blue_means_nothing() -> None:
    names = Names("rss", [("slash", "http://purl.org/rss/1.0/modules/slash/"), ("", "urn:post")])
    assert names["{http://purl.org/rss/1.0/modules/slash/}comments"] is INERT
    assert names["{urn:post}site"] is INERT
    assert names["pubDate"] == "pubdate"


def test_a_process_that_reads_no_feed_loads_no_parser() -> None:
    loads = (
        "import sys, feedsvc.sources.syndication as s; print([m for m in ('lxml', 'feedparser') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
