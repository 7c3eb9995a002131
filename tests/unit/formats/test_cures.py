"""What feedgen gets wrong by itself, each cure by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from feedsvc.domain.feed import Entry, Picture
from feedsvc.formats.atom import Atom
from feedsvc.formats.namespaces import NAMESPACES
from feedsvc.formats.rss import Rss, rss_item
from feedsvc.ports import Format
from tests.feedparsed import title_read
from tests.rules import check
from tests.rules.xml import ATOM, LANG

from .samples import FULL, GOLDEN, NOW, PICTURES, PLAIN, SOURCE, feed_of

MEDIA = "{http://search.yahoo.com/mrss/}"
DC = "{http://purl.org/dc/elements/1.1/}"


def atom(*entries: Entry) -> etree._Element:
    return etree.fromstring(Atom().render(feed_of(*entries)).body)


def channel(*entries: Entry) -> etree._Element:
    return etree.fromstring(Rss().render(feed_of(*entries)).body)[0]


def read(xml: Format, *entries: Entry) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = feedparser.parse(BytesIO(xml.render(feed_of(*entries)).body), sanitize_html=False)
    return parsed


def test_entry_links_keep_their_relation_type_and_length() -> None:
    links = [link.attrib for link in atom(FULL).findall(f"{ATOM}entry/{ATOM}link")]
    assert [link["rel"] for link in links] == ["alternate", "via", "enclosure", "license"]
    assert (links[2]["type"], links[2]["length"]) == ("image/jpeg", "48213")


def test_the_alternate_of_an_atom_feed_comes_before_self() -> None:
    links = [(link.get("rel"), link.get("href")) for link in atom().findall(f"{ATOM}link")]
    address = feed_of().address
    assert links == [
        ("alternate", feed_of().page),
        ("self", f"{address}.atom"),
        ("alternate", f"{address}.rss"),
        ("alternate", f"{address}.json"),
    ]


def test_the_link_of_an_rss_channel_is_the_page_for_people() -> None:
    assert channel().findtext("link") == feed_of().page


def test_media_content_stands_ungrouped(xml: Format) -> None:
    root = etree.fromstring(xml.render(feed_of(FULL)).body)
    assert root.find(f".//{MEDIA}group") is None
    first, second = root.iter(f"{MEDIA}content")
    assert {str(key): str(value) for key, value in first.attrib.items()} == {
        "url": "https://example.org/media/0a1b2c/l%E1%BB%85-h%E1%BB%99i.jpg",
        "medium": "image",
        "type": "image/jpeg",
        "fileSize": "48213",
        "width": "1280",
        "height": "720",
    }
    credit = first.find(f"{MEDIA}credit")
    assert credit is not None
    assert (credit.text, credit.get("role"), credit.get("scheme")) == ("Minh Trí", "photographer", "urn:ebu")
    assert second.get("fileSize") is None


def test_an_unknown_length_is_zero_in_an_enclosure() -> None:
    enclosure = channel(replace(FULL, pictures=PICTURES[1:])).find("item/enclosure")
    assert enclosure is not None
    assert enclosure.get("length") == "0"


def test_an_rss_item_has_the_first_picture_as_its_one_enclosure() -> None:
    (enclosure,) = channel(FULL).iterfind("item/enclosure")
    assert (enclosure.get("length"), enclosure.get("type")) == ("48213", "image/jpeg")


def test_an_atom_source_is_complete() -> None:
    source = atom(FULL).find(f"{ATOM}entry/{ATOM}source")
    assert source is not None
    names = ("id", "title", "updated", "link", "link", "rights")
    assert [child.tag for child in source] == [f"{ATOM}{name}" for name in names]
    links = {link.get("rel"): link.get("href") for link in source.findall(f"{ATOM}link")}
    assert links == {"alternate": SOURCE.page, "self": f"{SOURCE.address}.atom"}


def test_content_is_escaped_html() -> None:
    content = atom(FULL).find(f"{ATOM}entry/{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.text, len(content)) == ("html", f"{FULL.content}\n{FULL.attribution}", 0)


def test_a_title_reads_back_as_the_plain_text_it_is(xml: Format) -> None:
    entries = read(xml, replace(FULL, title="a < b & c"), replace(PLAIN, title="Tom & Jerry"))["entries"]
    assert [title_read(xml.name, entry) for entry in entries] == ["a < b & c", "Tom & Jerry"]


def test_rss_titles_have_hexadecimal_references() -> None:
    body = Rss().render(feed_of(replace(FULL, title="<b> & AT&T"))).body
    assert b"<title>&#x3C;b&#x3E; &#x26; AT&#x26;T</title>" in body


def test_the_description_comes_before_the_content_and_is_html() -> None:
    item = channel(replace(FULL, summary="ngập <50 cm"))[-1]
    names = [etree.QName(child).localname for child in item]
    assert names.index("encoded") == names.index("description") + 1
    assert item.findtext("description") == "ngập &lt;50 cm"


def test_without_a_summary_the_content_is_the_description() -> None:
    item = channel(replace(FULL, summary=""))[-1]
    assert item.findtext("description") == f"{FULL.content}\n{FULL.attribution}"
    assert "content" not in item.nsmap


def test_all_authors_stand_in_one_creator() -> None:
    (creator,) = channel(FULL).iterfind(f"item/{DC}creator")
    assert creator.text == "Hữu Nghị, Lê Ngân"


def test_categories_of_rss_are_terms_under_their_scheme() -> None:
    categories = [(found.get("domain"), found.text) for found in channel(FULL).iterfind("item/category")]
    assert categories == [(category.scheme, category.term) for category in FULL.categories]


def test_dates_are_in_utc_and_whole_seconds(each: Format) -> None:
    zone = timezone(timedelta(hours=7))
    local = replace(FULL, published=datetime(2017, 1, 10, 9, 0, 0, 999_999, zone))
    assert each.render(feed_of(local)).body == each.render(feed_of(FULL)).body


def test_a_correction_is_dated_in_rss() -> None:
    modified = [found.text for found in channel(FULL, PLAIN).iter("{http://purl.org/dc/terms/}modified")]
    assert modified == ["2017-01-10T05:30:00+00:00"]


def test_the_dates_of_the_feed_are_its_own() -> None:
    assert atom().findtext(f"{ATOM}updated") == "2017-01-10T06:00:00+00:00"
    assert [found.text for found in channel().findall("lastBuildDate")] == ["Tue, 10 Jan 2017 06:00:00 +0000"]
    later = replace(feed_of(), updated=datetime(2020, 2, 29, 23, 59, 59, tzinfo=UTC))
    assert b"<lastBuildDate>Sat, 29 Feb 2020 23:59:59 +0000<" in Rss().render(later).body


def test_only_prefixes_in_use_are_declared_and_only_at_the_head(xml: Format) -> None:
    body = xml.render(GOLDEN["full"]).body
    assert all(body.count(f'="{namespace}"'.encode()) <= 1 for namespace in NAMESPACES.values())
    empty = etree.fromstring(xml.render(feed_of()).body)
    assert set(empty.nsmap) == ({None} if xml.name == "atom" else {"atom"})


def test_an_entry_says_its_language() -> None:
    english = replace(FULL, language="en")
    assert [entry.get(LANG) for entry in atom(english, PLAIN).iter(f"{ATOM}entry")] == ["en", "vi"]
    assert [item.get(LANG) for item in channel(english, PLAIN).iter("item")] == ["en", "vi"]


def test_addresses_are_ascii_in_every_format(each: Format) -> None:
    body = each.render(feed_of(PLAIN)).body
    assert b"https://xn--tin-tc-fr8b.example.org/%C4%91%C3%A0-n%E1%BA%B5ng?trang=1" in body


def test_a_feed_without_texts_of_its_own_still_has_what_is_required(each: Format) -> None:
    bare = replace(feed_of(PLAIN), subtitle="", author="", rights=None)
    assert check(each.name, each.render(bare).body, now=NOW) == []


def test_an_entry_alone_is_what_it_is_in_its_feed() -> None:
    entry = replace(FULL, pictures=PICTURES[1:])
    alone = etree.tostring(rss_item(entry).rss_entry(), method="c14n", exclusive=True)
    assert alone == etree.tostring(channel(entry)[-1], method="c14n", exclusive=True)


def test_a_picture_without_size_says_none(each: Format) -> None:
    picture = Picture(address="https://example.org/a.gif", media_type="image/gif", length=1)
    plain = replace(feed_of(replace(PLAIN, pictures=(picture,))), logo=None)
    assert b"width" not in each.render(plain).body
