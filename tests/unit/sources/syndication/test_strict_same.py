"""What the fast path reads, feedparser reads alike: feeds of every shape, generated."""

from __future__ import annotations

import warnings

from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.sources.syndication.strict.feed import read_strictly
from feedsvc.sources.syndication.xmlfeed import cleaned, read_loosely

from .desk import URL

SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "x": "https://news.example/ns",
}
ODD_SPACES = (
    "",
    ' xmlns:Atom="http://www.w3.org/2005/Atom"',
    ' xmlns:media="https://news.example/other"',
    ' xmlns:m="http://search.yahoo.com/mrss/"',
    ' xmlns:slash="http://purl.org/dc/elements/1.1/"',
    ' xmlns:title="urn:t"',
    ' xmlns:xl="http://www.w3.org/1999/xlink"',
    ' xml:lang="vi_VN"',
    ' lang="de"',
    ' xml:base="https://base.example/"',
)
TEXTS = (
    "",
    " ",
    "Cầu mới",
    " Tin \n vắn ",
    "Ng&amp;ocirc;i nhà",
    "A &amp;amp; B",
    "A &amp; B &#38; C",
    "&lt;b&gt;đậm&lt;/b&gt;",
    "&lt;p&gt;Một đoạn&lt;/p&gt;&lt;nhà&gt;",
    "a &lt; b &lt;/c&gt;",
    "<![CDATA[<p>Đoạn <em>văn</em> &amp; &#8217; &#146;</p>]]>",
    "<![CDATA[Trước]]> giữa <![CDATA[sau]]>",
    "một<!-- lời bình -->hai",
    "<b>đậm</b>",
    "&#195;&#169;",
    "Ã©t&#xe9;",
    "&#150;",
    "\u00a0khoảng\u2003trắng\u200b",
    "hai\n\nđoạn\r\n\r\nvăn",
    "https://news.example/a?x=1&amp;amp;y=2&amp;copy;=3",
    "/tin/1 2.html",
    "http:////news.example/a",
    "https://news.example/a.jpg",
    "javascript:alert(1)",
    "a@b.example (An Bình)",
    "a@b.example",
    "an@viet.info",
    "An a@b.vn",
    "An Bình",
    "An, Bình,, An",
    "Sun, 01 Jun 2025 08:00:00 +0700",
    "2025-06-01T00:00:00Z",
    "hôm qua",
    "1.5 105.8",
    "true",
    "vi-VN",
    "🏗 cầu",
)
ATTRIBUTES = (
    'type="html"',
    'type="text"',
    'type="TEXT/HTML"',
    'type="xhtml"',
    'type="image/jpeg"',
    'type="application/atom+xml"',
    'rel="alternate"',
    'rel="self"',
    'rel="enclosure"',
    'rel=" ALTERNATE "',
    'href="https://news.example/a"',
    'href="/a?b=1&amp;c=2"',
    'href=""',
    'HREF="b"',
    'url="https://news.example/a.JPG?x"',
    'url="http:///a.png"',
    'url=" /a.png "',
    'medium="image"',
    'isPermaLink="false"',
    'isPermaLink="TRUE"',
    'domain="https://news.example/chu-de"',
    'term="giao-thong"',
    'label="Giao thông"',
    'scheme="urn:s"',
    'xml:lang="fr"',
    'xml:lang=""',
    'lang="de"',
    'xml:base="https://base.example/"',
    'x:type="html"',
    'thr:count="1"',
    'mode="escaped"',
    'src="/x"',
    'a="1"',
)
NAMES = """title title title link link guid id description description summary content content:encoded pubDate published
    updated modified created issued dc:date dc:creator dc:title dc:subject dc:description dc:language dc:publisher
    dc:identifier dcterms:created dcterms:modified dcterms:issued dcterms:valid author author category category keywords
    itunes:author itunes:summary itunes:subtitle itunes:keywords itunes:image itunes:explicit itunes:category
    itunes:owner enclosure source image comments slash:comments thr:total x:foo x:title x:date foo date links tags
    url language generator rights copyright contributor media:content media:thumbnail media:title media:description
    media:category media:keywords media:credit media:rating media:text atom:link atom:author atom:updated
    georss:point georss:line Title LINK body fullitem info abstract publisher authors svg foo_bar""".split()
NAMES_WITHIN = "name email uri url title link media:content media:thumbnail media:title media:description".split()
NAMES_WITHIN += "media:credit media:keywords x:foo foo itunes:name p b".split()
texts = st.one_of(st.sampled_from(TEXTS), st.lists(st.sampled_from(TEXTS), min_size=2, max_size=3).map("".join))
attributes = st.lists(st.sampled_from(ATTRIBUTES), max_size=3).map(
    lambda chosen: "".join(f" {one}" for one in {one.partition("=")[0]: one for one in chosen}.values())
)


def element(name: str, given: str, inner: str) -> str:
    return f"<{name}{given}>{inner}</{name}>" if inner else f"<{name}{given}/>"


def mostly(usual: st.SearchStrategy[str], odd: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The odd in one of eight: a feed with anything odd in it is left to feedparser, and proves little."""
    return st.integers(0, 7).flatmap(lambda roll: odd if roll == 0 else usual)


leaves = st.builds(element, st.sampled_from(NAMES_WITHIN), st.just("") | attributes, texts)
groups = st.builds(
    element,
    st.sampled_from("author media:group media:content contributor source image itunes:owner x:foo foo".split()),
    st.just("") | attributes,
    st.lists(leaves, min_size=1, max_size=4).map(" ".join),
)
parts = st.builds(element, st.sampled_from(NAMES), st.just("") | attributes, texts)
USUAL = """title link guid id description summary content:encoded content pubDate published updated dc:date dc:creator
    dc:title author category dc:subject media:category media:keywords itunes:author itunes:summary itunes:keywords
    media:content media:thumbnail media:title media:description slash:comments x:foo comments source image
    enclosure atom:link rights dcterms:created""".split()
USUAL_ATTRIBUTES: tuple[str, ...] = (
    "",
    "",
    "",
    ' a="1"',
    ' type="html"',
    ' type="text"',
    ' href="/a?b=1"',
    ' url="/a.png"',
)
USUAL_ATTRIBUTES += (
    ' isPermaLink="false"',
    ' term="t" label="l"',
    ' domain="d"',
    ' xml:lang="vi_VN"',
    ' medium="image"',
)
USUAL_ATTRIBUTES += (' xml:base="https://base.example/b/"', ' href="https://news.example/a" rel="alternate"')
usual_texts = st.sampled_from([text for text in TEXTS if "<b>" not in text and "195" not in text and "150" not in text])
usual = st.builds(element, st.sampled_from(USUAL), st.sampled_from(USUAL_ATTRIBUTES), usual_texts)
usual_within = st.builds(
    element,
    st.sampled_from("media:content media:thumbnail media:title media:description media:credit media:keywords".split()),
    st.sampled_from(USUAL_ATTRIBUTES[:8]),
    usual_texts,
)
usual_groups = st.one_of(
    st.builds(
        element,
        st.sampled_from(["media:group", "media:content"]),
        st.sampled_from(["", ' url="b.jpg"', ' medium="image" url="c"']),
        st.lists(usual_within, min_size=1, max_size=3).map(" ".join),
    ),
    st.sampled_from(
        [
            "<author><name>An</name><email>an@b.vn</email></author>",
            "<author><name/><email>an@b.vn</email></author>",
            "<author>\n<name>Bình</name><uri>/b</uri></author>",
            "<author><email>a@b.vn</email><name>An</name></author>",
            "<contributor><name>Chi</name></contributor>",
            "<image><url>/a.png</url><title>Ảnh</title><link>/</link></image>",
            "<textInput><title>T</title><description>D</description><name>n</name><link>/</link></textInput>",
            "<itunes:owner><itunes:name>An</itunes:name><itunes:email>a@b.vn</itunes:email></itunes:owner>",
            "<x:foo>a<x:bar b='1'>c</x:bar>d</x:foo>",
            "<x:foo><title>Trong</title></x:foo>",
            "<x:foo><pubDate>1</pubDate></x:foo>",
        ]
    ),
)
odd_parts = mostly(parts, groups)
inners = st.lists(mostly(mostly(usual, usual_groups), odd_parts), max_size=8).map("\n".join)
usual_inners = st.lists(mostly(usual, usual_groups), max_size=10).map("\n".join)


@st.composite
def feeds(draw: st.DrawFn) -> str:
    declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    odd = draw(mostly(st.just(""), st.sampled_from(ODD_SPACES)))
    declared = declared.replace(f" {odd.split('=')[0].strip()}=", " xmlns:y=") if "xmlns:" in odd else declared
    head = draw(mostly(st.just("<title>N</title><language>vi</language>"), inners))
    inner = usual_inners if draw(st.booleans()) else inners
    entries = draw(st.lists(st.tuples(mostly(st.just(""), attributes), inner), min_size=1, max_size=3))
    root = draw(st.sampled_from(["rss", "feed", "rdf"]))
    item = "entry" if root == "feed" else "item"
    items = "".join(f"<{item}{given}>{inner}</{item}>" for given, inner in entries)
    if root == "rss":
        return f'<rss version="2.0"{declared}{odd}><channel>{head}{items}</channel></rss>'
    if root == "feed":
        return f'<feed xmlns="http://www.w3.org/2005/Atom"{declared}{odd}>{head}{items}</feed>'
    declared = declared.replace('xmlns:atom="http://www.w3.org/2005/Atom"', 'xmlns:atom="urn:a"')
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    return f"<rdf:RDF {rdf}{declared}{odd}><channel>{head}</channel>{items}</rdf:RDF>"


def same_or_none(text: str, media_type: str | None = None) -> bool:
    """Whether the fast path took a feed; it must then have read it as feedparser does."""
    body = cleaned(text.encode())
    strictly = read_strictly(body, URL, media_type)
    if strictly is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert strictly == read_loosely(body, URL, media_type), text
    return strictly is not None


@settings(max_examples=600, deadline=None)
@given(feeds())
def test_a_feed_is_read_alike_or_left_to_feedparser(text: str) -> None:
    same_or_none(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(usual, parts, groups, usual_groups), min_size=1, max_size=3).map("".join))
def test_an_entry_of_few_parts_is_read_alike_or_left_to_feedparser(inner: str) -> None:
    declared = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    same_or_none(f"<rss version='2.0'{declared}><channel><item>{inner}</item></channel></rss>")
    same_or_none(f"<feed xmlns='{SPACES['atom']}'{declared}><entry>{inner}</entry></feed>")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["title", "link", "guid", "description", "author", "category", "pubDate"]))
def test_any_text_is_read_alike_or_left_to_feedparser(text: str, name: str) -> None:
    written = text.encode(errors="replace").decode().replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "")
    same_or_none(f"<rss version='2.0'><channel><item><{name}>{written}</{name}></item></channel></rss>")
    same_or_none(f"<feed xmlns='{SPACES['atom']}'><entry><{name}>{written}</{name}></entry></feed>")
