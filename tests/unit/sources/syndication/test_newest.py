"""T09: of a feed that is too long the newest entries are read, and the rest costs nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from feedsvc.domain.record import Parsed
from feedsvc.sources.syndication import Syndication
from feedsvc.sources.syndication.kind import SyndicationOptions

from .desk import SOURCE, URL, answer_of, atom, rss

MANY = 12


def parse(body: str | bytes, most: int = 5) -> Parsed:
    source = replace(SOURCE, options=SyndicationOptions(url=URL, entries=most))
    return Syndication().parse(source, answer_of(body))


def keys(parsed: Parsed) -> list[str]:
    assert parsed.unreadable is None
    return [record.key for record in parsed.records]


def numbered(numbers: Sequence[int]) -> list[str]:
    return [f"tin-{number}" for number in numbers]


def items(days: Sequence[int]) -> list[str]:
    """Items of days of March, each with a title that names markup."""
    return [
        f"<guid>tin-{day}</guid><title>&lt;item&gt; {day}</title><pubDate>{day:02} Mar 2026 08:00:00 +0700</pubDate>"
        for day in days
    ]


NEWEST_FIRST, OLDEST_FIRST = range(MANY, 0, -1), range(1, MANY + 1)


def test_a_feed_that_begins_with_the_newest_is_cut_at_its_end() -> None:
    parsed = parse(rss(*items(NEWEST_FIRST)))
    assert keys(parsed) == numbered([12, 11, 10, 9, 8])
    assert parsed.held == 5
    assert parsed.note == "it holds 12 entries, of which the newest 5 were read"


def test_a_feed_that_begins_with_the_oldest_is_cut_at_its_start() -> None:
    assert keys(parse(rss(*items(OLDEST_FIRST)))) == numbered([8, 9, 10, 11, 12])


def test_a_feed_without_dates_is_cut_at_its_end() -> None:
    undated = [f"<guid>tin-{number}</guid><title>a</title>" for number in OLDEST_FIRST]
    assert keys(parse(rss(*undated))) == numbered([1, 2, 3, 4, 5])


@pytest.mark.parametrize("days", [NEWEST_FIRST, OLDEST_FIRST])
def test_atom_is_cut_likewise(days: Sequence[int]) -> None:
    entries = [f"<id>tin-{day}</id><title>a</title><updated>2026-03-{day:02}T08:00:00Z</updated>" for day in days]
    assert sorted(keys(parse(atom(*entries)))) == sorted(numbered([8, 9, 10, 11, 12]))


@pytest.mark.parametrize("days", [NEWEST_FIRST, OLDEST_FIRST])
def test_json_is_cut_likewise(days: Sequence[int]) -> None:
    listed = [{"id": f"tin-{day}", "title": "a", "date_published": f"2026-03-{day:02}T08:00:00Z"} for day in days]
    parsed = parse(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": listed}))
    assert sorted(keys(parsed)) == sorted(numbered([8, 9, 10, 11, 12]))
    assert "it holds 12 entries" in parsed.note


def test_what_stands_behind_the_entries_is_kept() -> None:
    feed = rss(*items(NEWEST_FIRST)).replace("</channel>", "<title>Báo</title></channel>")
    assert len(keys(parse(feed))) == 5


def test_a_feed_in_utf_16_is_cut_too() -> None:
    feed = '<?xml version="1.0" encoding="utf-16"?>' + rss(*items(NEWEST_FIRST))
    assert keys(parse(feed.encode("utf-16"))) == numbered([12, 11, 10, 9, 8])


def test_a_feed_of_as_many_as_are_read_is_whole() -> None:
    parsed = parse(rss(*items(NEWEST_FIRST)), most=MANY)
    assert (len(parsed.records), parsed.note) == (MANY, "")


@pytest.mark.parametrize("closed", [True, False])
def test_a_hundred_thousand_entries_cost_no_more_than_five_hundred(closed: bool) -> None:
    body = rss(*(f"<guid>tin-{number}</guid><title>a</title>" for number in range(100_000)))
    body = body if closed else body.replace("</item>", "", 50_000)
    started = time.process_time()
    parsed = parse(body, most=500)
    assert time.process_time() - started < 5
    assert 0 < len(parsed.records) <= 500
