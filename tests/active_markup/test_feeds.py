"""T11, T12, T56: markup that acts, in every part of what is fetched, is passive in every feed and page of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from feedsvc.domain.passes import Outcome
from tests.e2e.newsroom import Newsroom
from tests.e2e.service import Service, eventually
from tests.e2e.upstream import Reply, Upstream

from .desk import SOURCES, Desk, desk_at, harm_in_pages, harm_of
from .reading import READ
from .rows import ROWS, Row
from .upstreams import FEEDS, as_documents

pytestmark = pytest.mark.slow

NO_TEXT = re.compile("it is not text|its front matter is not YAML: .*invalid Unicode", re.S)
"""Why a document is rejected that holds a NUL, or half a character."""
SOUND, POISONED = [row for row in ROWS if row.in_xml], [row for row in ROWS if not row.in_xml]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path) as made:
        yield made


@pytest.mark.parametrize("rows", [SOUND, POISONED], ids=["sound", "with characters that XML has not"])
@pytest.mark.parametrize("form", FEEDS)
def test_nothing_in_a_strangers_feed_acts_in_ours(desk: Desk, form: str, rows: list[Row]) -> None:
    feed = FEEDS[form](rows)
    assert desk.brings(feed).outcome is Outcome.CHANGED
    published = desk.published("la")
    assert {name: len(entries) for name, entries in published.items()} == dict.fromkeys(FEEDS, feed.entries)
    assert harm_of(published) == []
    assert harm_in_pages(desk, published["json"][::3]) == []


@pytest.mark.parametrize("first", [0, 1])
def test_nothing_in_a_document_acts_in_our_feeds(desk: Desk, first: int) -> None:
    documents = as_documents(ROWS[first::2])
    done = desk.drops(documents)
    published = desk.published("thu-muc")
    assert len(published["json"]) == len(documents) - len(done.rejections)
    assert all(NO_TEXT.match(rejection.reason) for rejection in done.rejections)
    assert harm_of(published) == []
    assert harm_in_pages(desk, published["json"][::3]) == []


def test_nothing_in_heaps_of_pieces_of_all_rows_acts(desk: Desk) -> None:
    draw = Random(11)
    pieces = [piece for row in ROWS for piece in (row.markup, *row.markup.split("<"))]
    heaps = [Row(str(number), "<".join(draw.choices(pieces, k=draw.randint(2, 9)))) for number in range(150)]
    desk.brings(FEEDS["json"](heaps))
    published = desk.published("la")
    assert len(published["json"]) == 3 * len(heaps)
    assert harm_of(published) == []
    assert harm_in_pages(desk, published["json"][::9]) == []


def test_nothing_in_a_strangers_feed_acts_in_what_a_running_service_sends(tmp_path: Path) -> None:
    feed = FEEDS["rss"](SOUND)
    with Upstream(Reply(feed.body)) as upstream:
        newsroom = Newsroom(tmp_path, SOURCES.format(root=upstream.root), [upstream.place])
        with Service(newsroom, FEEDSVC_FEEDS__ENTRIES="500") as service:
            service.wait_until_ready()

            def entries() -> int:
                return len(READ["json"](service.get("/feeds/sources/la.json").body))

            assert eventually(lambda: entries() == feed.entries)
            published = {name: read(service.get(f"/feeds/sources/la.{name}").body) for name, read in READ.items()}
    assert harm_of(published) == []
