"""The feed of how sources do, as a value and written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedsvc.domain.status import VerdictChange
from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.health import health_feed
from feedsvc.ports import Format
from tests.rules import check

from .changes import CHANGES, NOW, SITE, SOURCES, WHY

FORMATS = (Atom(), Rss(), JsonFeed())


def test_an_entry_says_of_which_source_what_is_made_and_why() -> None:
    entry = health_feed(SITE, SOURCES, CHANGES).entries[-1]
    assert entry.id == "tag:example.org,2026:health/3"
    assert (entry.title, entry.summary) == ("Báo Mẫu & bạn: silent", WHY)
    assert entry.published == entry.updated == NOW - timedelta(hours=2)
    assert entry.address == "https://tin.example.org/api/v1/sources"


def test_without_a_reason_it_says_what_was_before() -> None:
    assert health_feed(SITE, SOURCES, CHANGES).entries[0].summary == "it was late before"


def test_a_source_that_is_not_configured_any_more_goes_by_its_id() -> None:
    titles = [entry.title for entry in health_feed(SITE, SOURCES, CHANGES).entries]
    assert "gone: failing" in titles


def test_the_feed_is_as_new_as_its_newest_entry_and_names_no_token() -> None:
    feed = health_feed(SITE, SOURCES, reversed(CHANGES))
    assert feed.updated == NOW
    assert feed.id == "tag:example.org,2026:health"
    assert (feed.address, feed.page) == ("https://tin.example.org/status/health", "https://tin.example.org/status")
    assert feed == health_feed(SITE, SOURCES, CHANGES), "the order in which they come makes no difference"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("changes", [CHANGES, ()], ids=["some", "none"])
def test_it_is_valid_in_every_format(form: Format, changes: tuple[VerdictChange, ...]) -> None:
    feed = health_feed(SITE, SOURCES, changes)
    document = form.render(feed)
    assert check(form.name, document.body, now=NOW) == []
    assert document == form.render(replace(feed))
