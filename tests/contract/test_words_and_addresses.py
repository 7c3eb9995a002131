"""Words and addresses as every reader can show and follow them: items 35 to 37."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

import lxml.html
import pytest
from lxml import etree

from tests.rules import read
from tests.rules.xml import ATOM, CONTENT

from . import newspapers
from .publisher import FEEDS, FORMS, Publisher
from .reading import called

pytestmark = pytest.mark.slow

OF_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)


def words(form: str, body: bytes) -> Iterator[str]:
    """Every text of a document, those of attributes included."""
    if form == "json":
        yield from _of_json(json.loads(body))
        return
    for element in etree.fromstring(body).iter():
        yield from filter(None, (element.text, element.tail, *map(str, element.attrib.values())))


def _of_json(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _of_json(part)


def marked(publisher: Publisher, title: str, source: str = "bao-mau") -> lxml.html.HtmlElement:
    """The content of an article, which is the same in every format, as a reader takes it apart."""
    (content,) = {called(form, publisher.document(f"sources/{source}", form), title).content for form in FORMS}
    return lxml.html.fragment_fromstring(content, create_parent="div")


@pytest.mark.parametrize("form", FORMS)
def test_35_all_text_is_in_nfc_and_of_characters_that_are_text(publisher: Publisher, form: str) -> None:
    for path in FEEDS:
        for one in words(form, publisher.document(path, form)):
            assert unicodedata.is_normalized("NFC", one), one
            assert not OF_NO_TEXT.search(one), one


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "title", [newspapers.COMPARED, newspapers.DECOMPOSED, newspapers.ESCAPED_TWICE, newspapers.MARKED]
)
def test_35_a_title_is_the_words_that_were_meant(publisher: Publisher, title: str, form: str) -> None:
    assert called(form, publisher.document("sources/bao-mau", form), title)


@pytest.mark.parametrize("form", FORMS)
def test_35_titles_are_one_line_of_300_characters_at_most(publisher: Publisher, form: str) -> None:
    titles = [one.title for one in read(form, publisher.document("sources/bao-mau", form))]
    assert max(map(len, titles)) in range(280, 301)
    assert all(title == " ".join(title.split()) for title in titles)


def test_36_html_holds_no_active_element_and_no_active_attribute(publisher: Publisher) -> None:
    content = marked(publisher, newspapers.COMPARED)
    assert {element.tag for element in content.iter()} <= {"div", "p", "b", "a", "em", "small", "figure", "img"}
    names = {name for element in content.iter() for name in element.attrib}
    assert names <= {"href", "rel", "src", "alt", "lang"}
    assert "Đoạn một, đậm, xem thêm và bấm & hết." in content.text_content()


def test_36_addresses_in_html_are_absolute_and_lazy_pictures_are_seen(publisher: Publisher) -> None:
    for title, source in ((newspapers.COMPARED, "bao-mau"), (newspapers.RELATIVE, "tap-chi")):
        content = marked(publisher, title, source)
        found = [*content.xpath("//@href"), *content.xpath("//@src")]
        assert len(found) >= 2
        assert all(re.match("https?://", address) for address in found)


def test_36_a_picture_keeps_the_words_that_stand_for_it(publisher: Publisher) -> None:
    assert marked(publisher, newspapers.COMPARED).xpath("//img/@alt") == ["Ruộng lúa"]
    assert marked(publisher, newspapers.RELATIVE, "tap-chi").xpath("//img/@alt") == ["Ảnh"]


def test_38_the_last_line_of_a_text_names_its_outlet(publisher: Publisher) -> None:
    for source, outlet in (("bao-mau", "Báo Mẫu"), ("tap-chi", "Tạp chí"), ("dai-thu", "Đài Thử")):
        for form in FORMS:
            for one in read(form, publisher.document(f"sources/{source}", form)):
                *_, last = lxml.html.fragment_fromstring(one.content, create_parent="div")
                assert outlet in str(last.xpath("string()")), one.title


def test_36_pictures_that_count_readers_are_gone(publisher: Publisher) -> None:
    for form in FORMS:
        assert b"pixel" not in publisher.document("sources/bao-mau", form)


def test_36_html_is_escaped_and_every_element_is_closed(publisher: Publisher) -> None:
    for path in FEEDS:
        assert b"CDATA" not in publisher.document(path, "atom") + publisher.document(path, "rss")
        for one in publisher.root(path, "atom").iterfind(f"{ATOM}entry/{ATOM}content"):
            assert (one.get("type"), len(one)) == ("html", 0)
    (content,) = {called("atom", publisher.document("sources/bao-mau", "atom"), newspapers.COMPARED).content}
    assert all(content.count(f"<{tag}>") == content.count(f"</{tag}>") for tag in ("p", "b", "em", "figure"))


def test_37_an_address_is_the_same_uri_in_every_format(publisher: Publisher) -> None:
    for form in FORMS:
        assert called(form, publisher.document("sources/bao-mau", form), newspapers.COMPARED).link == newspapers.URI


def test_37_addresses_in_rss_are_absolute_and_ascii(publisher: Publisher) -> None:
    for path in FEEDS:
        rss = publisher.root(path, "rss")
        texts = [element.text or "" for element in rss.iter("link", "docs")]
        attributes = [str(element.get(name)) for element in rss.iter() for name in ("href", "url") if element.get(name)]
        for address in [*texts, *attributes]:
            assert re.fullmatch(r"https?://[!-~]+", address), address
            assert not re.search(r'[<>"{}|\\^`]', address)


def test_37_pictures_and_articles_of_our_own_are_at_the_addresses_that_feeds_give(publisher: Publisher) -> None:
    item = next(
        one for one in json.loads(publisher.document("sources/dai-thu", "json"))["items"] if "attachments" in one
    )
    for address in (item["url"], *(one["url"] for one in item["attachments"])):
        assert address.startswith("https://tin.example.org/")
        assert publisher.ask(address.removeprefix("https://tin.example.org")).status == 200


def test_36_the_summary_in_rss_is_html_and_says_what_was_meant(publisher: Publisher) -> None:
    (item,) = (
        one
        for one in publisher.root("sources/bao-mau", "rss").iter("item")
        if one.find(CONTENT) is not None and one.findtext("title") == newspapers.COMPARED
    )
    said = lxml.html.fragment_fromstring(str(item.findtext("description")), create_parent="div").text_content()
    assert said == "Nông dân Tháp Mười bán lúa: 3 < 5 & hết."
