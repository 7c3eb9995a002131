"""Records out of RSS and Atom."""

from __future__ import annotations

import pytest

from feedsvc.domain.record import Hypertext, RawFigure

from .desk import URL, atom, markup, one, parse, rss

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>N</title></channel><item rdf:about="https://n.example/1">
<title>Cầu mới</title><link>https://n.example/1</link><dc:date>2025-06-01T00:00:00Z</dc:date></item></rdf:RDF>"""


def test_rss_2() -> None:
    record = one(
        rss(
            '<title>Cầu mới</title><link>/1</link><guid isPermaLink="false">n-1</guid><description>Ngắn</description>'
            "<content:encoded>&lt;p&gt;Dài hơn nhiều&lt;/p&gt;</content:encoded><author>a@b.example (An Bình)</author>"
            "<pubDate>Sun, 01 Jun 2025 08:00:00 +0700</pubDate><category>Giao thông</category>",
            head="<language>vi-VN</language>",
        )
    )
    assert (record.key, record.title, record.link) == ("n-1", "Cầu mới", "https://news.example/1")
    assert record.content == Hypertext("<p>Dài hơn nhiều</p>", URL)
    assert (record.summary, record.published) == ("Ngắn", "Sun, 01 Jun 2025 08:00:00 +0700")
    assert (record.authors, record.categories, record.language) == (("An Bình",), ("Giao thông",), "vi-VN")


def test_rss_1() -> None:
    record = one(RDF)
    assert (record.key, record.title) == ("https://n.example/1", "Cầu mới")
    assert record.published == "2025-06-01T00:00:00Z"


def test_atom_1() -> None:
    record = one(
        atom(
            '<id>tag:n,1</id><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link rel="self" href="/x"/>'
            '<link href="1"/><content type="text">1 &lt; 2</content><updated>2025-06-01T00:00:00Z</updated>'
            '<category term="gt" label="Giao thông"/>',
            head="<author><name>An</name></author>",
        )
    )
    assert record.title == Hypertext("A <b>b</b>")
    assert record.link == "https://news.example/feeds/1"
    assert markup(record) == "<p>1 &lt; 2</p>"
    assert record.published == record.updated == "2025-06-01T00:00:00Z"
    assert (record.authors, record.categories, record.language) == (("An",), ("gt", "Giao thông"), "vi")


def test_atom_0_3() -> None:
    entry = "<id>a</id><title>T</title><issued>2025-01-01T00:00:00Z</issued><modified>2025-01-02T00:00:00Z</modified>"
    record = one(f'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>{entry}</entry></feed>')
    assert (record.published, record.updated) == ("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z")


@pytest.mark.parametrize(("written", "read"), [("Ng&amp;ocirc;i nhà", "Ngôi nhà"), ("A &amp;amp; B", "A & B")])
def test_entities_left_over_in_a_title_are_read(written: str, read: str) -> None:
    assert one(rss(f"<title>{written}</title>")).title in {read, Hypertext(written.replace("&amp;", "&", 1))}


def test_a_guid_is_the_link_only_where_it_is_an_address() -> None:
    assert one(rss("<title>T</title><guid>https://n.example/1</guid>")).link == "https://n.example/1"
    assert one(rss("<title>T</title><guid>12345</guid>")).link is None
    assert one(rss('<title>T</title><guid isPermaLink="false">https://n.example/1</guid>')).link is None
    assert one(rss("<title>T</title><link>javascript:alert(1)</link>")).link is None


@pytest.mark.parametrize(
    "picture",
    [
        '<enclosure url="/a.jpg" type="image/jpeg" length="1"/>',
        '<media:content url="/a.jpg" medium="image"/>',
        '<media:content url="/a.jpg" type="image/jpeg"/>',
        '<media:thumbnail url="/a.jpg"/>',
    ],
)
def test_the_first_picture_stands_for_the_entry(picture: str) -> None:
    record = one(rss(f"<title>T</title><description>D</description>{picture}"))
    assert record.figures == (RawFigure(("https://news.example/a.jpg",), ""),)


def test_a_description_of_media_is_a_caption_and_no_text() -> None:
    media = '<media:content url="/a.jpg" medium="image"><media:description>Chú thích dài</media:description>'
    record = one(rss(f"<title>T</title><description>D</description>{media}</media:content>"))
    assert (markup(record), record.figures[0].caption) == ("D", "Chú thích dài")
    assert markup(one(rss(f"<title>T</title>{media}</media:content>"))) == "<p>Chú thích dài</p>"


def test_sound_is_no_picture() -> None:
    assert one(rss('<title>T</title><enclosure url="/a.mp3" type="audio/mpeg"/>')).figures == ()


def test_an_entry_without_anything_stays_a_record() -> None:
    assert len(parse(rss("<pubDate>x</pubDate>")).records) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_encodings(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + rss("<title>Tin ô tô</title>")
    assert one(text.encode(encoding)).title == "Tin ô tô"
