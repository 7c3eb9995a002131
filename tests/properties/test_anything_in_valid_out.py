"""Whatever text goes in, what comes out is a sound feed in every format, and reads back as it was stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feedsvc.domain.feed import Feed, FeedKey
from feedsvc.domain.passes import Pass
from feedsvc.formats.atom import Atom
from feedsvc.formats.characters import REPLACED
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.markup.reader import HtmlReader
from feedsvc.pipeline.assemble import Assembler
from feedsvc.pipeline.harvest import World
from feedsvc.pipeline.ingest import Ingest
from feedsvc.pipeline.reader import PlainReader
from feedsvc.pipeline.setup import setup_of
from feedsvc.ports import Format
from feedsvc.sources.documents import Documents
from feedsvc.sources.documents.kind import DocumentsOptions
from feedsvc.storage.store import Store, open_store
from tests.fakes.folder import FakeFolder
from tests.fakes.media import FakeMedia
from tests.feedparsed import as_feedparser_has_it, title_read
from tests.rules import check, disagreements, ids_of, read
from tests.unit.pipeline.newsroom import CLASSIFIER, LANGUAGES, NOW, SITE, SOURCE, TAXONOMY

FORMATS: tuple[Format, ...] = (Atom(), Rss(), JsonFeed())
FOLDER = replace(SOURCE, kind="documents", options=DocumentsOptions(path=Path("/inbox")))
LEASE = timedelta(seconds=30)

MARKUP = (
    "<p> </p> <b> </i> <h1> </h1> <br/> <!-- --> <![CDATA[ ]]> <?xml?> <script>x</script> <style> <svg> "
    '<a|href="//a.example/{x}"> <a|href="https://a.example/{x}|^y"> <a|href="javascript:1"> <a|href="https://ễ..vn/|"> '
    '<img|src="a.jpg"> <img|src=x|onerror=1> <img|src="http://a.example/b|c.png"> <img|src="http://[x/"> '
    '<title> </title> <base|href="ftp://x"> <figure> <figcaption> <table> <td> <pre> &amp; &#0; &#x1F600; &nbsp; '
    '&lt;b&gt; &bogus; & < > ]]> " \' # --- *x* _x_ ``` [a](b) ![](a.jpg) {"a": '
).split()
PIECES = (
    *(piece.replace("|", " ") for piece in MARKUP),
    *("\x00 \x01 \x08 \x1b \x7f \x85 \x9f \ufeff \ufffe \uffff \ufdd0 \U0001fffe \u200b \u2028 \u200d".split(" ")),
    *(
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " ",
        "\u00a0",
        "\u202e",
        "\u2066",
        "\u0301",
        "e\u0302\u0323",
        "á",
        "ệ",
        "Đ",
        "Ð",
    ),
    *(
        "مرحبا",
        "שלום",
        "👩‍👩‍👧",
        "🇻🇳",
        "漢字",
        "\U0010fffd",
        "Sáng 10/1",
        "(ĐBS)",
        "Ảnh: Bá An",
        "Lê Sóng",
        "dân vận",
        "Tiền Giang",
    ),
    *("vlcsnap-2018-01-10-14h45m40s782", "a.jpg", "x" * 400, "10/1/9999", "ngày 29/2"),
)
WORDS = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=12).map("".join)
PLAIN = WORDS | st.text(st.characters(codec="utf-8"), max_size=60)
RAW = st.lists(st.sampled_from((*PIECES, "\ud800", "\udfff")) | st.characters(exclude_categories=()), max_size=12).map(
    "".join
)

DATES = (
    st.sampled_from(["2018-01-10", "2018-01-10T00:00:00-14:00", "9999-12-31", "Wed, 10 Jan 2018 00:00:00 +07"]) | PLAIN
)
ADDRESSES = (
    st.sampled_from(["https://a.example/{x} y", "https://ễ..vn/", "http://tin-tức.vn:99/ễ?ễ#ễ", "//a", "http://a%zz/"])
    | RAW
)
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "title": RAW,
        "content_html": RAW,
        "content_text": RAW,
        "summary": RAW,
        "url": ADDRESSES | ADDRESSES.map("https://".__add__),
        "image": ADDRESSES,
        "date_published": DATES,
        "date_modified": DATES,
        "language": RAW,
        "authors": st.lists(st.fixed_dictionaries({"name": RAW}), max_size=2),
        "tags": st.lists(RAW, max_size=2),
    },
)
DOCUMENTS = st.one_of(
    st.tuples(st.just(".txt"), PLAIN),
    st.tuples(st.just(".md"), PLAIN | st.builds("---\ntitle: {}\ndate: {}\n---\n{}".format, PLAIN, DATES, PLAIN)),
    st.tuples(st.just(".html"), PLAIN | st.builds("<title>{}</title><h1>{}</h1><p>{}".format, PLAIN, PLAIN, PLAIN)),
    st.tuples(st.just(".json"), ITEMS.map(json.dumps) | PLAIN),
)


@dataclass(frozen=True)
class Newsroom:
    """A folder, a store, and all that stands between them and a feed."""

    folder: FakeFolder
    store: Store

    def poll(self) -> Pass:
        """One pass."""
        kinds = {"documents": Documents()}
        world = World(self.folder, PlainReader(kinds, LANGUAGES, HtmlReader()), FakeMedia())
        ingest = Ingest(
            {FOLDER.id: FOLDER},
            kinds,
            world,
            CLASSIFIER,
            self.store,
            "example.org,2026",
            lambda: self.folder.now,
        )
        [claim] = self.store.claim(holder="test", now=NOW, lease=LEASE, limit=1)
        return ingest.run(claim, NOW)[0]

    def feed(self, key: FeedKey) -> Feed:
        """A feed of what is stored."""
        return Assembler(SITE, TAXONOMY, {FOLDER.id: FOLDER}, self.store).feed(key)


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    store = open_store("sqlite://")
    store.configure(setup_of(SITE, [FOLDER], TAXONOMY, {"documents": Documents()}), NOW)
    try:
        yield Newsroom(FakeFolder(NOW), store)
    finally:
        store.close()


@pytest.mark.slow
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DOCUMENTS, min_size=1, max_size=6), st.booleans())
@example([(".json", json.dumps({"title": "\ud800 a\x0bb", "url": "https://ễ..vn/", "language": "\ud800<"}))], False)
@example(
    [(".json", json.dumps({"url": "https://\ud800", "content_html": '<a href="https://a.example/{x} ^y">'}))], False
)
@example([(".txt", "Tin\u0000\n]]>\n" + "ệ" * 400)], True)
def test_anything_in_gives_valid_feeds_out(documents: list[tuple[str, str]], illustrated: bool) -> None:
    with newsroom() as room:
        for number, (suffix, body) in enumerate(documents):
            room.folder.put(f"{number}{suffix}", body.encode())
        if illustrated:
            room.folder.put("a.jpg", b"jpeg")
        done = room.poll()
        assert not [one for one in done.rejections if one.reason.startswith("it could not be read")]
        assert len(done.articles) + len(done.rejections) == len(documents)
        for key in (FeedKey(), FeedKey(topic="dan-van")):
            stored = room.store.newest(key, SITE.entries)
            verify(room.feed(key), [article.draft.title.replace(REPLACED, "?") for article in stored])


def verify(feed: Feed, titles: list[str]) -> None:
    """The three documents keep the rules, hold every entry, and read back."""
    bodies = {written.name: written.render(feed).body for written in FORMATS}
    assert {name: check(name, body, now=NOW) for name, body in bodies.items()} == {name: [] for name in bodies}
    ids = [entry.id for entry in feed.entries]
    assert {name: ids_of(name, body) for name, body in bodies.items()} == dict.fromkeys(bodies, ids)
    assert disagreements(bodies) == []
    assert [entry.title for entry in read("json", bodies["json"])] == titles
    for name in ("atom", "rss"):
        found = feedparser.parse(BytesIO(bodies[name]), sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo
        assert [title_read(name, entry) for entry in found.entries] == list(map(as_feedparser_has_it, titles))
