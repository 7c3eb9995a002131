"""Three thousand feeds of others, most of them made to break parsers: what the workers make of each."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedsvc.bootstrap.reading import plain_reader
from feedsvc.domain.article import Article, Draft
from feedsvc.domain.feed import Feed, FeedKey
from feedsvc.domain.fetched import Fetched, Request
from feedsvc.domain.record import Parsed, Rejection
from feedsvc.errors import Unreadable
from feedsvc.formats.atom import Atom
from feedsvc.formats.jsonfeed import JsonFeed
from feedsvc.formats.rss import Rss
from feedsvc.pipeline.assemble import Assembler
from feedsvc.pipeline.mending import mended
from feedsvc.ports import Format, Language, Reader
from feedsvc.running.killable import KillableReader
from feedsvc.sources.syndication import Syndication
from feedsvc.text.neutral import Neutral
from feedsvc.text.vietnamese import Vietnamese
from tests.fakes.shelf import FakeShelf
from tests.rules import check, disagreements, read
from tests.unit.pipeline.newsroom import SITE, SOURCE, TAXONOMY

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ADDRESS = "https://example.org/feed"
KIND = Syndication()
FORMATS: tuple[Format, ...] = (Atom(), Rss(), JsonFeed())
READING = replace(SOURCE, kind=KIND.name, language="en", zone="UTC", options=KIND.options(url=ADDRESS))


@dataclass(frozen=True)
class Case:
    """A file of the corpus, what is known of it, and what it was read as."""

    path: str
    kind: str
    expected: str
    real: bool
    parsed: Parsed
    drafts: tuple[Draft | Rejection, ...]

    @property
    def entries(self) -> int:
        """Everything that was found, as record or as rejection."""
        return len(self.parsed.records) + len(self.parsed.rejections)


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Iterator[tuple[Case, ...]]:
    """Every file, read by workers; skips where the corpus is not there."""
    folder = shared / "corpus" / "feeds"
    if not (folder / "manifest.csv").exists():
        pytest.skip(f"the corpus of feeds is not at {folder}")
    reader = KillableReader("feedsvc.bootstrap:worker_reader", plain_reader())
    yield tuple(_cases(folder, reader))
    reader.close()


def _cases(folder: Path, reader: Reader) -> Iterator[Case]:
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            answer = Fetched(request=Request(address=ADDRESS), at=NOW, body=(folder / row["path"]).read_bytes())
            real = "content of real feeds" in row["licence"]
            parsed = _parsed(reader, answer)
            drafts = reader.understand(READING, parsed.records, NOW)
            yield Case(row["path"], row["kind"], row["expected_entries"], real, parsed, drafts)


def _parsed(reader: Reader, answer: Fetched) -> Parsed:
    try:
        return reader.parse(READING, answer)
    except Unreadable as error:
        return Parsed(unreadable=str(error))


@pytest.mark.slow
@pytest.mark.shared
def test_as_many_entries_are_found_as_the_corpus_states_in_99_of_100_files(corpus: tuple[Case, ...]) -> None:
    exact = [case for case in corpus if case.expected.isdigit()]
    wrong = [
        f"{case.path}: {case.expected}, not {case.entries}" for case in exact if case.entries != int(case.expected)
    ]
    assert len(exact) > 300
    assert len(wrong) <= len(exact) // 100, wrong


@pytest.mark.slow
@pytest.mark.shared
def test_at_least_as_many_entries_are_found_as_the_corpus_says(corpus: tuple[Case, ...]) -> None:
    least = [case for case in corpus if case.expected.startswith(">=")]
    wrong = [case.path for case in least if case.entries < int(case.expected.removeprefix(">="))]
    assert len(wrong) <= len(least) // 100, wrong


@pytest.mark.slow
@pytest.mark.shared
def test_what_has_a_title_or_a_text_becomes_an_article_and_all_else_says_what_is_missing(
    corpus: tuple[Case, ...],
) -> None:
    for case in corpus:
        assert len(case.drafts) == len(case.parsed.records)
        for refused in case.drafts:
            if isinstance(refused, Rejection):
                assert refused.reason == "it has neither a title nor a text", (case.path, refused)


@pytest.mark.slow
@pytest.mark.shared
def test_no_feed_of_the_corpus_takes_more_than_its_budget(corpus: tuple[Case, ...]) -> None:
    ended = [(case.path, case.parsed.unreadable) for case in corpus if "read" in (case.parsed.unreadable or "")]
    assert [path for path, why in ended if why and why.startswith(("reading it took", "what read it"))] == []


@pytest.mark.slow
@pytest.mark.shared
def test_every_item_of_a_real_feed_becomes_an_article_unless_it_says_nothing_or_is_there_twice(
    corpus: tuple[Case, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    real = [case for case in corpus if case.real]
    items = sum(case.entries for case in real)
    table = Counter((case.path, why) for case in real for why in not_taken(case))
    with capsys.disabled():
        sys.stdout.writelines(f"{path}: {times} × {why}\n" for (path, why), times in sorted(table.items()))
    refused = Counter(dict.fromkeys(ALLOWED, 0))
    for (_, why), times in table.items():
        refused[why] += times
    assert len(real) > 150
    assert items > 2000
    assert set(refused) == ALLOWED
    assert sum(refused.values()) <= items // 100


@pytest.mark.slow
@pytest.mark.shared
def test_what_any_feed_of_the_corpus_becomes_is_valid_and_equal_in_three_formats(corpus: tuple[Case, ...]) -> None:
    made = [case for case in corpus if case.real][::2] + [case for case in corpus if not case.real][::5]
    feeds = [(case.path, published(case)) for case in made if any(isinstance(one, Draft) for one in case.drafts)]
    assert len(feeds) > 200
    for path, feed in feeds:
        bodies = {written.name: written.render(feed).body for written in FORMATS}
        assert len(read("json", bodies["json"])) == len(feed.entries), path
        assert {name: check(name, body, now=NOW) for name, body in bodies.items()} == {form: [] for form in bodies}, (
            path
        )
        assert disagreements(bodies) == [], path


def published(case: Case) -> Feed:
    """What a file became, as the feed of its source."""
    shelf, key = FakeShelf(), FeedKey(source=READING.id)
    shelf.open(key, at=NOW)
    for number, draft in enumerate(one for one in case.drafts if isinstance(one, Draft)):
        shelf.put(article_of(draft, f"{number:016}"), key, at=NOW)
    return Assembler(SITE, TAXONOMY, {READING.id: READING}, shelf).feed(key)


def article_of(draft: Draft, name: str) -> Article:
    """A draft with an identity."""
    return Article(
        id=name,
        uri=f"tag:example.org,2026:a/{name}",
        source=READING.id,
        outlet=READING.outlet,
        draft=draft,
        updated=max(draft.updated or draft.published, draft.published),
        fingerprint="1",
    )


ALLOWED = {"it has neither a title nor a text", "the feed holds it twice"}


def not_taken(case: Case) -> Iterator[str]:
    """Why items of a feed did not become articles."""
    yield from (one.reason for one in case.parsed.rejections)
    yield from (one.reason for one in case.drafts if isinstance(one, Rejection))


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("language", [Neutral(), Vietnamese()], ids=["und", "vi"])
def test_no_text_is_taken_for_one_that_was_misread(corpus: tuple[Case, ...], language: Language) -> None:
    records = [record for case in corpus for record in case.parsed.records]
    assert len(records) > 5000
    assert [record.key for record in records if mended(language, record) != (record, "")] == []


@pytest.mark.slow
@pytest.mark.shared
def test_what_is_no_feed_is_said_to_be_none(corpus: tuple[Case, ...]) -> None:
    for case in corpus:
        if case.kind in {"html", "opml", "sitemap"}:
            assert case.parsed.unreadable or case.expected.isdigit(), case.path
