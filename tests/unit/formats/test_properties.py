"""Whatever a feed holds, the three documents parse, keep the rules and agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from io import BytesIO

import feedparser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.rendering.in_one_go import IN_ONE_GO
from feedsvc.domain.feed import Category, Entry, Feed, Picture, Related
from feedsvc.domain.geometry import Box, Point
from feedsvc.formats.characters import clean
from tests.feedparsed import as_feedparser_has_it, title_read
from tests.rules import check, disagreements, ids_of, read

from .conftest import FORMATS, XML
from .samples import NOW, PLAIN, SOURCE, feed_of

ANY = st.text(st.characters(exclude_categories=()), max_size=40)
MARKED = st.lists(ANY | st.sampled_from(["&", "<", ">", "&amp;", "<b>", "</b>", "]]>", "\ud800", "\x00"])).map("".join)
TITLES = MARKED.map(lambda text: f"a{text}")
SECONDS = st.integers(min_value=0, max_value=1_000_000)
START = datetime(2016, 12, 1, tzinfo=UTC)

PICTURES = st.builds(
    Picture,
    address=st.text("aễ /?%&", max_size=5).map(lambda text: f"https://ảnh.example.org/{text}"),
    media_type=st.sampled_from(["image/png", "image/jpeg"]),
    length=st.integers(min_value=0, max_value=9_999_999),
    width=st.none() | st.integers(min_value=1, max_value=9999),
    height=st.none() | st.integers(min_value=1, max_value=9999),
    caption=MARKED,
    credit=MARKED,
)
LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
POINTS = st.builds(Point, LATITUDES, LONGITUDES)
CATEGORIES = st.builds(Category, scheme=st.just("https://example.org/scheme/topic"), term=TITLES, label=TITLES)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    published = START + timedelta(seconds=draw(SECONDS))
    return Entry(
        id=f"tag:example.org,2026:a/{draw(st.text('abcdef234567', min_size=16, max_size=16))}",
        address="https://example.org/articles/1",
        title=draw(TITLES),
        summary=draw(MARKED),
        content=draw(st.just("") | MARKED.map(lambda text: f"<p>{escape(text)}</p>")),
        published=published,
        updated=published + timedelta(seconds=draw(SECONDS)),
        language="vi",
        authors=tuple(draw(st.lists(MARKED, max_size=2))),
        contributors=tuple(draw(st.lists(MARKED, max_size=2))),
        categories=tuple(draw(st.lists(CATEGORIES, max_size=2))),
        pictures=tuple(draw(st.lists(PICTURES, max_size=2))),
        origin=draw(st.none() | st.builds(replace, st.just(SOURCE), title=TITLES, rights=st.none() | MARKED)),
        attribution=draw(st.just("") | MARKED.map(lambda text: f"<p>{escape(text)}</p>")),
        via=draw(st.none() | st.text("aễ /?%&", max_size=5).map(lambda text: f"https://nguồn.example.org/{text}")),
        licence=draw(st.none() | st.just("https://creativecommons.org/licenses/by/4.0/")),
        rights=draw(st.none() | MARKED),
        where=draw(st.none() | POINTS | st.builds(Box, POINTS, POINTS)),
    )


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    found = draw(st.lists(entries(), max_size=4, unique_by=lambda entry: entry.id))
    ordered = sorted(found, key=lambda entry: (entry.published, entry.id), reverse=True)
    made = replace(feed_of(*ordered), title=draw(TITLES), subtitle=draw(MARKED), author=draw(MARKED))
    return replace(
        made,
        rights=draw(st.none() | MARKED),
        logo=draw(st.sampled_from([None, made.logo])),
        icon=draw(st.sampled_from([None, made.icon])),
        related=draw(st.just(()) | TITLES.map(lambda title: (Related("https://example.org/feeds/ễ", title),))),
    )


def collapsed(text: str) -> str:
    return " ".join(clean(text).split())


@given(feeds())
def test_what_is_joined_of_fragments_is_what_feedgen_writes_in_one_go(feed: Feed) -> None:
    for written in XML:
        assert written.render(feed).body == IN_ONE_GO[written.name](feed)


@given(feeds())
def test_an_entry_is_the_same_piece_whichever_others_it_is_written_with(feed: Feed) -> None:
    for written in FORMATS:
        alone = [one for entry in feed.entries for one in written.fragments([entry])]
        assert list(written.fragments(feed.entries)) == alone


@given(feeds())
def test_every_document_keeps_the_rules_and_all_agree(feed: Feed) -> None:
    bodies = {written.name: written.render(feed).body for written in FORMATS}
    assert {name: check(name, body, now=NOW) for name, body in bodies.items()} == {name: [] for name in bodies}
    expected = [entry.id for entry in feed.entries]
    assert {name: ids_of(name, body) for name, body in bodies.items()} == dict.fromkeys(bodies, expected)
    assert disagreements(bodies) == []


@given(feeds())
@example(feed_of(replace(PLAIN, title="aÂ¡")))
def test_titles_read_back_as_they_were(feed: Feed) -> None:
    titles = [clean(entry.title) for entry in feed.entries]
    for written in XML:
        body = written.render(feed).body
        assert [entry.title for entry in read(written.name, body)] == titles
        found = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo
        assert [collapsed(title_read(written.name, entry)) for entry in found.entries] == [
            collapsed(as_feedparser_has_it(title)) for title in titles
        ]
        assert [entry.id for entry in found.entries] == [entry.id for entry in feed.entries]


@settings(max_examples=25)
@given(feeds())
def test_the_same_feed_gives_the_same_bytes(feed: Feed) -> None:
    for written in FORMATS:
        assert written.render(feed) == written.render(feed)
