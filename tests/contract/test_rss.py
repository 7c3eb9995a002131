"""RSS as its Advisory Board advises (Best Practices Profile): P1 to P18, and of the items those about RSS."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree, html

from tests.rules import check
from tests.rules.xml import ATOM, CONTENT, DC, MEDIA

from . import newspapers
from .publisher import FEEDS, LOGO, MAX_AGE, RIGHTS, SITE, Publisher
from .reading import text

pytestmark = pytest.mark.slow

SLASH = "{http://purl.org/rss/1.0/modules/slash/}comments"
SPECIFICATION = "https://www.rssboard.org/rss-specification"


@pytest.fixture(params=FEEDS)
def channel(request: pytest.FixtureRequest, publisher: Publisher) -> etree._Element:
    return publisher.root(request.param, "rss")[0]


def item(publisher: Publisher, title: str, source: str = "bao-mau") -> etree._Element:
    """The item of an article."""
    (found,) = (
        one for one in publisher.root(f"sources/{source}", "rss").iter("item") if one.findtext("title") == title
    )
    return found


def names(parent: etree._Element) -> list[str]:
    """The names of the children, in their order."""
    return [str(child.tag) for child in parent]


def test_35_p01_titles_escape_in_hexadecimal_and_hold_no_html(publisher: Publisher) -> None:
    body = publisher.document("sources/bao-mau", "rss").decode()
    written = "Giá lúa &#x3C;5.000 đ &#x26; gạo &#x3E; 9.000 đ, theo “Báo Mẫu” 🌾"
    assert f"<title>{written}</title>" in body
    assert "<title>Tin &#x3C;Thử&#x3E; &#x26; Nghiệm – Báo Mẫu</title>" in body
    assert not any(re.search("&(amp|lt|gt);", title) for title in re.findall("<title>(.*?)</title>", body))


def test_p01_all_plain_texts_escape_in_hexadecimal(publisher: Publisher) -> None:
    plain = "title|copyright|category|source|generator|dc:creator|dc:rights|media:description|media:credit"
    for path in FEEDS:
        body = publisher.document(path, "rss").decode()
        found = re.findall(rf"<(?:{plain})(?: [^<>]*)?>([^<]*)</", body)
        assert found
        assert not [one for one in found if re.search("&(amp|lt|gt);", one)], path
    assert "Lê Vân, Trần Hà &#x26; em, Nguyễn &#x3C;An&#x3E;" in publisher.document("sources/bao-mau", "rss").decode()


def test_p06_the_image_is_the_channels_and_small(publisher: Publisher, channel: etree._Element) -> None:
    (image,) = channel.findall("image")
    assert (text(image, "title"), text(image, "link")) == (text(channel, "title"), text(channel, "link"))
    assert (int(text(image, "width")), int(text(image, "height"))) == LOGO
    reply = publisher.ask(text(image, "url").removeprefix(SITE))
    assert (reply.status, reply["Content-Type"]) == (200, "image/png")


def test_p01_the_description_is_html(publisher: Publisher) -> None:
    body = publisher.document("sources/bao-mau", "rss").decode()
    assert re.search(
        r"<description>Nông dân Tháp Mười bán lúa: 3 &(amp|#x26);lt; 5 &(amp|#x26);amp; hết.</description>", body
    )


def test_p02_dates_have_four_digits_of_the_year_and_are_in_utc(channel: etree._Element) -> None:
    dates = [one.text or "" for one in channel.iter("pubDate", "lastBuildDate")]
    shape = r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)"
    assert dates
    assert all(re.fullmatch(shape, date) for date in dates)
    assert all(date.startswith(f"{parsedate_to_datetime(date):%a}") for date in dates)


def test_p03_p17_people_are_names_and_no_mail_address_is_needed(channel: etree._Element) -> None:
    assert not {"managingEditor", "webMaster", "author"} & {str(one.tag) for one in channel.iter()}


def test_p04_addresses_begin_with_their_scheme_and_are_uris(publisher: Publisher) -> None:
    assert text(item(publisher, newspapers.COMPARED), "link") == newspapers.URI


def test_p05_items_come_last_and_each_other_element_once(channel: etree._Element) -> None:
    found = names(channel)
    first = found.index("item") if "item" in found else len(found)
    assert set(found[first:]) <= {"item"}
    often = {name for name, count in Counter(found[:first]).items() if count > 1}
    assert often <= {"category", f"{ATOM}link"}


def test_p07_the_channel_names_the_specification(channel: etree._Element) -> None:
    assert text(channel, "docs") == SPECIFICATION


def test_p08_what_readers_never_took_up_is_not_used(channel: etree._Element) -> None:
    assert not {"textInput", "rating", "skipDays", "skipHours", "cloud"} & set(names(channel))


def test_p09_the_time_to_live_is_the_one_that_caches_are_told(channel: etree._Element) -> None:
    assert text(channel, "ttl") == str(MAX_AGE // 60)


def test_p10_an_item_has_a_title_a_guid_and_one_of_everything(channel: etree._Element) -> None:
    for one in channel.iterfind("item"):
        assert text(one, "title")
        assert text(one, "guid")
        often = {name for name, count in Counter(names(one)).items() if count > 1}
        assert often <= {"category", f"{MEDIA}content", f"{MEDIA}thumbnail", f"{ATOM}link"}


def test_p10_one_picture_is_the_enclosure_and_all_are_media(publisher: Publisher) -> None:
    found = item(publisher, newspapers.PICTURED, "dai-thu")
    (enclosure,) = found.findall("enclosure")
    reply = publisher.ask(str(enclosure.get("url")).removeprefix(SITE))
    assert (enclosure.get("type"), enclosure.get("length")) == ("image/png", str(len(reply.body)))
    assert found.findall(f"{MEDIA}content")[0].get("url") == enclosure.get("url")
    assert len(found.findall(f"{MEDIA}content")) == 2


def test_p10_an_enclosure_of_unknown_length_says_0(publisher: Publisher) -> None:
    (enclosure,) = item(publisher, newspapers.COMPARED).findall("enclosure")
    assert (enclosure.get("type"), enclosure.get("length")) == ("image/jpeg", "0")


def test_p11_a_category_is_a_term_of_the_scheme_that_its_domain_names(publisher: Publisher) -> None:
    found = item(publisher, newspapers.PICTURED, "dai-thu").findall("category")
    assert [(one.get("domain"), one.text) for one in found] == [
        (f"{SITE}/scheme/topic", "the-thao"),
        (f"{SITE}/scheme/region", "dong-thap"),
        ("http://cv.iptc.org/newscodes/mediatopic/", "15000000"),
        ("urn:iso:std:iso:3166:-2", "VN-45"),
    ]


def test_p12_html_has_no_relative_address(channel: etree._Element) -> None:
    for one in channel.iter("description", CONTENT):
        markup = html.fragment_fromstring(one.text or "", create_parent="div")
        found = [*markup.xpath("//@href"), *markup.xpath("//@src")]
        assert all(re.match("https?://", address) for address in found)


def test_p13_no_item_is_of_the_future(channel: etree._Element) -> None:
    dates = [parsedate_to_datetime(text(one, "pubDate")) for one in channel.iterfind("item")]
    assert all(date <= datetime.now(UTC) for date in dates)


def test_p14_the_channel_names_its_own_address_once(publisher: Publisher) -> None:
    for path in FEEDS:
        channel = publisher.root(path, "rss")[0]
        selves = [one for one in channel.iterfind(f"{ATOM}link") if one.get("rel") == "self"]
        assert [(one.get("href"), one.get("type")) for one in selves] == [
            (f"{SITE}/feeds/{path}.rss", "application/rss+xml")
        ]


def test_p15_what_rss_has_a_word_for_stands_in_that_word(channel: etree._Element) -> None:
    relations = {str(one.get("rel")) for one in channel.iter(f"{ATOM}link")}
    assert not {"alternate", "enclosure"} & relations
    used = {str(one.tag) for one in channel.iter()}
    assert not {f"{DC}{name}" for name in ("date", "title", "description", "subject", "language", "publisher")} & used


def test_p16_the_summary_stands_before_the_whole_text(channel: etree._Element) -> None:
    for one in channel.iterfind("item"):
        found = names(one)
        assert found.index("description") < (found.index(CONTENT) if CONTENT in found else len(found))


def test_39_p17_all_authors_are_one_creator(publisher: Publisher) -> None:
    assert text(item(publisher, newspapers.COMPARED), f"{DC}creator") == ", ".join(newspapers.AUTHORS)


def test_p18_the_channel_says_when_it_was_built_and_nothing_of_comments(channel: etree._Element) -> None:
    assert text(channel, "lastBuildDate")
    assert channel.find(f".//{SLASH}") is None
    assert channel.find(".//comments") is None


def test_38_the_channel_says_whose_it_is_and_in_which_language(channel: etree._Element) -> None:
    assert text(channel, "language") == "vi"
    assert text(channel, "generator").startswith("feedsvc ")
    assert text(channel, "description")
    assert text(channel, "copyright")


def test_38_the_main_channel_has_the_rights_of_the_site(publisher: Publisher) -> None:
    assert text(publisher.root("all", "rss")[0], "copyright") == RIGHTS


def test_38_an_item_names_its_source_its_rights_and_its_licence(publisher: Publisher) -> None:
    found = item(publisher, newspapers.COMPARED)
    (source,) = found.findall("source")
    assert source.text == "Báo Mẫu"
    assert str(source.get("url")).startswith(("https://", "http://"))
    assert text(found, f"{DC}rights") == "© Báo <Mẫu> & bạn"
    assert [one.get("href") for one in found.iterfind(f"{ATOM}link[@rel='license']")] == [newspapers.LICENCE]


def test_every_channel_follows_the_profile(publisher: Publisher) -> None:
    for path in FEEDS:
        assert check("rss", publisher.document(path, "rss"), now=datetime.now(UTC)) == []
