"""T09, T11–T17, T19, T20, T24: what a feed's entries may hold, and what comes of it in the feeds and pages of ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape

import pytest
from sqlalchemy import text

from feedsvc.domain.passes import Outcome
from tests.active_markup.passive import active_in_page
from tests.e2e.upstream import Item, rss
from tests.rules.html import html as harm
from tests.unit.fetching.server import Say, answer
from tests.unit.markup.test_hostile import ATTACKS

from .desk import BEGIN, GOOD, Desk

pytestmark = pytest.mark.slow


def entry(title: str = "Tin ba", **parts: str) -> bytes:
    """A feed of one entry; the parts are elements as they stand in it."""
    inside = "".join(f"<{name}>{value}</{name}>" for name, value in {"guid": "tin-3", "title": title, **parts}.items())
    return f'<rss version="2.0"><channel><title>T</title><item>{inside}</item></channel></rss>'.encode()


class TestVolume:
    def test_t09_the_newest_of_a_hundred_thousand_entries_are_taken(self, desk: Desk) -> None:
        items = "".join(f"<item><guid>n{number}</guid><title>Tin {number}</title></item>" for number in range(100_000))
        done = desk.brings(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode())
        assert (done.outcome, len(done.articles)) == (Outcome.CHANGED, 500)
        assert done.message == "it holds 100000 entries, of which the newest 500 were read"

    def test_t09_a_long_text_and_a_long_title_are_cut(self, desk: Desk) -> None:
        desk.brings(entry("Tin dài " * 2000, description="một hai ba " * 200_000))
        (one,) = (article for title, article in desk.articles().items() if title.startswith("Tin dài"))
        assert len(one.draft.title) <= 300
        assert sum(len(words) for _, words in one.draft.fields()) <= 256 * 1024
        desk.served()


class TestMarkup:
    @pytest.mark.parametrize("place", ["title", "description"])
    def test_t11_nothing_active_reaches_a_feed_or_a_page(self, desk: Desk, place: str) -> None:
        items = "".join(
            f"<item><guid>x{number}</guid><title>Tin {number} {escape(attack) if place == 'title' else ''}</title>"
            f"<description>{escape(escape(attack)) if number % 2 else escape(attack)}</description>"
            f"<link>{escape(attack, quote=True)}</link></item>"
            for number, attack in enumerate(attack for attack in ATTACKS if attack.isprintable())
        )
        desk.brings(f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'.encode())
        for item in json.loads(desk.served()["json"])["items"]:
            assert list(harm(item["id"], item.get("content_html", ""))) == []
            assert item["url"].startswith("http")
        for article in desk.articles().values():
            assert active_in_page(desk.page(f"/articles/{article.id}")) == []


class TestCharacters:
    @pytest.mark.parametrize("poison", ["\x01", "\x0b", "\x7f", "\ufffe", "\uffff", "\u200b", "\U0001fffe"])
    def test_t12_what_no_document_may_hold_costs_nothing_but_itself(self, desk: Desk, poison: str) -> None:
        desk.brings(entry(f"Tin{poison} độc", description=f"một{poison}hai"))
        assert {" ".join(title.split()) for title in desk.articles()} >= {"Tin độc"}
        assert all(poison.encode() not in body for body in desk.served().values())

    @pytest.mark.parametrize("reference", ["&#0;", "&#x1;", "&#xD800;", "&#x110000;", "&#999999999999;", "&#xFFFE;"])
    def test_t12_a_reference_to_no_character_is_left_out(self, desk: Desk, reference: str) -> None:
        desk.brings(entry(f"Tin{reference} độc"))
        assert "Tin độc" in desk.articles()
        desk.served()

    def test_t12_half_a_character_in_json_is_left_out(self, desk: Desk) -> None:
        body = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "title": "Tin\\ud800 độc"}]}'
        desk.brings(body.encode(), content_type="application/feed+json")
        assert "Tin độc" in desk.articles()
        desk.served()


class TestIdentity:
    @pytest.mark.parametrize(
        "guid", ["g" * 100_000, " tin\n4 ", "", "'; DROP TABLE records; --", "\x01", "../../etc/passwd", "Đ" * 4000]
    )
    def test_t13_an_odd_guid_is_an_identity_like_any_other(self, desk: Desk, guid: str) -> None:
        body = entry("Tin lạ", guid=escape(guid), link="https://bao.example/la")
        desk.brings(body)
        first = desk.articles()
        desk.brings(body + b"<!-- moved -->")
        assert desk.articles() == first
        assert len(first) == len(GOOD) + 1

    def test_t13_a_guid_that_all_entries_share_identifies_none(self, desk: Desk) -> None:
        items = [Item("chung", f"Tin chung {number}", link=f"chung-{number}") for number in range(5)]
        desk.brings(rss(items))
        assert len(desk.articles()) == len(GOOD) + 5

    def test_t14_guids_that_change_make_no_articles(self, desk: Desk) -> None:
        many = [Item(f"tin-{number}", f"Tin {number}", day=number) for number in range(3, 9)]
        desk.brings(rss(many))
        before = desk.articles()
        for fetch in range(3):
            desk.brings(rss([Item(f"{one.guid}-{fetch}", one.title, day=one.day, link=one.guid) for one in many]))
        assert desk.articles() == before

    def test_t15_a_source_cannot_speak_for_another(self, desk: Desk) -> None:
        desk.poll("lanh")
        before = desk.articles("lanh")
        desk.brings(rss([Item(one.guid, "Giả mạo", "Lời giả.", day=one.day) for one in GOOD]))
        assert desk.articles("lanh") == before
        assert set(desk.articles()) == {"Giả mạo"}

    def test_t16_what_a_feed_no_longer_lists_stays(self, desk: Desk) -> None:
        before = desk.articles()
        for body in (rss([]), rss(GOOD[:1]), rss([])):
            desk.brings(body)
            assert desk.articles() == before


class TestDates:
    @pytest.mark.parametrize(
        "date",
        [
            "Fri, 01 Jan 2999 08:00:00 GMT",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00+14:00",
            "-0001-01-01T00:00:00Z",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "99999999999999999999",
            "2026-02-30",
            "huge",
            "",
            "Sun, 32 Mar 2026 08:00:00 GMT",
        ],
    )
    def test_t17_a_date_that_cannot_be_true_is_the_time_of_arrival_for_ever(self, desk: Desk, date: str) -> None:
        desk.brings(entry("Tin lạc", pubDate=date))
        first = desk.articles()["Tin lạc"]
        assert BEGIN <= first.published <= desk.now
        desk.brings(entry("Tin lạc", pubDate="Sun, 01 Mar 2026 08:00:00 GMT", description="Thêm một câu."))
        assert desk.articles()["Tin lạc"].published == first.published
        assert "first seen" in first.draft.dated_by

    def test_t17_a_clock_that_is_a_little_fast_is_believed(self, desk: Desk) -> None:
        ahead = desk.now + timedelta(hours=1, minutes=9)
        desk.brings(entry("Tin sớm", pubDate=ahead.strftime("%a, %d %b %Y %H:%M:%S GMT")))
        assert desk.articles()["Tin sớm"].published == desk.now

    def test_t17_a_date_without_a_zone_is_on_the_clock_of_the_source(self, desk: Desk) -> None:
        desk.brings(entry("Tin giờ", pubDate="2026-03-01 08:00:00"))
        assert desk.articles()["Tin giờ"].published == datetime(2026, 3, 1, 1, tzinfo=UTC)


class TestInjection:
    @pytest.mark.parametrize(
        "words",
        [
            "'; DELETE FROM articles; --",
            '" OR 1=1 --',
            "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
            "%s %(key)s {0.__class__}",
            'x\r\n{"event": "forged"}',
        ],
    )
    def test_t19_words_stay_words(self, desk: Desk, words: str, capfd: pytest.CaptureFixture[str]) -> None:
        desk.brings(entry(words, guid=escape(words), category=escape(words), author=escape(words)))
        title = " ".join(words.split())
        assert title in desk.articles()
        with desk.services.store._database.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM articles")) == len(GOOD) + 1
        page = desk.page(f"/articles/{desk.articles()[title].id}")
        assert escape(title, quote=False).split(" ")[0] in page.replace("&#39;", "'").replace("&#34;", '"')
        assert '\n{"event": "forged"}' not in capfd.readouterr().err


class TestHeaders:
    @pytest.mark.parametrize(
        "etag", ['"a\\r\\nX-Evil: 1"', '"' + "a" * 5000 + '"', '"\x01"', '"đ"', 'W/"' + "\x7f" + '"']
    )
    def test_t20_a_validator_is_given_back_as_it_was_or_not_at_all(self, desk: Desk, etag: str) -> None:
        def says(path: str) -> Say:
            head = (
                f"HTTP/1.1 200 OK\r\nETag: {etag}\r\nLast-Modified: {etag}\r\nContent-Length: {len(rss(GOOD))}\r\n\r\n"
            )
            return [head.encode("utf-8"), rss(GOOD)]

        desk.says = says
        desk.poll()
        done, _ = desk.poll()
        assert done.outcome is Outcome.UNCHANGED
        asked = desk.server.asked[-1]
        assert "X-Evil" not in asked.replace('"a\\r\\nX-Evil: 1"', "")
        assert len(asked) < 1000
        assert asked.isascii()


class TestJson:
    def oddities() -> Iterator[str]:  # type: ignore[misc]
        """Values where a text should stand."""
        yield from ("null", "true", "1e999", "-1", "[]", "{}", '["a"]', '{"a": "b"}', '"\\u0000"', "9" * 4000)

    @pytest.mark.parametrize("value", list(oddities()))
    @pytest.mark.parametrize("name", ["id", "url", "title", "content_html", "date_published", "authors", "tags"])
    def test_t24_a_value_of_the_wrong_type_costs_one_entry_at_most(self, desk: Desk, name: str, value: str) -> None:
        odd = {"id": '"x"', "title": '"Tin lạ"', name: value}
        inside = ", ".join(f'"{key}": {written}' for key, written in odd.items())
        items = f'[{{{inside}}}, {{"id": "b", "title": "Lành"}}]'
        body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": {items}}}'
        done = desk.brings(body.encode(), content_type="application/feed+json")
        assert done.outcome is Outcome.CHANGED
        assert "Lành" in desk.articles()
        desk.served()


def test_t22_an_upstream_that_wants_time_gets_it(desk: Desk) -> None:
    desk.says = lambda path: answer("429 Too Many Requests", retry_after="7200")
    done, _ = desk.poll()
    assert done.next_poll == desk.now + timedelta(hours=2)
