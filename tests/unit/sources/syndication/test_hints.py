"""What a feed says of when to be asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feedsvc.domain.rhythm import Hints
from feedsvc.sources.syndication.hints import hints_of

from .desk import atom, parse, rss

ITEM = "<guid>a</guid><title>Tin</title>"
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("head", "hints"),
    [
        ("<ttl>90</ttl>", Hints(every=1.5 * HOUR)),
        ("<ttl> 60\n</ttl>", Hints(every=HOUR)),
        (
            "<sy:updatePeriod>\n\thourly\t</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>",
            Hints(every=HOUR),
        ),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", Hints(every=6 * HOUR)),
        ("<sy:updateFrequency>2</sy:updateFrequency>", Hints(every=12 * HOUR)),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", Hints(every=7 * 24 * HOUR)),
        ("<ttl>10</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", Hints(every=HOUR)),
        (
            "<skipHours><hour>0</hour><hour>23</hour><hour>24</hour></skipHours>",
            Hints(skip_hours=frozenset({0, 23})),
        ),
        (
            "<skipDays><day>Saturday</day>\n<day>sunday</day></skipDays>",
            Hints(skip_days=frozenset({5, 6})),
        ),
    ],
)
def test_they_stand_in_the_head_of_a_feed(head: str, hints: Hints) -> None:
    assert parse(rss(ITEM, head=head)).hints == hints


@pytest.mark.parametrize(
    "head",
    [
        "",
        "<ttl>0</ttl>",
        "<ttl>soon</ttl>",
        "<ttl>-5</ttl>",
        "<ttl>99999999999</ttl>",
        "<sy:updatePeriod>sometimes</sy:updatePeriod>",
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        "<skipHours><hour>77</hour></skipHours>",
        "<skipDays><day>Somedayx</day></skipDays>",
    ],
)
def test_what_says_nothing_hints_at_nothing(head: str) -> None:
    assert parse(rss(ITEM, head=head)).hints is None


def test_an_entry_says_nothing_for_its_feed() -> None:
    assert parse(rss(ITEM + "<ttl>60</ttl>")).hints is None
    assert parse(atom("<id>a</id><title>Tin</title><ttl>60</ttl>")).hints is None


def test_a_feed_in_json_has_none() -> None:
    assert hints_of(b'{"version": "https://jsonfeed.org/version/1.1", "title": "<ttl>60</ttl>", "items": []}') is None
