"""Validators, conditions, and how long an answer keeps: items 5 to 7, 9, 10, 12 and 41."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Item, Reply

from . import wire
from .publisher import CODINGS, EMPTY, FEEDS, FORMS, MAX_AGE, PAGES, SITE, Publisher, dated, steady
from .test_http import EVERYTHING

pytestmark = pytest.mark.slow

FEED = "/feeds/all.atom"
QUIET = f"/feeds/{EMPTY}.atom"
"""A feed that has changed in no second twice."""


@pytest.fixture(scope="module")
def another(publisher: Publisher) -> Iterator[Service]:
    """The web alone in processes of its own, which have begun later, over what is stored."""
    with Service(publisher.newsroom, "serve", FEEDSVC_PUBLIC_URL=SITE) as service:
        assert eventually(lambda: _answers(service))
        yield service


def _answers(service: Service) -> bool:
    try:
        return service.get("/readyz").status == 200
    except OSError:
        return False


def test_05_other_processes_give_the_same_bytes_and_validators(publisher: Publisher, another: Service) -> None:
    for target in EVERYTHING:
        for coding in CODINGS:
            here = publisher.ask(target, Accept_Encoding=coding)
            there = wire.ask(another.address, target, Accept_Encoding=coding)
            assert (there.status, there.body, there.steady) == (200, here.body, here.steady), target


def test_05_a_tag_holds_over_a_restart(publisher: Publisher, another: Service) -> None:
    for target in EVERYTHING:
        assert wire.ask(another.address, target, If_None_Match=publisher.ask(target)["ETag"]).status == 304


def test_05_what_a_request_says_of_its_host_is_in_no_answer(publisher: Publisher) -> None:
    claims = {
        "Host": "evil.example",
        "X-Forwarded-For": "9.9.9.9",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "ftp",
        "X-Forwarded-Prefix": "/evil",
        "Forwarded": "host=evil.example;proto=ftp",
    }
    for target in (*EVERYTHING, "/feeds/regions/go-cong.atom"):
        plain, claimed = publisher.ask(target), publisher.ask(target, **claims)
        assert (claimed.status, claimed.body, claimed.steady) == (plain.status, plain.body, plain.steady), target


def test_06_tags_are_strong_quoted_and_short(publisher: Publisher) -> None:
    for target in EVERYTHING:
        for coding in CODINGS:
            tag = publisher.ask(target, Accept_Encoding=coding)["ETag"]
            assert tag[0] == tag[-1] == '"'
            assert '"' not in tag[1:-1]
            assert len(tag) <= 64


def test_06_different_documents_have_different_tags(publisher: Publisher) -> None:
    tags = [publisher.ask(target)["ETag"] for target in EVERYTHING]
    assert len(set(tags)) == len(tags)


def test_07_last_modified_is_when_the_document_last_changed_in_gmt(publisher: Publisher) -> None:
    for path in FEEDS:
        said = [publisher.ask(f"/feeds/{path}.{form}")["Last-Modified"] for form in FORMS]
        updated = publisher.root(path, "atom").findtext("{*}updated")
        assert len(set(said)) == 1
        assert said[0].endswith(" GMT")
        assert parsedate_to_datetime(said[0]) == datetime.fromisoformat(str(updated)), path
        assert publisher.began - timedelta(seconds=1) <= parsedate_to_datetime(said[0]) <= datetime.now(UTC)


def test_06_07_a_correction_moves_the_validators_of_the_feeds_that_show_it_and_of_no_others(
    publisher: Publisher,
) -> None:
    first = Item("doi-1", "Tin sẽ sửa", "Lời cũ.", date=dated(publisher.began - timedelta(minutes=30)))
    kept, shown = "/feeds/sources/tap-chi.atom", "/feeds/sources/bao-doi.atom"
    publisher.says(first, steady(publisher.began))
    before, other = publisher.ask(shown), publisher.ask(kept)
    publisher.says(Item("doi-1", "Tin đã sửa", "Lời mới.", date=first.date), steady(publisher.began))
    after = publisher.ask(shown)
    assert after["ETag"] != before["ETag"]
    assert parsedate_to_datetime(after["Last-Modified"]) >= parsedate_to_datetime(before["Last-Modified"])
    assert publisher.ask(shown, If_None_Match=before["ETag"]).status == 200
    assert publisher.ask(kept, If_None_Match=other["ETag"]).status == 304


@pytest.mark.parametrize("pattern", ["{}", "W/{}", '"a", W/"b", {}, "c"', "*", " {} ", '"a",,{}'])
@pytest.mark.parametrize("coding", CODINGS)
def test_09_a_known_tag_gives_304(publisher: Publisher, pattern: str, coding: str) -> None:
    for target in (FEED, "/", "/opml"):
        tag = publisher.ask(target, Accept_Encoding=coding)["ETag"]
        again = publisher.ask(target, Accept_Encoding=coding, If_None_Match=pattern.format(tag))
        assert (again.status, again["ETag"], again.body) == (304, tag, b""), target


@pytest.mark.parametrize("suffix", ["-gzip", "-br", "-zstd", ";gzip", "-gzip-gzip", "-br-gzip", "--gzip"])
def test_09_suffixes_that_proxies_add_are_seen_through(publisher: Publisher, suffix: str) -> None:
    tag = publisher.ask(FEED)["ETag"]
    assert publisher.ask(FEED, If_None_Match=f'W/{tag[:-1]}{suffix}"').status == 304


@pytest.mark.parametrize("tag", ['"old"', 'W/"old"', '""', "old", '"', ",", "W/", "\xe9"])
def test_09_an_unknown_tag_gives_the_document(publisher: Publisher, tag: str) -> None:
    assert publisher.ask(FEED, If_None_Match=tag).status == 200


def test_09_a_304_has_what_a_cache_needs_and_no_body(publisher: Publisher) -> None:
    for target in EVERYTHING:
        whole = publisher.ask(target)
        again = publisher.ask(target, If_None_Match=whole["ETag"])
        assert (again.status, again.body) == (304, b"")
        for name in ("ETag", "Vary", "Cache-Control", "Link", "Last-Modified"):
            assert again.every(name) == whole.every(name), (target, name)
        assert again.has("Date")
        assert not any(again.has(name) for name in ("Content-Type", "Content-Encoding", "Transfer-Encoding"))


def test_10_a_date_works_alone_and_a_tag_wins_over_it(publisher: Publisher) -> None:
    reply = publisher.ask(QUIET)
    since = reply["Last-Modified"]
    assert publisher.ask(QUIET, If_Modified_Since=since).status == 304
    later = (parsedate_to_datetime(since) + timedelta(days=1)).strftime("%A, %d-%b-%y %H:%M:%S GMT")
    assert publisher.ask(QUIET, If_Modified_Since=later).status == 304
    assert publisher.ask(QUIET, If_Modified_Since="Thu, 01 Jan 2026 00:00:00 GMT").status == 200
    assert publisher.ask(QUIET, If_Modified_Since=since, If_None_Match='"old"').status == 200
    assert publisher.ask(QUIET, If_Modified_Since="yesterday", If_None_Match=reply["ETag"]).status == 304


@pytest.mark.parametrize("since", ["", "yesterday", "-1", "Mon, 32 Feb 2026 25:61:61 GMT", "\x80", "9" * 400])
def test_10_a_date_that_cannot_be_read_is_ignored(publisher: Publisher, since: str) -> None:
    assert publisher.ask(QUIET, If_Modified_Since=since).status == 200


def test_12_caches_are_told_how_long_and_readers_the_same(publisher: Publisher) -> None:
    kept = f"public, max-age={MAX_AGE}, stale-while-revalidate=60, stale-if-error=86400"
    for path in FEEDS:
        for form in FORMS:
            reply = publisher.ask(f"/feeds/{path}.{form}")
            assert (reply["Cache-Control"], reply.has("Expires")) == (kept, False)
        assert publisher.root(path, "rss").findtext("channel/ttl") == str(MAX_AGE // 60)


def test_12_all_else_keeps_over_an_outage_too(publisher: Publisher) -> None:
    for target, seconds in (*((page, 60) for page in PAGES), ("/opml", MAX_AGE), ("/robots.txt", 3600)):
        kept = f"public, max-age={seconds}, stale-while-revalidate=60, stale-if-error=86400"
        assert publisher.ask(target)["Cache-Control"] == kept, target


def test_41_a_document_its_codings_and_its_tag_change_together(publisher: Publisher) -> None:
    seen: dict[str, set[bytes]] = {}

    def look(_: int) -> None:
        for coding in CODINGS:
            reply = publisher.ask("/feeds/sources/bao-doi.rss", Accept_Encoding=coding)
            assert reply.status == 200
            seen.setdefault(reply["ETag"].removesuffix(f'-{coding}"').strip('"'), set()).add(reply.document)

    with ThreadPoolExecutor(2) as readers:
        for turn in range(2):
            looking = readers.map(look, range(40))
            item = Item("doi-41", f"Tin lần {turn}", date=dated(publisher.began - timedelta(minutes=41)))
            publisher.says(item, steady(publisher.began))
            list(looking)
        look(0)
    assert len(seen) > 1
    assert {len(bodies) for bodies in seen.values()} == {1}


def test_41_a_bad_record_costs_itself_and_a_line_in_the_log(publisher: Publisher) -> None:
    assert len(publisher.ids("sources/bao-mau")) == 7
    log = (publisher.newsroom.data / "service.log").read_text(encoding="utf-8")
    assert "hong: it has neither a title nor a text" in log


def test_41_a_source_that_fails_changes_no_byte(publisher: Publisher) -> None:
    before = publisher.ask("/feeds/sources/bao-doi.atom")
    publisher.changing.reply = Reply(b"<html>oh", status=500, media_type="text/html")
    failed = len(publisher.changing.asked) + 1
    assert eventually(lambda: len(publisher.changing.asked) >= failed and "500" in _outcome(publisher))
    assert publisher.ask("/feeds/sources/bao-doi.atom", If_None_Match=before["ETag"]).status == 304
    publisher.says(Item("doi-500", "Tin sau lỗi", date=dated(publisher.began)), steady(publisher.began))


def _outcome(publisher: Publisher) -> str:
    """What the log says last of the newspaper that changes."""
    lines = (publisher.newsroom.data / "service.log").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if '"bao-doi"' in line][-1]
